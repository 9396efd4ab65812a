"""Words are counted as word processors count, in all six languages."""

import pytest
from hypothesis import given, strategies as st

from core.language.unseen import without_unseen
from core.language.word_counts import count_words

pytestmark = pytest.mark.unit

LITERAL = [
    # Arabic: vowel signs and tatweel neither part nor make words.
    ("يجرّم القانون المشاركة في جماعة إجرامية منظمة", 7),
    ("يُجَرِّمُ القَانُونُ", 2),
    ("القـــانون ـ المشاركة، والمادة ٥", 4),
    ("الفقرة ١(أ) من المادة ٣", 5),
    # Chinese: every sign.
    ("刑法规定参加有组织犯罪集团为犯罪。", 16),
    ("《公约》第10条", 5),
    ("《联合国打击跨国有组织犯罪公约》（UNTOC）", 15),
    # English.
    ("The law applies to cross-border offences.", 6),
    ("It isn’t a State's first report – it is the second one.", 11),
    ("No more than 10,500 words in 2021/22 and/or later.", 9),
    ("The offences—all of them—are crimes.", 7),
    # French.
    ("L’État partie n’a pas érigé l'acte en infraction ; voir aujourd’hui l’article 5.", 12),
    ("« C’est-à-dire » : 10\u00a0500 mots, 1\u202f500 mots", 5),
    # Russian.
    ("Уголовный кодекс (статья 210) – «организация преступного сообщества».", 7),
    ("какой-либо закон № 5", 3),
    # Spanish.
    ("¿Está tipificada la participación? ¡Sí!", 5),
    ("El Estado parte, p. ej., tipificó el delito en 2003.", 10),
]
MARKDOWN = [
    ("", 0),
    (" \n\n\t ", 0),
    ("– — … § ☒ *** ---", 0),
    ("# Heading\n\nOne **two** *three* `four`.", 5),
    ("un**believ**able", 1),
    ("- one\n- two\n  - three\n\n1. four\n2. five", 5),
    ("> quoted words", 2),
    ("[the law](https://laws.example/cc) and <https://laws.example/cc>", 4),
    ("| one | two |\n|---|---|\n| three | four five |", 5),
    ("one\\\ntwo\nthree  \nfour", 4),
    ("```\nfive words\n```\n\n    of code here", 5),
    ("![picture](https://tracker.example/pixel.png) gone", 2),
    (r"\*starred\* words", 2),
    ("a &amp; b&nbsp;c", 3),
]


@pytest.mark.parametrize(("text", "count"), LITERAL)
def test_words_of_each_language(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(("text", "count"), MARKDOWN)
def test_what_markdown_does_not_show_does_not_count(text: str, count: int) -> None:
    assert count_words(text) == count


# Letters of each script; a word begins and ends with one.
LETTERS = {
    "Latin": "abcdefghijklmnopqrstuvwxyzéèçàùñüß",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ",
}
HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)
PLAIN = st.one_of([st.text(alphabet=letters, min_size=1, max_size=12) for letters in LETTERS.values()])
NUMBER = st.integers(min_value=0, max_value=10**7).map(lambda number: f"{number:,}")
JOINED = st.builds(
    lambda parts, sign: sign.join(parts),
    st.lists(PLAIN, min_size=2, max_size=3),
    st.sampled_from(["-", "\u2010", "\u2011", "'", "’", "/"]),
)
VOWELLED = st.builds(
    lambda letters, signs: "".join(letter + sign for letter, sign in zip(letters, signs, strict=False)),
    st.text(alphabet=LETTERS["Arabic"], min_size=1, max_size=10),
    st.lists(
        st.sampled_from(["", "\u064e", "\u064f", "\u0650", "\u0651", "\u0652", "\u064b", "\u0640\u0640"]), min_size=10
    ),
)
WORD = st.one_of(PLAIN, NUMBER, JOINED, VOWELLED)
# The space that never ends a line joins digits ("10 500"), which has a test of its own.
SPACE = st.sampled_from([" ", "  ", "\n", "\n\n", "\u00a0 ", " – ", "—", " ـ ", " … ", " (?!) "])


@given(st.lists(st.tuples(WORD, SPACE), max_size=30))
def test_words_are_what_stands_between_spaces(words: list[tuple[str, str]]) -> None:
    # The first word keeps the text from beginning with four spaces or a mark.
    text = "x " + "".join(word + space for word, space in words)
    assert count_words(text) == 1 + len(words)


@given(HAN, st.lists(WORD, max_size=5))
def test_every_han_sign_is_a_word(signs: str, words: list[str]) -> None:
    assert count_words(f"x {signs} {' '.join(words)}") == 1 + len(signs) + len(words)
    assert count_words("，".join(signs)) == len(signs)


@given(st.lists(PLAIN, min_size=1, max_size=10), st.sampled_from(["*", "**", "`", "_", "***"]))
def test_emphasis_makes_no_words(words: list[str], mark: str) -> None:
    assert count_words(f"{mark}{' '.join(words)}{mark}") == len(words)


@given(st.lists(PLAIN, min_size=1, max_size=10), st.sampled_from(["# ", "> ", "- ", "1. ", "- > 1) "]))
def test_marks_of_a_line_make_no_words(words: list[str], mark: str) -> None:
    assert count_words(mark + " ".join(words)) == len(words)


@given(st.text(alphabet="*_#>-–—…•§.,;:!?()[]{}|~`'\"«»“”، ؛؟。，、 \n\u0640\u0651\u200f", max_size=60))
def test_punctuation_makes_no_words(text: str) -> None:
    assert count_words(without_unseen(text)) == 0


@given(st.text(max_size=200))
def test_any_text_has_at_most_a_word_a_sign(text: str) -> None:
    assert 0 <= count_words(text) <= len(text)
