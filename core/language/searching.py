"""Words looked for in passages that the reader may see: by their stems in the language of each, or by their letters.

Whoever searches hands over what its pages show, so that nothing is found that could not be read (docs/adr/0066).
PostgreSQL knows the stems of five languages and how alike two words are; nothing is stored for it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import connection

LONGEST = 100  # characters of what is looked for
SHORTEST = 2
SHORTEST_IN_CHINESE = 1
_BEGINNING = 3
SHORTEST_PART = 4  # letters of a word that is found within others, in languages of which the stems are known
MOST_PARSED = 400_000  # characters of which the stems are made; what is beyond is looked through by its letters
EXCERPT = 240  # characters shown around the first place
_BEFORE = 60
_ALIKE_BY_THREES, _ALIKE_BY_LETTERS = 0.35, 0.75  # of pg_trgm, which finds few; and of these, letter by letter
_MOST_LIKE = 40
_CONFIGURATIONS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}
_BY_LETTERS = frozenset({"arabic", "simple"})
_BEGIN, _END = "\ue000", "\ue001"
# Arabic: vowel signs and the stretching stroke go, letters that are often written for one another become one.
_MARKS = [*range(0x0610, 0x061B), 0x0640, *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)]
_LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه"}
# Signs that the parser of PostgreSQL would take for more than signs.
_SIGNS = dict.fromkeys("<>&\\\x00" + _BEGIN + _END, " ")
_ONE_FORM: dict[int, str | None] = {**dict.fromkeys(_MARKS), **{ord(a): b for a, b in (_LETTERS | _SIGNS).items()}}
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))

_WORD = re.compile(r"\w+")
_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_NO_SIGNS = frozenset({"Cc", "Cs", "Co"})

_BY_STEMS = """
    WITH asked AS MATERIALIZED (
        SELECT config, websearch_to_tsquery(config::regconfig, %(text)s) AS query
        FROM unnest(%(configs)s::text[]) AS config
    )
    SELECT passage.place
    FROM unnest(%(places)s::int[], %(of)s::text[], %(words)s::text[]) AS passage (place, config, words)
    JOIN asked USING (config)
    WHERE to_tsvector(config::regconfig, passage.words) @@ asked.query
"""
_MARKED = """
    SELECT ts_headline(
        config::regconfig, words, websearch_to_tsquery(config::regconfig, %(text)s),
        'HighlightAll=true, StartSel=' || %(begin)s || ', StopSel=' || %(end)s
    )
    FROM unnest(%(of)s::text[], %(words)s::text[]) WITH ORDINALITY AS passage (config, words, place) ORDER BY place
"""
_ALIKE_TO = """
    SELECT place
    FROM unnest(%(places)s::int[], %(words)s::text[]) AS passage (place, words)
    WHERE strict_word_similarity(%(text)s, words) >= %(alike)s
    ORDER BY strict_word_similarity(%(text)s, words) DESC, place LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class SearchPassage:
    """``language``: of the words, "" where it is unknown. ``folded``: ``fold(words)``, where it is known already."""

    key: Any
    language: str
    words: str
    folded: str = ""


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    text: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """``passages``: in the order in which they came. ``are_close``: these hold words like those that none holds."""

    passages: tuple[SearchPassage, ...]
    are_close: bool = False


def asked_words(given: str) -> str:
    """What somebody typed to look for, as it is shown again."""
    shown = (" " if unicodedata.category(sign) in _NO_SIGNS else sign for sign in given[: LONGEST * 2])
    return " ".join("".join(shown).split())[:LONGEST]


def is_long_enough(text: str) -> bool:
    shortest = SHORTEST_IN_CHINESE if any("\u4e00" <= sign <= "\u9fff" for sign in text) else SHORTEST
    return len(text) >= shortest


def fold(words: str) -> str:
    """One form for letters that people write in several ways: case, width, and in Arabic alef, taa marbuta, vowels."""
    return unicodedata.normalize("NFKC", words).casefold().translate(_ONE_FORM)


def matches_in(passages: Sequence[SearchPassage], text: str, *, most_close: int = 10) -> Matches:
    """Which passages hold all words of ``text``; where none does, those with words like them. Two queries at most."""
    if not passages or not is_long_enough(text):
        return Matches(())
    folded = [passage.folded or fold(passage.words) for passage in passages]
    found = {*_by_stems(passages, folded, fold(text)), *_by_letters(passages, folded, fold(text))}
    if found:
        return Matches(tuple(passages[place] for place in sorted(found)))
    # What holds a figure is a number or a code: there is no other like it.
    if any(sign.isdigit() for sign in text) or len(text) < SHORTEST_PART:
        return Matches(())
    terms = terms_of(fold(text))
    alike = _alike(folded, fold(text))
    close = [at for at in alike if all(any(_closest(folded[at], [term])) for term in terms)][:most_close]
    return Matches(tuple(passages[place] for place in close), are_close=bool(close))


def excerpts_of(passages: Sequence[SearchPassage], text: str, *, shows_close: bool = True) -> list[list[ExcerptPiece]]:
    """Of each passage what stands around the first word that was looked for, with such words apart; one query.

    ``shows_close``: in a passage that holds none, words like them, which takes long in long passages.
    """
    if not passages:
        return []
    apart = [_sign_by_sign(passage.words) for passage in passages]
    with connection.cursor() as cursor:
        words = ["".join(signs) for signs in apart]
        of = [configuration_of(passage.language) for passage in passages]
        marks: dict[str, Any] = {"text": fold(text), "begin": _BEGIN, "end": _END, "of": of, "words": words}
        cursor.execute(_MARKED, marks)
        headlines = [row[0] for row in cursor.fetchall()]
    terms = terms_of(fold(text))
    return [
        _cut(
            passage.words,
            _places_found(signs, headline, _within(terms, passage.language), shows_close=shows_close),
        )
        for passage, signs, headline in zip(passages, apart, headlines, strict=True)
    ]


def words_found(passages: Sequence[SearchPassage], text: str) -> dict[Any, str]:
    """By the keys of the passages that hold all words of ``text``, what stands around the first of these in each.

    None that only holds words like them. Three queries at most.
    """
    found = matches_in(passages, text)
    if found.are_close:
        return {}
    excerpts = excerpts_of(found.passages, text, shows_close=False)
    around = ("".join(piece.text for piece in pieces) for pieces in excerpts)
    return {each.key: " ".join(words.split()) for each, words in zip(found.passages, around, strict=True)}


def configuration_of(language: str) -> str:
    """How PostgreSQL calls the rules by which the stems of a language are found."""
    return _CONFIGURATIONS.get(language, "simple")


def _by_stems(passages: Sequence[SearchPassage], folded: Sequence[str], text: str) -> list[int]:
    begins = _beginnings(text)
    places = [
        place
        for place in _parsed(folded)
        if not begins
        or configuration_of(passages[place].language) == "arabic"
        or any(begin in folded[place] for begin in begins)
    ]
    if not places:
        return []
    of = [configuration_of(passages[place].language) for place in places]
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"places": places, "of": of, "words": [folded[place] for place in places]}
        cursor.execute(_BY_STEMS, {**given, "configs": sorted(set(of)), "text": text})
        return [place for (place,) in cursor.fetchall()]


def _beginnings(text: str) -> list[str]:
    """Letters of which a passage has some where it holds the words: but for Arabic a stem begins as its word does.

    None where it cannot be said: little words stand for nothing, and signs may say "or" and "not".
    """
    terms = text.replace('"', " ").split()
    if "or" in terms or any(not term[0].isalnum() for term in terms):
        return []
    return [term[:_BEGINNING] for term in terms if len(term) >= SHORTEST_PART]


def _parsed(folded: Sequence[str]) -> Iterator[int]:
    """The passages that are looked at by more than their letters."""
    left = MOST_PARSED
    for place, words in enumerate(folded):
        left -= len(words)
        if words and left >= 0:
            yield place


def terms_of(text: str) -> list[str]:
    """The words that are looked for, and between quotation marks the words that follow one another."""
    found = ((quoted or word).strip() for quoted, word in _TERM.findall(text))
    return [term for term in found if term]


def _by_letters(passages: Sequence[SearchPassage], folded: Sequence[str], text: str) -> Iterator[int]:
    """Where all words stand within others: of Chinese and Arabic any, else such as are no mere syllable."""
    terms = terms_of(bare(text))
    are_long = all(len(term) >= SHORTEST_PART for term in terms)
    for place, words in enumerate(folded):
        if terms and (are_long or configuration_of(passages[place].language) in _BY_LETTERS):
            letters = bare(words)
            if all(term in letters for term in terms):
                yield place


def _within(terms: Iterable[str], language: str) -> list[str]:
    """Those of the terms that are looked for within words of the language."""
    is_by_letters = configuration_of(language) in _BY_LETTERS
    return [term for term in terms if is_by_letters or len(term) >= SHORTEST_PART]


def _alike(folded: Sequence[str], text: str) -> list[int]:
    places = list(_parsed(folded))
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"places": places, "words": [folded[place] for place in places]}
        cursor.execute(_ALIKE_TO, {**given, "text": text, "alike": _ALIKE_BY_THREES, "most": _MOST_LIKE})
        return [place for (place,) in cursor.fetchall()]


def bare(folded: str) -> str:
    """Letters without their accents."""
    return folded if folded.isascii() else unicodedata.normalize("NFD", folded).translate(_ACCENTS)


def _sign_by_sign(words: str) -> list[str]:
    """What each sign becomes, so that what is found in the folded words is found in those that are shown."""
    return [fold(sign) for sign in words]


def _places_found(signs: Sequence[str], headline: str, terms: Iterable[str], *, shows_close: bool) -> set[int]:
    """The signs of the words that are shown which were found: by their stems (``headline``), by their letters."""
    origin = [place for place, sign in enumerate(signs) for _letter in sign]
    folded = "".join(signs)
    found, at, is_found = set(), 0, False
    for letter in headline:
        if letter in (_BEGIN, _END):
            is_found = letter == _BEGIN
            continue
        if at < len(folded) and folded[at] == letter and is_found:
            found.add(origin[at])
        at += 1
    letters = [bare(letter) or letter for letter in folded]
    plain, start = "".join(letters), [at for at, letter in enumerate(letters) for _each in letter]
    for term in (bare(each) for each in terms):
        at = plain.find(term)
        while term and at >= 0:
            found |= {origin[start[each]] for each in range(at, at + len(term))}
            at = plain.find(term, at + len(term))
    if found or not shows_close:
        return found
    return {origin[at] for begin, end in _closest(folded, terms) for at in range(begin, end)}


def _closest(folded: str, terms: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where words stand that are like those that stand nowhere."""
    for term in terms:
        matcher = SequenceMatcher(b=term)
        for word in _WORD.finditer(folded):
            matcher.set_seq1(word[0])
            ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # the cheap ones first
            if all(ratio() > _ALIKE_BY_LETTERS for ratio in ratios):
                yield word.span()


def _cut(words: str, found: set[int]) -> list[ExcerptPiece]:
    """Between words; where a text has no blanks, as in Chinese, after so many characters."""
    first = min(found, default=0)
    begin = 0 if first <= _BEFORE else max(words.rfind(" ", 0, first - _BEFORE) + 1, first - 2 * _BEFORE)
    end = len(words)
    if end - begin > EXCERPT:
        blank = words.rfind(" ", first + _BEFORE, begin + EXCERPT)
        end = begin + EXCERPT if blank < 0 else blank
    pieces: list[ExcerptPiece] = [ExcerptPiece("… ", is_found=False)] if begin else []
    run, is_found = "", False
    for place in range(begin, end):
        if (place in found) != is_found and run:
            pieces.append(ExcerptPiece(run, is_found))
            run = ""
        is_found = place in found
        run += words[place]
    if run:
        pieces.append(ExcerptPiece(run, is_found))
    return [*pieces, *([ExcerptPiece(" …", is_found=False)] if end < len(words) else [])]
