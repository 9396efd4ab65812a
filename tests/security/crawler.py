"""Walks the portal as one person, follows what it finds, and tries the attack list on every kind of page and form.

Whatever a request changes is undone. It is bounded by numbers, not by the clock: each view is visited at most
``PER_VIEW`` times, and each kind of form is attacked once.
"""

import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.security import attacks
from tests.security.attacks import EVIL, HANDLER, PRODUCT, TAG

HOST = "testserver"
START = "/en/"
PER_VIEW = 1
# Each form takes every third attack of the list and each address every eighth, each beginning one further, so that
# every attack meets many kinds of pages and a run stays below half a minute a person.
FORM_STEP, ADDRESS_STEP = 3, 8
LEFT_OUT = ("sign-out",)  # it ends the session, which lies in the cache as well and would not come back
_BETRAYALS = (
    "Traceback (most recent call last)",
    "psycopg.",
    "DoesNotExist",
    "django.db.utils",
    "root:x:0",
)
FORM = "application/x-www-form-urlencoded"


@dataclass
class Form:
    address: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, kind, value

    @property
    def shape(self) -> tuple[str, str, tuple[str, ...]]:
        return (view_of(self.address), self.method, tuple(sorted({name for name, _kind, _value in self.fields})))


class Page(HTMLParser):
    """Links and forms of a page, and what of the attacks became markup."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.markup: list[str] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == TAG or HANDLER in given or given.get("href", "").lower().startswith("javascript:"):
            self.markup.append(f"<{tag} {given}>")
        for name in ("href", "hx-get", "data-url"):
            if tag != "link" and given.get(name):
                self.links.append(urljoin(self.address, given[name]))
        if given.get("hx-post"):
            self.forms.append(Form(urljoin(self.address, given["hx-post"]), "post"))
        if tag == "form":
            self._form = Form(urljoin(self.address, given.get("action", "")), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _field(self, tag: str, given: Mapping[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._form.fields.append((self._select, "choice", given.get("value", "")))
            self._select = "" if given.get("value") else self._select
        elif tag in {"input", "textarea", "button"} and name and name != "csrfmiddlewaretoken":
            kind = "text" if tag == "textarea" else given.get("type", "text" if tag == "input" else "button")
            self._form.fields.append(
                (name, "choice" if kind in {"radio", "checkbox"} else kind, given.get("value", ""))
            )


def view_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except (Resolver404, ValueError):
        return ""


def encoded(pairs: Iterable[tuple[str, str]]) -> bytes:
    """As a form sends it, lone surrogates included."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


class Crawler:
    """``secrets`` are words of rooms into which the person must not see."""

    def __init__(self, name: str, client: Client, secrets: Iterable[str]) -> None:
        self.name, self.client, self.secrets = name, client, list(secrets)
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.pages: dict[str, str] = {}
        self.forms: dict[tuple[str, str, tuple[str, ...]], Form] = {}
        self._errors: list[str] = []

    def run(self) -> None:
        got_request_exception.connect(self._note_error)
        try:
            self.walk()
            for number, form in enumerate(self.forms.values()):
                self.attack_form(form, number % FORM_STEP)
            for number, address in enumerate(self.pages.values()):
                self.attack_address(address, number % ADDRESS_STEP)
            self.attack_protocol()
        finally:
            got_request_exception.disconnect(self._note_error)

    def walk(self) -> None:
        waiting, seen, visits = [START], {START}, Counter[str]()
        while waiting:
            address = waiting.pop(0)
            view = view_of(address)
            if visits[view] >= PER_VIEW or any(part in address for part in LEFT_OUT):
                continue
            visits[view] += 1
            page = self.ask("GET", address, "walk")
            self.counts["pages"] += 1
            self.pages.setdefault(view, address)
            for form in page.forms:
                if self._is_ours(form.address) and not any(part in form.address for part in LEFT_OUT):
                    self.forms.setdefault(form.shape, form)
            found = [link.partition("#")[0] for link in page.links if self._is_ours(link)]
            waiting += [link for link in dict.fromkeys(found) if link not in seen]
            seen.update(found)
        self.counts["views"] = len(self.pages)
        self.counts["forms"] = len(self.forms)

    # --- attacks

    def attack_form(self, form: Form, first: int) -> None:
        self._send(form, [(name, value) for name, _kind, value in form.fields], "as it stands")
        free = {name for name, kind, _value in form.fields if kind not in {"choice", "button", "submit", "hidden"}}
        kept = {name for name, kind, _value in form.fields if kind in {"choice", "hidden"}}
        for attack in attacks.VALUES[first::FORM_STEP] if free else []:
            self._send(form, self._filled(form, free, attack.value), attack.name)
        for attack in attacks.CHOICES[first::FORM_STEP] if kept else []:
            self._send(form, self._filled(form, kept, attack.value), attack.name)
        if form.method == "post":
            names = sorted(free | kept) or ["text"]
            self._send(
                form, [(name, value) for name in names for value in ("", "\x00", "1", "x")], "each field four times"
            )
            for content_type, body in attacks.BODIES[first::FORM_STEP]:
                self.ask("POST", form.address, f"body {content_type}", body=body, content_type=content_type)
                self.counts["attacks"] += 1

    def attack_address(self, address: str, first: int) -> None:
        path = urlsplit(address).path
        for query in attacks.QUERIES[first::ADDRESS_STEP]:
            self.ask("GET", f"{path}?{query}", "parameters")
            self.counts["attacks"] += 1
        parts = path.strip("/").split("/")
        for place in range(max(1, len(parts) - 2), len(parts)):
            for part in attacks.PARTS[first::ADDRESS_STEP]:
                changed = "/".join([*parts[:place], part, *parts[place + 1 :]])
                self.ask("GET", f"/{changed}/", "a part of the address")
                self.counts["attacks"] += 1

    def attack_protocol(self) -> None:
        """Methods and headers, on a few pages of different kinds."""
        for address in list(self.pages.values())[::10][:3]:
            for method in attacks.METHODS:
                self.ask(method, address, f"method {method}")
                self.counts["attacks"] += 1
            for headers in attacks.HEADERS:
                self.ask("GET", address, f"headers {sorted(headers)}", headers=headers)
                self.counts["attacks"] += 1

    def _filled(self, form: Form, names: set[str], value: str) -> Iterator[tuple[str, str]]:
        yield from ((name, value if name in names else given) for name, _kind, given in form.fields)

    def _send(self, form: Form, pairs: Iterable[tuple[str, str]], what: str) -> None:
        body = encoded(pairs)
        if form.method == "post":
            self.ask("POST", form.address, what, body=body)
        else:
            self.ask("GET", f"{form.address.partition('?')[0]}?{body.decode()}", what)
        self.counts["attacks"] += 1

    # --- one request

    def ask(
        self, method: str, address: str, what: str, *, body: bytes = b"", content_type: str = FORM, **more: Any
    ) -> Page:
        self.counts["requests"] += 1
        self._errors.clear()
        place = address.removeprefix(f"http://{HOST}")
        with transaction.atomic():
            http_response = self.client.generic(method, place, body, content_type, **more)
            content = http_response.getvalue() if http_response.streaming else http_response.content
            transaction.set_rollback(True)
        page = Page(address)
        text = content.decode("utf-8", "replace")
        if http_response.headers.get("Content-Type", "").startswith("text/html"):
            page.feed(text)
        for problem in self._problems(http_response, page, text):
            self.wrong.append(f"{self.name}: {method} {place[:150]} ({what}): {problem}")
        return page

    def _problems(self, http_response: Any, page: Page, text: str) -> Iterator[str]:
        if http_response.status_code >= 500:
            yield f"{http_response.status_code} {''.join(self._errors)[-600:]}"
        location = http_response.headers.get("Location", "")
        to_practice = location.startswith(f"{settings.PRACTICE_URL}/")  # the one other place that a page leads to
        if location and not to_practice and not self._is_ours(urljoin(f"http://{HOST}/", location.replace("\\", "/"))):
            yield f"leads to {location[:100]}"
        if "Set-Cookie" in http_response.headers or HANDLER in http_response.cookies:
            yield "a header came in"
        yield from (f"became markup: {each}"[:200] for each in page.markup)
        yield from (f"betrays {word!r}" for word in (*_BETRAYALS, PRODUCT, f"http://{EVIL}") if word in text)
        yield from (f"shows {secret!r}" for secret in self.secrets if secret in text)

    def _is_ours(self, address: str) -> bool:
        parts = urlsplit(urljoin(f"http://{HOST}/", address))
        return parts.scheme in {"http", "https"} and parts.netloc == HOST

    def _note_error(self, **_more: Any) -> None:
        self._errors.append(traceback.format_exc())
