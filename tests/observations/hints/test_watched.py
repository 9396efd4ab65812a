"""Watched words are found as words, in six languages, however people set accents and apostrophes."""

import json

import pytest
from django.conf import settings
from hypothesis import given, strategies as st

from core.language.i18n import UN_LANGUAGES, code_out_of_files
from observations.hints.enums import WatchedKind
from observations.hints.watched import Watched, may_be_stem, watched_in

pytestmark = pytest.mark.unit
SHIPPED = json.loads((settings.FIXTURES_DIR / "reference" / "watched_words.json").read_text("utf-8"))


def shipped(language: str, *kinds: WatchedKind) -> list[Watched]:
    of = {code_out_of_files(code): words for code, words in SHIPPED.items()}[language]
    return [Watched(words.removesuffix("*"), words.endswith("*")) for kind in kinds for words in of[kind]]


def judged(text: str, language: str) -> list[str]:
    return watched_in(text, shipped(language, WatchedKind.JUDGING, WatchedKind.PERSONAL), language)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Unfortunately, we think that this is EXCELLENT.", ["unfortunately", "we", "excellent"]),
        (
            "fr",
            "Malheureusement, à notre avis, c’est inacceptable.",
            ["malheureusement", "à notre avis", "inacceptable"],
        ),
        ("es", "Lamentablemente, nuestra ley es pésima.", ["lamentablemente", "nuestra", "pésima"]),
        ("ru", "К сожалению, мы считаем это неприемлемым.", ["к сожалению", "мы", "неприемлемым"]),
        ("ar", "وللأسفِ نعتقد أن هذا غير مقبول", ["للأسف", "نعتقد", "غير مقبول"]),
        ("zh-hans", "遗憾的是，我们认为这是不可接受的。", ["遗憾的是", "我们", "不可接受"]),
    ],
)
def test_what_is_shipped_finds_what_it_should(language: str, text: str, found: list[str]) -> None:
    assert judged(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The US authorities; annex I; power, ourselves aside: hour, yours truly; a competent court"),
        ("en", "Participation is established as an offence; failure to report is punishable."),
        ("fr", "Un exemplaire de la loi; le flagrant délit; la connaissance; le tribunal incompétent"),
        ("es", "El tribunal es incompetente; una sesión extraordinaria; un ejemplar; amistad"),
        ("ru", "Санкции, отличные от лишения свободы; образцов документов; статья; халатность"),
        ("ar", "سوء النية؛ الإنسان؛ أناس؛ لا يشكل جريمة"),
        ("zh-hans", "被告本人无能力；情节恶劣"),
    ],
)
def test_it_leaves_alone_what_laws_say(language: str, text: str) -> None:
    assert judged(text, language) == []


def test_only_a_stem_is_found_with_an_ending() -> None:
    assert watched_in("regrettably regret", [Watched("regret")], "en") == ["regret"]
    assert watched_in("regrettably regret", [Watched("regret", is_stem=True)], "en") == ["regrettably", "regret"]
    assert watched_in("ungretful", [Watched("gretf", is_stem=True)], "en") == []


def test_the_longest_of_two_phrases_is_found_and_each_once() -> None:
    assert watched_in("In our view; in our  view; our", [Watched("our"), Watched("in our view")], "en") == [
        "in our view", "our",
    ]  # fmt: skip


@pytest.mark.parametrize("code", [code for code, _name in UN_LANGUAGES])
def test_each_language_has_some_words_and_none_twice(code: str) -> None:
    words = shipped(code, WatchedKind.JUDGING, WatchedKind.PERSONAL)
    assert 20 <= len(words) <= 50, "a language with cases has more"
    assert len({each.words for each in words}) == len(words)
    assert [each for each in words if each.is_stem and not may_be_stem(each.words, code)] == []


WORDS = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


@given(WORDS, WORDS, WORDS)
def test_a_word_is_found_between_others_and_not_within_one(before: str, word: str, after: str) -> None:
    watched = [Watched(word)]
    assert len(watched_in(f"{before} {word}, {after}", watched, "en")) <= 1
    if len(word) > 1 and word.isascii():
        assert watched_in(f"… {word.upper()}, …", watched, "en") == [word.casefold()]
        assert watched_in(f"x{word}x", watched, "en") == []


@given(st.text(), st.lists(st.text(max_size=20)), st.sampled_from([code for code, _name in UN_LANGUAGES]))
def test_any_words_may_be_watched_in_any_text(text: str, words: list[str], language: str) -> None:
    found = watched_in(text, [Watched(each) for each in words], language)
    assert len(found) == len(set(found))
    assert all(found)
