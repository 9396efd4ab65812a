"""What may stand in a place of a file of a mechanism: each kind says what is wrong with a value, by its place."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.documents.symbols import MOST_SHAPES, fault_of_shape
from core.files.json_reading import is_readable, unreadable
from core.language.i18n import UN_LANGUAGES, code_in_files
from core.language.terminology import MOST_PAIRS, fault_of, too_many

LANGUAGES = tuple(sorted(code_in_files(code) for code, _name in UN_LANGUAGES))
MOST_FAULTS = 200  # that are told at once
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_SMALL = 32_767
# Further keys are for readers, and nothing loads them (docs/mechanisms.md).
_FOR_READERS = frozenset(
    {
        "note", "source_notes", "languages", "verified", "verified_languages", "treaty_collection_reference",
        "official_text", "adopted_on", "launched_on", "first_start", "duration_months", "size", "counted_basis",
        "headings_outside_cluster", "article", "evidence_marks", "cluster", "is_loaded_first",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file of a mechanism: ``place`` is a key with its row ("steps[2].name.en"), or a line."""

    file: str
    place: str
    words: str


Wrong = Iterator[tuple[str, str]]
Kind = Callable[[Any, str], Wrong]


def text(most: int, *, is_empty: bool = False) -> Kind:
    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, str):
            yield place, _("a text is expected here")
        elif not is_empty and not value.strip():
            yield place, _("This must not be empty.")
        elif len(value) > most:
            words = _("This is %(length)s characters long. The limit is %(maximum)s.")
            yield place, words % {"length": len(value), "maximum": most}
        elif not is_readable(value):
            yield place, unreadable()

    return look


def texts(most: int, *, is_empty: bool = False) -> Kind:
    """A text in several languages, of which English is needed."""
    each = text(most, is_empty=is_empty)

    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, Mapping):
            yield place, _("a text in each language is expected here, such as {“en”: “…”}")
            return
        if "en" not in value:
            yield place, _("the key '%(key)s' is missing") % {"key": "en"}
        for code, words in value.items():
            if code not in LANGUAGES:
                yield f"{place}.{code}", _("this is none of the six languages")
            else:
                yield from each(words, f"{place}.{code}")

    return look


def slug(value: Any, place: str) -> Wrong:
    if not isinstance(value, str) or len(value) > 50 or not SLUG.fullmatch(value):
        yield place, _("Use small letters, digits and hyphens.")


def whole(least: int = 0, most: int = _MOST_SMALL) -> Kind:
    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            words = _("a whole number from %(least)s to %(most)s is expected here")
            yield place, words % {"least": least, "most": most}

    return look


def flag(value: Any, place: str) -> Wrong:
    if not isinstance(value, bool):
        yield place, _("true or false is expected here")


def day(value: Any, place: str) -> Wrong:
    if not isinstance(value, str) or not is_day(value):
        yield place, _("a day is expected here, such as 2026-03-01")


def is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def one_of(values: Collection[str]) -> Kind:
    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, str) or value not in values:
            yield place, _("one of these is expected here: %(values)s") % {"values": ", ".join(values)}

    return look


def link(value: Any, place: str) -> Wrong:
    if not isinstance(value, str) or (value and not re.fullmatch(r"https?://[^\s<>\"]{1,990}", value)):
        yield place, _("an address that begins with https:// is expected here, or nothing")


def nothing_or(kind: Kind) -> Kind:
    def look(value: Any, place: str) -> Wrong:
        if value is not None:
            yield from kind(value, place)

    return look


def rows(kind: Kind) -> Kind:
    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, list):
            yield place, _("a list is expected here")
            return
        for number, each in enumerate(value):
            yield from kind(each, f"{place}[{number}]")

    return look


def by_key(kind: Kind, keys: Kind = slug) -> Kind:
    """An object whose keys are names of the mechanism's own."""

    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, Mapping):
            yield place, _("an object with keys is expected here")
            return
        for name, each in value.items():
            where = f"{place}.{name}" if place else str(name)
            yield from keys(name, where)
            yield from kind(each, where)

    return look


def words(value: Any, place: str) -> Wrong:
    """Those of a terminology in one language (``core.language.terminology``)."""
    yield from by_key(_word, _word)(value, place)
    if isinstance(value, Mapping) and len(value) > MOST_PAIRS:
        yield place, too_many()


def _word(value: Any, place: str) -> Wrong:
    if not isinstance(value, str):
        yield place, _("a text is expected here")
    elif fault := fault_of(value):
        yield place, fault


def symbol_shapes(value: Any, place: str) -> Wrong:
    """Those of the symbols that a mechanism gives out (``core.documents.symbols``), each a text of the list."""
    if not isinstance(value, list):
        yield place, _("a list is expected here")
        return
    for number, shape in enumerate(value):
        if not isinstance(shape, str):
            yield f"{place}[{number}]", _("a text is expected here")
        elif fault := fault_of_shape(shape):
            yield f"{place}[{number}]", fault
    if len(value) > MOST_SHAPES:
        yield place, _("At most %(maximum)s shapes of symbols.") % {"maximum": MOST_SHAPES}


def row(needed: Mapping[str, Kind], may: Mapping[str, Kind] | None = None) -> Kind:
    """An object with the keys that are ``needed`` and those that it ``may`` have; of others only those for readers."""
    optional = may or {}

    def look(value: Any, place: str) -> Wrong:
        if not isinstance(value, Mapping):
            yield place, _("an object with keys is expected here")
            return
        for name in needed.keys() - value.keys():
            yield place, _("the key '%(key)s' is missing") % {"key": name}
        for name, each in value.items():
            where = f"{place}.{name}" if place else str(name)
            kind = needed.get(name) or optional.get(name)
            if kind is not None:
                yield from kind(each, where)
            elif name not in _FOR_READERS and not str(name).endswith(("_evidence", "_evidence_note")):
                yield where, _("the key '%(key)s' is not known") % {"key": name}

    return look
