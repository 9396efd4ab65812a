"""Abbreviations in a text, and whether it says what they stand for where they come first; pure.

They are words in capitals of Latin, Cyrillic or Greek; Arabic and Chinese have none of their own, and use these.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏͰ-Ͽἀ-῾Ѐ-ԯ"
_LINK = re.compile(r"\b(?:https?://|www\.)\S+|(?<!\S)\S+@\S+", re.IGNORECASE)
_SYMBOL = re.compile(r"\b\w+(?:/\w+){0,5}/\d[\w./-]*")  # of a document: "CTOC/COP/2020/10"
# "EE.UU." and "EE. UU." are one; two letters with a point each are somebody's first names.
_POINTED = re.compile(r"\b(?:EE\.\s?UU|(?:[A-ZА-Я]\.){2,}[A-ZА-Я])\.?")
_WORD = re.compile(rf"(?<![{_LETTER}\d])[{_LETTER}][{_LETTER}\d]*(?:&[{_LETTER}]+)?(?![{_LETTER}])")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_LOOKS_ROMAN = str.maketrans("ХІ", "XI")  # Cyrillic letters in the place of Latin ones
_MIXED = re.compile(r"[A-ZА-ЯΑ-Ω][a-zа-яα-ω]?[A-ZА-ЯΑ-Ω]+")  # "MoU", "PhD"
_PLURAL = re.compile(r"(?<=..)s$")
_LONGEST = 9  # what is longer is a word in capitals
_SENTENCE = re.compile(r"[^.!?\n。！？؟]+[.!?。！？؟]*")
_SHOUTED = 0.5  # of the words of a sentence; then its capitals say nothing
_LEAST_WORDS = 4
_AFTER_A_WORD = re.compile(r"\w\W{0,3}$")
_HAN = re.compile("[\u3400-\u9fff]{2}")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{0,200})[)）\]]")  # what is longer defines nothing
# Words that lead to an abbreviation within brackets: "(hereinafter “UNODC”)".
_LEADS = re.compile(
    r"herein|refer|abbrev|known as|acronym|in short|after|ci-après|sigle|dénomm|désign|en adelante|siglas|denomin"
    r"|далее|сокращ|именуем|فيما يلي|المشار إليه|اختصار|以下简称|简称|下称",
    re.IGNORECASE,
)
_MARKS = " \t\n\u00a0“”„«»‹›‘’'\"/,;:–—-،؛，；、《》「」"
# What may follow it in its brackets: the sign of the plural, the end, or another matter after a comma.
_ASIDE = re.compile(r"s?[\s”’»\"'」》]*(?:$|[,;:/–—،؛，；、-].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """``key``: without points and the sign of many. ``is_explained``: the text says here what it stands for."""

    key: str
    is_explained: bool


def abbreviations_in(text: str) -> Iterator[Abbreviation]:
    """Each use, in the order of the text, which is words without marks."""
    words = _SYMBOL.sub(_blank, _LINK.sub(_blank, text))
    brackets = list(_BRACKETS.finditer(words))
    begins = [match.start() for match in brackets]
    for start, end, key in _uses(words):
        place = bisect_right(begins, start)
        around, after = brackets[max(place - 1, 0) : place], brackets[place : place + 1]
        yield Abbreviation(key, _is_explained(words, start, end, [*around, *after]))


def key_as_written(words: str) -> str:
    """By which an abbreviation is known, however it is written: without points, spaces and the sign of many."""
    return _PLURAL.sub("", re.sub(r"[.\s]", "", words))


def _uses(words: str) -> Iterator[tuple[int, int, str]]:
    pointed = [(match.start(), match.end(), key_as_written(match[0])) for match in _POINTED.finditer(words)]
    hidden = _POINTED.sub(_blank, words)
    shouted = [match.span() for match in _SENTENCE.finditer(hidden) if _is_shouted(match[0])]
    begins = [first for first, _last in shouted]
    plain = []
    for match in _WORD.finditer(hidden):
        before = bisect_right(begins, match.start())
        if (key := _key_of(match[0])) and not (before and match.start() < shouted[before - 1][1]):
            plain.append((match.start(), match.end(), key))
    return iter(sorted([*pointed, *plain]))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _key_of(word: str) -> str:
    """Empty for a word that is no abbreviation."""
    key = _PLURAL.sub("", word)
    capitals = sum(sign.isupper() for sign in key)
    if capitals < 2 or len(key) > _LONGEST or _ROMAN.fullmatch(key.translate(_LOOKS_ROMAN)):
        return ""
    is_all_capitals = not any(sign.islower() for sign in key)
    return key if is_all_capitals or _MIXED.fullmatch(key) else ""


def _is_shouted(sentence: str) -> bool:
    words = [word for word in _WORD.findall(sentence) if len(word) > 1]
    capitals = sum(word.isupper() for word in words)
    return len(words) >= _LEAST_WORDS and capitals > len(words) * _SHOUTED


def _is_explained(words: str, start: int, end: int, brackets: list[re.Match[str]]) -> bool:
    """Whether it stands as in "Office on Drugs and Crime (UNODC)", or as in "UNODC (Office on Drugs and Crime)".

    ``brackets``: the last ones that open before it, and the first ones after.
    """
    for first, last, inside in ((match.start(), match.end(), match[1]) for match in brackets):
        if first < start < last:
            before = words[max(first - 4, 0) : first]
            return bool(_AFTER_A_WORD.search(before)) and _only_names(inside, words[start:end])
        if first >= end and not words[end:first].strip(_MARKS):
            return _spells_out(inside)
    return False


def _only_names(inside: str, abbreviation: str) -> bool:
    """Whether brackets say the abbreviation, and nothing before it but others or what leads to it."""
    before, _found, after = inside.partition(abbreviation)
    lead = before.strip(_MARKS)
    are_abbreviations = all(_key_of(word) for word in re.findall(r"\w+", lead))
    return bool((are_abbreviations or _LEADS.search(lead)) and _ASIDE.fullmatch(after))


def _spells_out(inside: str) -> bool:
    """At least two words that are no abbreviations, or one of two signs of Han."""
    words = [word for word in re.findall(r"[^\W\d_]+", inside) if not _key_of(word)]
    return len(words) > 1 or any(_HAN.search(word) for word in words)
