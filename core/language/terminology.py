"""What the portal's words are called elsewhere: a terminology takes their place in all that gettext gives.

The code has one word for a thing ("list of observations"); whoever brings rules of its own may call it otherwise
("country note"). While a terminology is ``spoken`` its words stand in every sentence of the portal, in pages, mails and
documents alike, and in nothing that people wrote: gettext never sees that. Nobody's terminology is the portal's own
words, to the byte.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext as _, trans_real
from django.utils.translation.trans_real import CONTEXT_SEPARATOR, DjangoTranslation

_WORDS_OF = "words_of"
MOST_PAIRS, LONGEST = 100, 200
# What would be more than words: messages are HTML, and hold places for values.
_NO_WORDS = re.compile(r"[<>&\"'%{}=\\\x00-\x1f]")
_NOT_READ = r"%\(\w+\)[a-z]|%%|\{[^}]*\}|<[^>]*>|https?://\S+"  # places for values, tags and addresses
_UNDIVIDED = frozenset({"ar", "zh-hans"})  # words stand behind an article or a preposition, or are not parted at all


def fault_of(word: str) -> str:
    """Why a word, or what is said for it, can stand in no terminology; empty where it can."""
    if not word.strip():
        return _("This must not be empty.")
    if len(word) > LONGEST:
        return _("This is %(length)s characters long. The limit is %(maximum)s.") % {
            "length": len(word),
            "maximum": LONGEST,
        }
    if _NO_WORDS.search(word):
        return _("Words alone: no straight quotation marks and none of the signs < > & % { } = \\.")
    return ""


def too_many() -> str:
    return _("At most %(maximum)s words may be called otherwise.") % {"maximum": MOST_PAIRS}


def pairs_in(lines: str) -> dict[str, str]:
    """The words of the portal, each with what is said for it; one pair a line, parted by an equals sign.

    A line that holds none, or more than words, is left out (``faults_in``).
    """
    pairs = (_parted(line) for line in lines.splitlines())
    return {word: said for word, said in pairs if not fault_of(word) and not fault_of(said)}


def faults_in(lines: str) -> Iterator[str]:
    """What is wrong with lines that somebody typed, each with its number."""
    written = [(number, line) for number, line in enumerate(lines.splitlines(), 1) if line.strip()]
    if len(written) > MOST_PAIRS:
        yield too_many()
    for number, line in written:
        fault = next(filter(None, map(fault_of, _parted(line))), "")
        if "=" not in line:
            fault = _("An equals sign is missing: a word of the portal = what the mechanism says for it")
        if fault:
            yield _("Line %(number)s: %(fault)s") % {"number": number, "fault": fault}


def check_words(lines: str) -> None:
    """For a column that holds them. Raises ValidationError with what is wrong in each line."""
    if faults := list(faults_in(lines)):
        raise ValidationError(faults)


def as_lines(pairs: Mapping[str, str]) -> str:
    return "\n".join(f"{word} = {said}" for word, said in pairs.items())


def _parted(line: str) -> tuple[str, str]:
    word, _equals, said = line.partition("=")
    return word.strip(), said.strip()


class Terminology:
    """The words of one name, by language; two are the same only if they are one."""

    def __init__(self, name: str, lines: Mapping[str, str]) -> None:
        self.name = name
        self._pairs = {code: pairs for code, text in lines.items() if (pairs := pairs_in(text))}

    def __bool__(self) -> bool:
        return bool(self._pairs)

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {code: _pattern(code, pairs) for code, pairs in self._pairs.items()}

    @cached_property
    def _said(self) -> dict[str, dict[str, str]]:
        return {code: {word.lower(): said for word, said in pairs.items()} for code, pairs in self._pairs.items()}

    def put_into(self, message: str, code: str) -> str:
        """A message of the portal with these words in the place of its own; a capital stays one."""
        pattern = self._patterns.get(code)
        return pattern.sub(lambda found: self._instead(found, code), message) if pattern else message

    def _instead(self, found: re.Match[str], code: str) -> str:
        word = found["word"]
        if word is None:
            return found[0]
        said = self._said[code].get(word.lower(), word)
        return said[0].upper() + said[1:] if word[0].isupper() else said


def _pattern(code: str, pairs: Mapping[str, str]) -> re.Pattern[str]:
    """The longest word first, so that part of one is none."""
    words = "|".join(re.escape(word) for word in sorted(pairs, key=lambda word: (-len(word), word)))
    edge = ("", "") if code in _UNDIVIDED else (r"(?<!\w)", r"(?!\w)")
    return re.compile(rf"{_NOT_READ}|{edge[0]}(?P<word>{words}){edge[1]}", re.IGNORECASE)


Tongue = tuple[str | None, Terminology | None]

_spoken: ContextVar[Terminology | None] = ContextVar("terminology", default=None)
_find: list[Callable[[str], Terminology | None]] = []


def register(find: Callable[[str], Terminology | None]) -> None:
    """Say who knows the terminologies by their names; by no name the one that holds where nothing says whose."""
    _find[:] = [find]


def named(name: str) -> Terminology | None:
    """The terminology of this name; None for the portal's own words."""
    return _find[0](name) if _find else None


def spoken() -> Terminology | None:
    """What is spoken now; None for the portal's own words."""
    return _spoken.get()


def tongue() -> Tongue:
    """The language and the words of now: under both is kept what was rendered."""
    return get_language(), _spoken.get()


def speak(terminology: Terminology | None) -> None:
    """From here on, until what ``speaking`` began is over."""
    _spoken.set(terminology or None)


@contextmanager
def speaking(terminology: Terminology | None) -> Iterator[None]:
    """With these words; afterwards with those from before."""
    before = _spoken.set(terminology or None)
    try:
        yield
    finally:
        _spoken.reset(before)


def noting_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of what is made later, and elsewhere, with whose words are spoken now (``speaking_as_noted``)."""
    terminology = _spoken.get()
    return {_WORDS_OF: terminology.name, **facts} if terminology else dict(facts)


def speaking_as_noted(facts: Mapping[str, Any]) -> AbstractContextManager[None]:
    """With the words that were spoken when the facts were noted."""
    return speaking(named(facts.get(_WORDS_OF, "")))


@lru_cache(maxsize=8192)
def _put_into(terminology: Terminology, message: str, code: str) -> str:
    return terminology.put_into(message.rpartition(CONTEXT_SEPARATOR)[2], code)


def _in_spoken_words(look_up: Callable[..., str]) -> Callable[..., str]:
    def looked_up(catalogue: Any, *asked: Any) -> str:
        message, terminology = look_up(catalogue, *asked), _spoken.get()
        return message if terminology is None else _put_into(terminology, message, catalogue.to_language())

    return looked_up


class SpokenTranslation(DjangoTranslation):
    """Django's catalogue of a language, in the words that are spoken."""

    gettext = _in_spoken_words(DjangoTranslation.gettext)
    ngettext = _in_spoken_words(DjangoTranslation.ngettext)


def install() -> None:
    """Have gettext give the words that are spoken: once, before anything is translated.

    Django knows of no other way to say which class its catalogues are of.
    """
    if trans_real.DjangoTranslation is not SpokenTranslation:
        trans_real.DjangoTranslation = SpokenTranslation  # type: ignore[misc]
        trans_real._translations.clear()  # type: ignore[attr-defined]
        trans_real._default = None  # type: ignore[attr-defined]
