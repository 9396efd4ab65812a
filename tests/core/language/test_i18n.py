"""The six languages, and those that the pages speak."""

import pytest
from django.utils import translation
from pytest_django import Settings

from core.language.i18n import (
    OWN_NAMES,
    UN_LANGUAGES,
    code_in_files,
    code_out_of_files,
    interface_language,
    isolated,
    language,
    list_of,
)

pytestmark = pytest.mark.unit


def test_there_are_six_and_each_names_itself() -> None:
    assert {code for code, _name in UN_LANGUAGES} == set(OWN_NAMES) == {"ar", "zh-hans", "en", "fr", "ru", "es"}


def test_files_name_each_by_two_letters() -> None:
    named = {code: code_in_files(code) for code, _name in UN_LANGUAGES}
    assert sorted(named.values()) == ["ar", "en", "es", "fr", "ru", "zh"]
    assert {code_out_of_files(short): short for short in named.values()} == named


@pytest.mark.parametrize("code", sorted(OWN_NAMES))
def test_only_arabic_runs_from_right_to_left(code: str) -> None:
    assert language(code).direction == ("rtl" if code == "ar" else "ltr")


def test_a_language_without_pages_reads_the_default_ones(settings: Settings) -> None:
    settings.LANGUAGES = [("ar", "Arabic"), ("en", "English")]
    assert [interface_language(code) for code in ("ar", "en", "fr", "")] == ["ar", "en", "en", "en"]


@pytest.mark.parametrize(
    ("code", "words"), [("en", "A, B and C"), ("fr", "A, B et C"), ("ar", "A وB وC"), ("zh-hans", "A、B和C")]
)
def test_names_are_joined_as_the_language_does(code: str, words: str) -> None:
    with translation.override(code):
        assert list_of(["A", "B", "C"]) == words


@pytest.mark.parametrize(
    ("code", "name", "shown"),
    [
        ("en", "Samir Haddad", "Samir Haddad"),
        ("en", "سمير حداد", "\u2068سمير حداد\u2069"),
        ("ar", "سمير حداد", "سمير حداد"),
        ("ar", "1-XAL", "\u20681-XAL\u2069"),
    ],
)
def test_what_runs_against_the_page_keeps_its_own_order(code: str, name: str, shown: str) -> None:
    with translation.override(code):
        assert isolated(name) == shown
