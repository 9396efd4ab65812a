"""The input of a draw: who takes part, with which regional group and instruments. Files in, canonical text out."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lots.algorithm.canonical import sha256
from lots.algorithm.switches import CODE, Switches

# Of format 1 of the files; format 2 names its own. The first is the one that makes a party.
INSTRUMENTS = ("untoc", "tip", "som", "firearms")
HEADING = ("iso3", "name_en", "regional_group", "legal_system", "instruments")
NO_GROUP = re.compile(r"(none.*)?", re.IGNORECASE)
MOST_PARTIES = 5_000
# The files of a draw are opened in spreadsheets too, and their bytes are fixed: what begins a formula is not let in.
_WORDS, _FORMULA = ("name_en", "regional_group", "legal_system"), ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
SAME, OTHER = 0, 1  # the role of a reviewing State
ROLES = ("same_group", "other_group")


class TableError(ValueError):
    """A table of parties that cannot be read or does not fit the switches; the message names line, column and value."""


@dataclass(frozen=True, slots=True)
class Party:
    code: str
    name: str
    regional_group: str
    instruments: tuple[str, ...]
    legal_system: str = ""


@dataclass(frozen=True)
class PartyTable:
    """The parties in the order of their codes, and the instruments that they may have joined, in their order."""

    parties: tuple[Party, ...]
    instruments: tuple[str, ...] = INSTRUMENTS

    def __post_init__(self) -> None:
        if [party.code for party in self.parties] != sorted({party.code for party in self.parties}):
            raise TableError("a table of parties is sorted by code, each code once")

    @cached_property
    def csv_bytes(self) -> bytes:
        """``input.csv`` (docs/draw-files.md)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADING)
        for party in self.parties:
            row = (party.code, party.name, party.regional_group, party.legal_system, " ".join(party.instruments))
            writer.writerow(row)
        return out.getvalue().encode()

    @property
    def sha256(self) -> str:
        return sha256(self.csv_bytes)

    @cached_property
    def by_code(self) -> Mapping[str, Party]:
        return {party.code: party for party in self.parties}

    def in_order(self, instruments: Iterable[str]) -> tuple[str, ...]:
        """These instruments in the order of the table."""
        return tuple(name for name in self.instruments if name in instruments)

    def bits_of(self, instruments: Iterable[str]) -> int:
        """These instruments as a set of bits."""
        return sum(1 << self.instruments.index(name) for name in set(instruments))

    @classmethod
    def from_csv(cls, content: bytes, instruments: tuple[str, ...] = INSTRUMENTS) -> "PartyTable":
        """Read ``input.csv``. Raises TableError where it is not what ``csv_bytes`` would write."""
        rows = _rows(_decoded(content))
        if not rows or tuple(rows[0]) != HEADING:
            raise TableError(f"the first line must be {','.join(HEADING)}")
        if wrong := [number for number, row in enumerate(rows, 1) if len(row) != len(HEADING)]:
            raise TableError(f"line {wrong[0]}: {len(HEADING)} columns are needed")
        table = cls(
            tuple(Party(row[0], row[1], row[2], tuple(row[4].split()), row[3]) for row in rows[1:]), instruments
        )
        if table.csv_bytes != content or any(
            party.instruments != table.in_order(party.instruments) for party in table.parties
        ):
            raise TableError("the file is not in the canonical form")
        return table


def read_parties(
    content: str | bytes, *, as_of: str, switches: Switches, instruments: tuple[str, ...] = INSTRUMENTS
) -> PartyTable:
    """The table of those that take part, from a file of States with their dates of deposit.

    ``content`` is a CSV with at least ``iso3, name_en, regional_group`` and for each instrument ``…_date``; a State is
    in the draw for what it had joined on the day ``as_of`` (YYYY-MM-DD), if the first instrument is among it. A State
    that the switch ``late`` names is taken with all that the file says it has joined. Raises TableError.
    """
    day = _day(as_of, "the day of the draw")
    rows = _rows(_decoded(content) if isinstance(content, bytes) else content)
    heading = [name.strip() for name in rows[0]] if rows else []
    needed = ["iso3", "name_en", "regional_group", *(f"{name}_date" for name in instruments)]
    if missing := [name for name in needed if name not in heading]:
        raise TableError(f"the file has no column {', '.join(missing)}")
    if len(rows) > MOST_PARTIES:
        raise TableError(f"the file has more than {MOST_PARTIES} lines")
    parties = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(heading):
            raise TableError(f"line {number}: {len(heading)} columns are needed, {len(row)} are there")
        cells = dict(zip(heading, (cell.strip() for cell in row), strict=True))
        party = _party(cells, f"line {number}", day, switches, instruments)
        if cells["iso3"] in parties:
            raise TableError(f"line {number}: {cells['iso3']} stands twice in the file")
        parties[cells["iso3"]] = party
    return table_of((party for party in parties.values() if party is not None), switches, instruments)


def table_of(parties: Iterable[Party], switches: Switches, instruments: tuple[str, ...] = INSTRUMENTS) -> PartyTable:
    """The table of these parties, after a check that the switches name none that is not there. Raises TableError."""
    table = PartyTable(tuple(sorted(parties, key=lambda party: party.code)), instruments)
    if not table.parties:
        raise TableError("no State of the file takes part in the draw")
    if both := sorted({*switches.late} & {*switches.redraw, *switches.volunteer}):
        raise TableError(f"{', '.join(both)} cannot be late and redrawn, or a volunteer, at once")
    named = {code for codes in switches.named.values() for code in codes}
    if unknown := sorted(named - set(table.by_code)):
        raise TableError(f"a switch names {', '.join(unknown)}, which takes no part in the draw")
    if not set(table.by_code) - {*switches.late}:
        raise TableError("every State is late: there is no draw to join")
    return table


def _party(
    cells: Mapping[str, str], line: str, day: dt.date, switches: Switches, instruments: Sequence[str]
) -> Party | None:
    code = cells["iso3"]
    if not CODE.fullmatch(code):
        raise TableError(f"{line}: {code!r} is not a code of three capital letters")
    if not cells["name_en"] or not cells["name_en"].isprintable():
        raise TableError(f"{line}: {code} has no name that can be printed")
    if begun := [cells[name] for name in _WORDS if cells.get(name, "").startswith(_FORMULA)]:
        raise TableError(f"{line}: a spreadsheet would calculate {begun[0]!r}")
    joined = []
    for name in instruments:
        date = cells[f"{name}_date"]
        if date and (_day(date, f"{line}, {name}_date") <= day or code in switches.late):
            joined.append(name)
    if instruments[0] not in joined:
        return None
    group = cells["regional_group"]
    effective = switches.reio_group if NO_GROUP.fullmatch(group) else group
    system = cells.get("legal_system", "") if switches.legal_system else ""
    return Party(code, cells["name_en"], effective, tuple(joined), system)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig" if content[:3] == b"\xef\xbb\xbf" else "utf-8")
    except UnicodeDecodeError as error:
        raise TableError(f"the file is not UTF-8 text (byte {error.start})") from error


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise TableError(f"the file is not a table divided by commas: {error}") from error


def _day(text: str, where: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise TableError(f"{where}: {text!r} is not a day (YYYY-MM-DD)")
