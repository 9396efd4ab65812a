"""Every page in Arabic: marked as such, from right to left, and without a word of English that is not marked."""

import re
from collections.abc import Iterator
from http.client import FORBIDDEN, OK
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.i18n import OWN_NAMES, language
from tests.factories.accounts import UserFactory
from tests.i18n.reading import read
from tests.permissions.reading import content_of, signed_in
from tests.permissions.test_every_url import build_scene
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import STAGES, Page, Scene

pytestmark = pytest.mark.django_db

# One of each kind of reader; a page that one of them may not open gives the page of refusal.
READERS = ("focal_point", "contributor", "same_group_expert", "officer", "auditor", "stranger")
NOT_IN_A_LANGUAGE = ("api:", "calendar-feed")  # for programs
# Names of things that Arabic texts write in Latin letters, addresses, and isolated codes; languages name themselves.
ALLOWED = re.compile(
    r"JSON|PDF|QR|Word|SHA-256|\b[IVX]+\b|X[A-Z]{2}|\d-X[A-Z]{2}|\S+@\S+|https?://\S*|%\w+%|[\u2066\u2068][^\u2069]*\u2069|"
    + "|".join(OWN_NAMES.values())
)
LATIN = re.compile(r"[A-Za-z]{2,}")
CIRCUMSTANCES = {"at": "2026-11-25T10:00:00+00:00", "address": "192.0.2.1", "user_agent": ""}
DUE = {
    "code": "1-XVE",
    "milestone": "الإجابة",
    "due_on": "2021-12-01",
    "label": "الإجابة عن الاستبيان",
    "path": "/ar/",
    "say_path": "/ar/",
    "mute_path": "/ar/",
    "owner": "سلمى",
    "way": "colleague",
}
MOMENT = "2021-12-01T10:00:00+00:00"
MAILS: dict[str, dict[str, Any]] = {
    "accounts/changed": {"what": "closed"},
    "accounts/factor_added": {**CIRCUMSTANCES, "kind": "totp"},
    "accounts/factor_removed": {**CIRCUMSTANCES, "kind": "webauthn"},
    "accounts/factor_reset": {},
    "accounts/invitation": {},
    "accounts/new_device": CIRCUMSTANCES,
    "accounts/passphrase_changed": CIRCUMSTANCES,
    "accounts/password_reset": {},
    "accounts/record_broken": {"chain": "1-XVE", "number": "3", "path": "/ar/"},
    "portal/digest": {"items": [DUE], "count": 1, "path": "/ar/"},
    "reviews/access_news": {"state": "فسكاريا", "sentence": "الطلب نافذ.", "until": MOMENT, "path": "/ar/"},
    "reviews/access_stop": {"request": "6f1c1f6e-3f0b-4f57-9a39-1d1f2f5d8a11", "until": MOMENT},
    "reviews/answers_sent": {"code": "1-XVE", "path": "/ar/"},
    "reviews/ended": {"code": "1-XVE", "role": "مراقب", "path": "/ar/"},
    "reviews/in_charge": {"code": "", "number": 3, "path": "/ar/", "query": "officer=me"},
    "reviews/news": {"code": "1-XVE", "sentence": "أُرسلت التعقيبات.", "path": "/ar/"},
    "reviews/note_news": {"number": "7", "state": "فسكاريا", "sentence": "أُعيدت المذكرة.", "path": "/ar/"},
    "reviews/plan_moved": {
        "number": 2,
        "count": 1,
        "items": [{"code": "1-XVE", "milestone": "إرسال الإجابات", "was": "2021-12-01", "due_on": "2022-02-01"}],
        "path": "/ar/",
    },
    "reviews/silence_near": {"code": "1-XVE", "counts_on": "2021-12-01", "path": "/ar/"},
    "reviews/taken_over": {"code": "1-XVE", "path": "/ar/"},
    "reviews/due": {"code": "1-XVE", "milestone": "الإجابة", "due_on": "2021-12-01", "path": "/ar/"},
    "reviews/registered": {"code": "1-XVE", "role": "مراقب", "path": "/ar/"},
}


def english_in(html: str) -> list[str]:
    words = read(html, "ar").words
    return sorted({text for text in words if LATIN.search(ALLOWED.sub("", text))})


def pages_of(stage: str) -> list[Page]:
    return [
        page
        for page in PAGES
        if stage in page.access and page.method == "get" and not page.name.startswith(NOT_IN_A_LANGUAGE)
    ]


def address_of(page: Page, scene: Scene) -> str:
    with translation.override("ar"):
        return reverse(page.name, args=page.args(scene))


def problems_of(address: str, client: Client) -> Iterator[str]:
    http_response = client.get(address)
    content = content_of(http_response)
    is_page = http_response.headers["Content-Type"].startswith("text/html")
    if not is_page or http_response.status_code not in {OK, FORBIDDEN, 404}:
        return
    page = read(content.decode(), "ar")
    if (page.root.get("lang"), page.root.get("dir")) != ("ar", "rtl"):
        yield f"{address}: not marked as Arabic: {page.root}"
    yield from (f"{address}: {words}" for words in english_in(content.decode()))


@pytest.mark.parametrize("stage", STAGES)
def test_every_page_for_people_who_are_signed_in(stage: str) -> None:
    scene = build_scene(stage)
    clients = [signed_in(scene.cast.people[name]) for name in READERS]
    addresses = [address_of(page, scene) for page in pages_of(stage)]
    assert addresses
    problems = {problem for address in addresses for client in clients for problem in problems_of(address, client)}
    assert sorted(problems) == []


def test_pages_for_people_who_are_not_signed_in() -> None:
    with translation.override("ar"):
        addresses = [
            reverse("accounts:sign-in"),
            reverse("accounts:forgot-password"),
            reverse("accounts:set-password"),
            reverse("accounts:activation"),
            reverse("accounts:activate", args=["no-such-token"]),
        ]
    assert [problem for address in addresses for problem in problems_of(address, Client())] == []


@pytest.mark.parametrize(
    "name",
    [
        "bad_request",
        "csrf_failure",
        "page_not_found",
        "permission_denied",
        "server_error",
        "signed_out",
        "too_large",
        "too_many_requests",
    ],
)
def test_pages_of_errors(name: str, rf: object) -> None:
    request = rf.get("/ar/")  # type: ignore[attr-defined]
    with translation.override("ar"):
        assert english_in(render_to_string(f"errors/{name}.html", {"reason": "السبب"}, request=request)) == []


@pytest.mark.parametrize(("template", "facts"), MAILS.items())
def test_mails(template: str, facts: dict[str, Any]) -> None:
    with translation.override("ar"):
        context = {
            **facts,
            "site_name": "البوابة",
            "page_language": language("ar"),
            "recipient": UserFactory(full_name="سلمى"),
        }
        html = render_to_string(f"email/{template}.html", context)
        plain = [render_to_string(f"email/{template}{suffix}", context) for suffix in (".txt", "_subject.txt")]
    assert (read(html, "ar").root["lang"], read(html, "ar").root["dir"]) == ("ar", "rtl")
    assert english_in(html) == []
    assert [text for text in plain if LATIN.search(re.sub(r"/ar/\S*", "", ALLOWED.sub("", text)))] == []


def test_every_mail_is_tested() -> None:
    assert set(MAILS) == set(all_mails())


def all_mails() -> Iterator[str]:
    from django.conf import settings

    folder = settings.BASE_DIR / "templates" / "email"
    for path in folder.rglob("*_subject.txt"):
        yield path.relative_to(folder).as_posix().removesuffix("_subject.txt")
