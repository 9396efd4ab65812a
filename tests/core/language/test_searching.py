"""Words are found in passages by their stems and their letters, and shown where they stand."""

import pytest

from core.language.searching import EXCERPT, SearchPassage, asked_words, excerpts_of, fold, matches_in

pytestmark = pytest.mark.django_db
TEXTS = {
    "en": "The law provides for the confiscation of proceeds of crime (Act 12/1999).",
    "fr": "La loi prévoit la confiscation des biens saisis.",
    "es": "La ley prevé la confiscación de los bienes incautados.",
    "ru": "Закон предусматривает конфискацию доходов от преступлений.",
    "ar": "وينصّ القانونُ على مصادرة عائدات الجريمة والإجراءات السرية.",
    "zh-hans": "法律规定没收犯罪所得和财产。",
}
PASSAGES = [SearchPassage(language, language, words) for language, words in TEXTS.items()]


def found(text: str) -> list[str]:
    return [passage.key for passage in matches_in(PASSAGES, text).passages]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("provided crimes", ["en"]),
        ("CONFISCATED", ["en"]),
        ("confiscacion", ["es"]),  # without the accent
        ("loi saisir", ["fr"]),
        ("законы преступление", ["ru"]),
        ("الاجراءات السريه", ["ar"]),  # another alef, a haa for the taa marbuta
        ("قانون", ["ar"]),  # with an article and vowel signs
        ("مـصـادرة", ["ar"]),  # stretched
        ("没收", ["zh-hans"]),
        ("犯罪 财产", ["zh-hans"]),
        ("12/1999", ["en"]),
        ("１２/１９９９", ["en"]),  # full width
        ('"proceeds of crime"', ["en"]),
        ('"crime of proceeds"', []),
        ("confiscation extradition", []),
    ],
)
def test_words_are_found_in_the_forms_of_their_language(text: str, languages: list[str]) -> None:
    assert found(text) == languages


@pytest.mark.parametrize("mistyped", ["confiscaton", "confiscatoin", "konfiscation"])
def test_a_mistyped_word_finds_what_is_close_and_says_so(mistyped: str) -> None:
    matches = matches_in(PASSAGES[:1], mistyped)
    assert ([passage.key for passage in matches.passages], matches.are_close) == (["en"], True)
    [pieces] = excerpts_of(matches.passages, mistyped)
    assert [piece.text for piece in pieces if piece.is_found] == ["confiscation"]


@pytest.mark.parametrize("text", ["", "x", "%", "'; --", "<b>", "\x00", "!!", '"', "the", "qz12345q"])
def test_what_cannot_be_looked_for_finds_nothing(text: str) -> None:
    assert found(asked_words(text)) == []


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "crimes", ["crime"]),
        ("ar", "قانون", ["قانون"]),
        ("ar", "السريه", ["السرية"]),
        ("zh-hans", "没收", ["没收"]),
        ("es", "confiscacion", ["confiscación"]),
    ],
)
def test_the_words_that_are_shown_are_marked_as_they_were_written(language: str, text: str, marked: list[str]) -> None:
    [pieces] = excerpts_of([SearchPassage(language, language, TEXTS[language])], text)
    assert [piece.text for piece in pieces if piece.is_found] == marked
    assert "".join(piece.text for piece in pieces) == TEXTS[language]


def test_of_a_long_text_the_place_is_shown() -> None:
    words = f"{'It says nothing. ' * 60}Here is the seizure. {'And so on. ' * 60}<b>"
    [pieces] = excerpts_of([SearchPassage("long", "en", words)], "seizures")
    shown = "".join(piece.text for piece in pieces)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < EXCERPT + 10
    assert [piece.text for piece in pieces if piece.is_found] == ["seizure"]


def test_of_a_long_text_without_blanks_the_place_is_shown_too() -> None:
    words = f"{'本国没有这样的规定。' * 60}没收{'本国没有这样的规定。' * 60}"
    [pieces] = excerpts_of([SearchPassage("long", "zh-hans", words)], "没收")
    shown = "".join(piece.text for piece in pieces)
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert 50 < shown.index("没收") < len(shown) - 50
    assert len(shown) < EXCERPT + 10
    assert [piece.text for piece in pieces if piece.is_found] == ["没收"]


def test_signs_of_one_meaning_are_one() -> None:
    assert fold("ＡＢＣ") == "abc"
    assert fold("أحكام") == fold("احكام")
    assert fold("<&>") == "   "
