"""Pages before signing in, pages of errors and mails in Arabic, without a word of English that is not marked.

All other pages are read by the walk (``tests/walk``).
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.language.i18n import language
from tests.factories.accounts import UserFactory
from tests.i18n.reading import ALLOWED, LATIN, english_in, read

pytestmark = pytest.mark.django_db

CIRCUMSTANCES = {"at": "2026-11-25T10:00:00+00:00", "client_address": "192.0.2.1", "user_agent": ""}
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
    "accounts/link_made": {**CIRCUMSTANCES, "provider": "الوزارة"},
    "accounts/provider_announced": {
        "provider": "الوزارة",
        "is_forced": True,
        "is_theirs": True,
        "domains": "example.int",
        "at": "2026-12-02T10:00:00+00:00",
    },
    "accounts/token_ended": {"because": "factor"},
    "accounts/token_made": {**CIRCUMSTANCES, "days": 30},
    "accounts/record_broken": {"chain": "1-XVE", "number": "3", "path": "/ar/"},
    "accounts/roots_differ": {
        "findings": [{"fault": "ملف الجذر مفقود", "day": "2026-11-25", "chain": "portal", "number": 3}],
        "more": 2,
        "path": "/ar/",
    },
    "portal/digest": {
        "items": [DUE],
        "count": 1,
        "path": "/ar/",
        "root": {"number": 3, "day": "2026-11-25", "hash": "a0" * 32, "path": "/ar/roots/3/"},
    },
    "portal/test_mail": {},
    "reviews/access_news": {"state": "فسكاريا", "sentence": "الطلب نافذ.", "until": MOMENT, "path": "/ar/"},
    "reviews/access_stop": {"request": "6f1c1f6e-3f0b-4f57-9a39-1d1f2f5d8a11", "until": MOMENT},
    "reviews/answers_sent": {"code": "1-XVE", "path": "/ar/"},
    "reviews/ended": {"code": "1-XVE", "role": "مراقب", "path": "/ar/"},
    "reviews/in_charge": {"code": "", "number": 3, "path": "/ar/", "query": "officer=me"},
    "reviews/news": {"code": "1-XVE", "sentence": "أُرسلت التعقيبات.", "path": "/ar/"},
    "reviews/unanswered": {"mechanism": "آلية استعراض التنفيذ", "number": 3, "path": "/ar/"},
    "reviews/nomination_letter": {
        "link": "6f1c1f6e-3f0b-4f57-9a39-1d1f2f5d8a11",
        "language": "ar",
        "office": "البعثة الدائمة",
        "state": "فسكاريا",
        "mechanism": "آلية استعراض التنفيذ",
        "until": MOMENT,
    },
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


def english_of(html: str) -> list[str]:
    return english_in(read(html, "ar"))


def problems_of(address: str) -> list[str]:
    page = read(Client().get(address).content.decode(), "ar")
    marks = [] if (page.root.get("lang"), page.root.get("dir")) == ("ar", "rtl") else [f"not marked: {page.root}"]
    return [f"{address}: {problem}" for problem in [*marks, *english_in(page)]]


def test_pages_for_people_who_are_not_signed_in() -> None:
    with translation.override("ar"):
        addresses = [
            reverse("accounts:sign-in"),
            reverse("accounts:sign-on-find"),
            reverse("accounts:forgot-password"),
            reverse("accounts:set-password"),
            reverse("accounts:activation"),
            reverse("accounts:activate", args=["no-such-token"]),
        ]
    assert [problem for address in addresses for problem in problems_of(address)] == []


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
        assert english_of(render_to_string(f"errors/{name}.html", {"reason": "السبب"}, request=request)) == []


def test_the_tools_of_the_editor() -> None:
    """They stand in a page before they stand above a field."""
    with translation.override("ar"):
        assert english_in(read(f"<html>{render_to_string('components/_editor.html')}</html>", "ar")) == []


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
    assert english_of(html) == []
    assert [text for text in plain if LATIN.search(re.sub(r"/ar/\S*", "", ALLOWED.sub("", text)))] == []


def test_every_mail_is_tested() -> None:
    assert set(MAILS) == set(all_mails())


def all_mails() -> Iterator[str]:
    from django.conf import settings

    folder = settings.BASE_DIR / "templates" / "email"
    for path in folder.rglob("*_subject.txt"):
        yield path.relative_to(folder).as_posix().removesuffix("_subject.txt")
