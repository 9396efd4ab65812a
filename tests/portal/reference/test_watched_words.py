"""The words that hints look for belong to the institution: it changes them on the reference pages, and they stay so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from core.models import AuditEntry
from observations.hints.models import WatchedWord
from observations.hints.selectors import vocabularies
from observations.hints.watched import Watched
from tests.factories.accounts import AdministratorFactory
from tests.portal.reference.test_reference import load

pytestmark = pytest.mark.django_db
ADD = "admin:observations_watchedword_add"


@pytest.fixture
def client(login_as: Callable[[User], Client]) -> Client:
    administrator = AdministratorFactory()
    start_staff_session(actor=administrator, reason="Words that our reviewers use.", state_party=None)
    return login_as(administrator)


def test_each_language_has_its_words() -> None:
    found = vocabularies(["en", "ar"])
    assert {each.language for each in found.values()} == {"en", "ar"}
    assert found["en"].known >= {"SHERLOC", "UN"}
    assert Watched("regrettab", is_stem=True) in found["en"].words["judging"]  # type: ignore[index]
    assert vocabularies([]) == {}


def test_what_was_changed_and_taken_out_stays_so() -> None:
    WatchedWord.objects.filter(language="en", words="we").delete()
    WatchedWord.objects.filter(language="en", words="our").update(kind="judging")
    WatchedWord.objects.create(language="en", words="hopeless", kind="judging")
    assert len(load()) == 3
    words = dict(WatchedWord.objects.filter(language="en").values_list("words", "kind"))
    assert ("we" in words, words["our"], words["hopeless"]) == (False, "judging", "judging")


def test_a_word_that_is_gone_from_the_file_goes_where_nobody_had_a_say(change_file: Any) -> None:
    WatchedWord.objects.filter(language="en", words="our").update(kind="judging")
    change_file("../../reference/watched_words.json", lambda data: data["en"].update(personal=["my"]))
    assert [line.partition("”: ")[2] for line in load()] == ["changed here and no longer in the files; it stays"]
    assert set(WatchedWord.objects.filter(language="en", kind="personal").values_list("words", flat=True)) == {"my"}
    assert WatchedWord.objects.filter(language="fr", kind="personal").count() > 10


def test_an_administrator_adds_one_and_the_record_says_so(client: Client) -> None:
    given = {"language": "en", "kind": "judging", "words": " badly   drafted "}
    assert client.post(reverse(ADD), given).status_code == 302
    assert WatchedWord.objects.get(words="badly drafted").language == "en"
    assert AuditEntry.objects.filter(verb="observations.watchedword.added").count() == 1
    assert client.post(reverse(ADD), given).status_code == 422
    page = client.get(reverse("admin:observations_watchedword_changelist") + "?q=badly")
    assert "badly drafted" in page.content.decode()


@pytest.mark.parametrize(
    ("words", "language", "kind"),
    [
        ("badly drafted", "en", "judging"), ("poor", "en", "judging"), ("令人非常遗憾", "zh-hans", "judging"),
        ("SHERLOC", "en", "known"),
    ],
)  # fmt: skip
def test_only_a_long_word_is_found_with_any_ending(words: str, language: str, kind: str) -> None:
    with pytest.raises(ValidationError, match="Only one word of at least 5 letters"):
        WatchedWord(words=words, language=language, kind=kind, is_stem=True).clean()
    WatchedWord(words=words, language=language, kind=kind).clean()
    WatchedWord(words="poorly", language="en", kind="judging", is_stem=True).clean()
