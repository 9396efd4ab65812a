"""The table of questions that may take the same answer: its columns, and that its codes are questions of the folder."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from core.files.json_reading import is_readable, unreadable
from portal.mechanisms.checking.archive import LINKS
from portal.mechanisms.checking.kinds import SLUG, Fault
from questionnaires.reuse.enums import LinkMethod
from reviews.programme.enums import EvidenceMark

COLUMNS = ("block", "code", "method", "evidence", "evidence_note")
_LONGEST_BLOCK, _LONGEST_NOTE = 60, 4000


def wrong_links(text: str, codes: Collection[str] | None) -> Iterator[Fault]:
    """``codes``: of all questions of the folder, or None where they cannot be known yet.

    Raises csv.Error for a cell longer than any that is meant.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    for name in missing:
        yield Fault(LINKS, _line(1), _("the column “%(name)s” is missing") % {"name": name})
    if missing:
        return
    if not is_readable(text.replace("\r\n", "\n")):
        yield Fault(LINKS, "", unreadable())
    seen: set[tuple[str, str]] = set()
    for row in reader:
        values = {name: row.get(name) or "" for name in COLUMNS}
        for name, words in _wrong_link(values, codes):
            yield Fault(LINKS, f"{_line(reader.line_num)}, {name}", words)
        pair = values["block"], values["code"]
        if pair in seen:
            words = _("“%(value)s” stands there twice") % {"value": ", ".join(pair)}
            yield Fault(LINKS, _line(reader.line_num), words)
        seen.add(pair)


def _wrong_link(row: Mapping[str, str], codes: Collection[str] | None) -> Iterator[tuple[str, str]]:
    if len(row["block"]) > _LONGEST_BLOCK or not SLUG.fullmatch(row["block"]):
        yield "block", _("Use small letters, digits and hyphens.")
    if codes is not None and row["code"] not in codes:
        words = _("“%(value)s” is not among %(where)s")
        yield "code", words % {"value": row["code"][:60], "where": "questionnaires"}
    for name, known in (("method", LinkMethod.values), ("evidence", EvidenceMark.values)):
        if row[name] not in known:
            yield name, _("one of these is expected here: %(values)s") % {"values": ", ".join(known)}
    if len(row["evidence_note"]) > _LONGEST_NOTE:
        words = _("This is %(length)s characters long. The limit is %(maximum)s.")
        yield "evidence_note", words % {"length": len(row["evidence_note"]), "maximum": _LONGEST_NOTE}


def _line(number: int) -> str:
    return _("line %(number)s") % {"number": number}
