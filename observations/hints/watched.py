"""Watched words in a text, in any of the six languages; pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SHORTEST_STEM = 5  # letters; what begins with fewer is too often another word
_HAN = "zh-hans"
_ARABIC = "ar"
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u0640": None})  # and tatweel, which says nothing


@dataclass(frozen=True, slots=True)
class Watched:
    """A word or phrase of a language, and whether words that only begin with it are meant too."""

    words: str
    is_stem: bool = False


def may_be_stem(words: str, language: str) -> bool:
    return language != _HAN and len(words) >= SHORTEST_STEM and words.isalpha()


def watched_in(text: str, watched: Iterable[Watched], language: str) -> list[str]:
    """What of ``watched`` a text (words without marks) says, in small letters, each once, in its order."""
    found = _pattern(tuple(watched), language)
    if found is None:
        return []
    return list(dict.fromkeys(match["words"] for match in found.finditer(_plain(text))))


@lru_cache(maxsize=64)
def _pattern(watched: tuple[Watched, ...], language: str) -> re.Pattern[str] | None:
    """None where nothing is looked for. Whole words; in Chinese, which parts none, any place."""
    given = {(plain, each.is_stem) for each in watched if (plain := _plain(each.words))}
    if not given:
        return None
    longest_first = sorted(given, key=lambda each: (-len(each[0]), each))
    if language == _HAN:
        return re.compile(f"(?P<words>{'|'.join(re.escape(words) for words, _is_stem in longest_first)})")
    # "and", "so" and the article are written onto the Arabic word that follows.
    before = "[وف]?(?:ال)?" if language == _ARABIC else ""
    words = "|".join(re.escape(words) + (r"\w*" if is_stem else "") for words, is_stem in longest_first)
    return re.compile(rf"(?<!\w){before}(?P<words>{words})(?!\w)")


def _plain(text: str) -> str:
    """In small letters, with the same apostrophes, without vowel signs of Arabic; any white space is one space."""
    composed = unicodedata.normalize("NFC", text.translate(_APOSTROPHES)).casefold().replace("ё", "е")
    return " ".join("".join(sign for sign in composed if not unicodedata.combining(sign)).split())
