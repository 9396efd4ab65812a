"""Whether the files of a folder make a mechanism that this portal can load: everything that is wrong, by its place."""

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.json_reading import is_readable, read_json, unreadable
from core.files.spreadsheets import own_text
from portal.mechanisms.checking.archive import ADHERENCES, BLUEPRINTS, LINKS, READING, RULES
from portal.mechanisms.checking.kinds import MOST_FAULTS as MOST_FAULTS, Fault, Kind, is_day
from portal.mechanisms.checking.links import wrong_links
from portal.mechanisms.checking.questionnaires import wrong_questionnaires
from portal.mechanisms.checking.rules import (
    Data,
    PortalFacts,
    differing,
    instruments_in,
    said_otherwise,
    wrong_reading,
    wrong_rows,
    wrong_words,
)
from portal.mechanisms.checking.shapes import BLUEPRINTS as BLUEPRINTS_SHAPE, MECHANISM, READING as READING_SHAPE
from questionnaires.files import built, misfits
from reviews.programme.enums import AdherenceKind

_SHAPES: Mapping[str, Kind] = {RULES: MECHANISM, BLUEPRINTS: BLUEPRINTS_SHAPE, READING: READING_SHAPE}
_COLUMNS = ("iso3", "instrument", "deposited_on", "kind", "verified")
Files = Mapping[str, str]


def faults_of(files: Files, portal: PortalFacts) -> list[Fault]:
    """What is wrong, file by file, in the active language; at most ``MOST_FAULTS`` of it. Nothing is loaded.

    What rests on a file that has not its shape is looked at once that is mended.
    """
    return list(islice(_faults(files, portal), MOST_FAULTS))


def _faults(files: Files, portal: PortalFacts) -> Iterator[Fault]:
    """One after the other: a small file may hold a million, of which nobody asks for more than are shown."""
    parsed: dict[str, Any] = {}
    for name, text in files.items():
        if not name.endswith(".json"):
            continue
        data, unread = _read(name, text)
        wrong = iter(unread)
        if name in _SHAPES and not unread:
            wrong = (Fault(name, *each) for each in _SHAPES[name](data, ""))
        first = next(wrong, None)
        if first is None:
            parsed[name] = data
        else:
            yield first
            yield from wrong
    if RULES in parsed:
        yield from _wrong_together(files, parsed, portal)


def _wrong_together(files: Files, parsed: Mapping[str, Any], portal: PortalFacts) -> Iterator[Fault]:
    rules: Data = parsed[RULES]
    wrong = False
    for each in wrong_rows(rules, portal):
        wrong = True
        yield Fault(RULES, *each)
    if BLUEPRINTS in parsed:
        found = wrong_words(parsed[BLUEPRINTS], with_needs=bool(rules.get("assistance_types")))
        yield from (Fault(BLUEPRINTS, *each) for each in found)
    if READING in parsed:
        yield from (Fault(READING, *each) for each in wrong_reading(parsed[READING], rules))
    if ADHERENCES in files:
        try:
            yield from _wrong_adherences(files[ADHERENCES], instruments_in(rules), portal)
        except csv.Error:  # a cell longer than any that is meant
            yield Fault(ADHERENCES, "", _("This is no table of values that are separated by commas."))
    if not wrong:
        questionnaires = {name: data for name, data in parsed.items() if name not in _SHAPES}
        yield from wrong_questionnaires(questionnaires, rules, portal)
    if LINKS in files:
        try:
            yield from wrong_links(files[LINKS], _codes_in(files, parsed))
        except csv.Error:
            yield Fault(LINKS, "", _("This is no table of values that are separated by commas."))


def _codes_in(files: Files, parsed: Mapping[str, Any]) -> set[str] | None:
    """Of all questions; None where a questionnaire has not its shape, of which that is told."""
    codes: set[str] = set()
    for name in files:
        if name in _SHAPES or not name.endswith(".json"):
            continue
        if name not in parsed or next(misfits(parsed[name]), None) is not None:
            return None
        codes.update(item.code for item in built(parsed[name]).items())
    return codes


def _read(name: str, text: str) -> tuple[Any, list[Fault]]:
    try:
        return read_json(text), []
    except ServiceError as error:
        return None, [Fault(name, "", str(error))]


def _wrong_adherences(text: str, instruments: set[str], portal: PortalFacts) -> Iterator[Fault]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or [])]
    for name in missing:
        yield Fault(ADHERENCES, _line(1), _("the column “%(name)s” is missing") % {"name": name})
    if missing:
        return
    seen: set[tuple[str, str]] = set()
    if not is_readable(text.replace("\r\n", "\n")):
        yield Fault(ADHERENCES, "", unreadable())
    for row in reader:
        values = {name: row.get(name) or "" for name in (*_COLUMNS, "source")}
        for name, words in _wrong_adherence(values, instruments, portal):
            yield Fault(ADHERENCES, f"{_line(reader.line_num)}, {name}", words)
        pair = values["iso3"], values["instrument"]
        if pair in seen:
            words = _("“%(value)s” stands there twice") % {"value": ", ".join(pair)}
            yield Fault(ADHERENCES, _line(reader.line_num), words)
        seen.add(pair)


def _wrong_adherence(row: Mapping[str, str], instruments: set[str], portal: PortalFacts) -> Iterator[tuple[str, str]]:
    if row["iso3"] not in portal.states:
        yield "iso3", _("the portal knows no State with the code “%(value)s”") % {"value": row["iso3"][:20]}
    if row["instrument"] not in instruments:
        words = _("“%(value)s” is not among %(where)s")
        yield "instrument", words % {"value": row["instrument"][:50], "where": "instruments"}
    if shared := portal.shared.get(row["instrument"]):
        yield from _wrong_shared_act(row, shared.acts.get(row["iso3"]))
    if not is_day(row["deposited_on"]):
        yield "deposited_on", _("a day is expected here, such as 2026-03-01")
    if row["kind"] not in AdherenceKind.values:
        words = _("one of these is expected here: %(values)s")
        yield "kind", words % {"values": ", ".join(AdherenceKind.values)}
    if row["verified"] not in {"true", "false"}:
        yield "verified", _("true or false is expected here")
    if len(row["source"]) > 300:
        words = _("This is %(length)s characters long. The limit is %(maximum)s.")
        yield "source", words % {"length": len(row["source"]), "maximum": 300}


def _wrong_shared_act(row: Mapping[str, str], here: Mapping[str, str] | None) -> Iterator[tuple[str, str]]:
    if here is None:
        yield "instrument", _("this instrument is not the file’s own: who has joined it is noted on its own page")
        return
    act = {name: row[name] for name in ("deposited_on", "kind", "verified")}
    if row["source"]:  # one that is left out stays as it is
        act["source"] = own_text(row["source"])
    for name in differing(here, act):
        yield name, said_otherwise()


def _line(number: int) -> str:
    return _("line %(number)s") % {"number": number}
