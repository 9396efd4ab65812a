"""Every page says exactly what browsers may do with it, and asks for nothing from elsewhere."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.permissions import urls_base
from tests.permissions.reading import address_of, content_of, signed_in
from tests.permissions.test_every_url import build_scene
from tests.permissions.urls import PAGES

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    "frame-src 'none'", "object-src 'none'", "worker-src 'none'", "require-trusted-types-for 'script'",
    "trusted-types default",
}  # fmt: skip
DOWNLOAD_POLICY = {"default-src 'none'", "sandbox", "frame-ancestors 'none'"}
EXPECTED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}
ORDINARY = {
    "Allow", "Cache-Control", "Content-Disposition", "Content-Language", "Content-Length", "Content-Type", "Expires",
    "ETag", "Location", "Vary", "X-Request-ID", "X-Correlation-ID", "HX-Redirect",
}  # fmt: skip
GET_PAGES = [page for page in PAGES if page.method == "get"]
# So few in which every page is there at least once; it is looked at in the first.
STAGES = (
    urls_base.DRAFT, urls_base.DIALOGUE, urls_base.SENT, urls_base.CLOSED, urls_base.SUMMARY, urls_base.OBSERVATIONS,
)  # fmt: skip
READERS = ("focal_point", "same_group_expert", "officer")


class Finder(HTMLParser):
    """What a page asks for, and what acts in it."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.acting: list[str] = []
        self.script_without_address = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("src", "srcset", "action", "formaction", "data", "poster", "ping", "background"):
            self._note(tag, given.get(name, ""))
        if tag in {"link", "use", "image", "base"}:
            self._note(tag, given.get("href", "") or given.get("xlink:href", ""))
        for name, value in given.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.acting.append(f"{tag} {name}={value}")
            if name in {"hx-on", "hx-vals", "hx-vars"} or name.startswith(("hx-on:", "hx-on-")):
                self.acting.append(f"{tag} {name}")
        is_data = given.get("type") in {"application/json", "speculationrules"}
        if tag == "style" or (tag == "script" and not given.get("src") and not is_data):
            self.acting.append(f"inline {tag}")

    def _note(self, tag: str, address: str) -> None:
        parts = urlsplit(address.strip())
        if parts.netloc or parts.scheme not in {"", "data"} or (parts.scheme == "data" and tag != "img"):
            self.foreign.append(f"{tag} {address}")


def problems_of(http_response: Any) -> list[str]:
    headers, content = dict(http_response.headers), content_of(http_response)
    problems = [
        f"{key}: {headers.get(key)}" for key, value in expected_of(headers).items() if headers.get(key) != value
    ]
    policy = DOWNLOAD_POLICY if headers.get("Content-Disposition", "").startswith("attachment") else POLICY
    if set(headers.get("Content-Security-Policy", "").split("; ")) != policy:
        problems.append(f"Content-Security-Policy: {headers.get('Content-Security-Policy')}")
    unknown = set(headers) - set(EXPECTED) - ORDINARY - {"Content-Security-Policy", "Permissions-Policy"}
    problems += [f"unexpected header {name}" for name in sorted(unknown)]
    if "text/html" in headers.get("Content-Type", ""):
        finder = Finder()
        finder.feed(content.decode())
        problems += [f"foreign: {each}" for each in finder.foreign] + [f"acts: {each}" for each in finder.acting]
    return problems


def expected_of(headers: dict[str, str]) -> dict[str, str | None]:
    is_public = "public" in headers.get("Cache-Control", "")
    return {
        **EXPECTED,
        "Permissions-Policy": permissions_policy(),
        "X-Robots-Tag": None if is_public else EXPECTED["X-Robots-Tag"],
    }


def permissions_policy() -> str:
    allowed = {name: "self" if who else "" for name, who in settings.PERMISSIONS_POLICY.items()}
    return ", ".join(f"{name}=({who})" for name, who in sorted(allowed.items()))


def test_all_pages_are_walked() -> None:
    assert {page.name for page in GET_PAGES if not set(page.access) & set(STAGES)} == set()


@pytest.mark.parametrize("stage", STAGES)
def test_every_page_says_what_it_is_and_asks_for_nothing_from_elsewhere(stage: str) -> None:
    scene = build_scene(stage)
    clients = {name: signed_in(scene.cast.people[name]) for name in READERS} | {"anonymous": Client()}
    wrong = [
        f"{page}, {name}: {problem}"
        for page in GET_PAGES
        if stage == next((each for each in STAGES if each in page.access), None)
        for name, client in clients.items()
        for problem in problems_of(client.get(address_of(page, scene)))
    ]
    assert "\n".join(wrong) == ""


def test_errors_say_the_same() -> None:
    for address in ("/no-such-page/", "/en/no-such-page/", "/static/no-such-file.js", "/robots.txt", "/healthz/"):
        assert problems_of(Client().get(address)) == []


@pytest.mark.unit
def test_nothing_of_a_page_runs_that_stands_in_the_page() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words = {word for values in directives.values() if isinstance(values, list) for word in values}
    assert not words & {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "https:", "http:", "blob:"}
    assert directives["default-src"] == ["'none'"]


@pytest.mark.unit
def test_the_check_sees_what_is_foreign_and_what_acts() -> None:
    finder = Finder()
    finder.feed(
        '<script src="https://cdn.example/a.js"></script><img src=//x.example/p.png><link href="http://a.example/b.css">'
        '<form action="https://evil.example"></form><p style="color:red" onclick="a()">x</p><script>a()</script>'
        '<a href="javascript:a()">x</a><style>p{}</style><img src="data:image/png;base64,x">'
        '<iframe src="data:x"></iframe>'
    )
    assert len(finder.foreign) == 5
    assert len(finder.acting) == 5
