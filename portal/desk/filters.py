"""Which sections of the desk, and what of one, its reader wants to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dialogue.slips.enums import SlipMark
from portal.desk.desk import SectionCounts
from portal.desk.entries import DeskEntry


class DeskFilter(TextChoices):
    ALL = "", pgettext_lazy("questions of the desk", "All")
    CHANGED = "changed", _("Changed since you were here")
    UNREAD = "unread", pgettext_lazy("questions of the desk", "Not read yet")
    ASK = "ask", pgettext_lazy("mark at an answer", "To ask")
    OBSERVE = "observe", pgettext_lazy("mark at an answer", "Observation here")
    NOTE = "note", pgettext_lazy("questions of the desk", "With a note")

    def holds(self, entry: DeskEntry) -> bool:
        marks = entry.set_marks
        if self == DeskFilter.UNREAD:
            return entry.is_answer and SlipMark.READ not in marks
        found = {
            DeskFilter.ALL: True,
            DeskFilter.CHANGED: bool(entry.changes),
            DeskFilter.ASK: SlipMark.ASK in marks,
            DeskFilter.OBSERVE: SlipMark.OBSERVE in marks,
            DeskFilter.NOTE: bool(entry.note_text),
        }
        return found[self]


@dataclass(frozen=True, slots=True)
class DeskFilterLink:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool


class SectionFilter(TextChoices):
    """By whom of the own State is on a section."""

    ALL = "", pgettext_lazy("sections of the desk", "All")
    MINE = "mine", pgettext_lazy("sections of the desk", "Mine")
    NOBODYS = "nobodys", pgettext_lazy("sections of the desk", "Nobody’s")

    def holds(self, section: SectionCounts) -> bool:
        found = {
            SectionFilter.ALL: True,
            SectionFilter.MINE: section.split.is_own,
            SectionFilter.NOBODYS: section.is_covered and not section.split.keeper,
        }
        return found[self]


SectionsByInstrument = Mapping[str, Sequence[SectionCounts]]


def chosen_sections(value: str) -> SectionFilter:
    """What makes no sense narrows nothing."""
    return SectionFilter(value) if value in SectionFilter.values else SectionFilter.ALL


def sections_shown(counts: SectionsByInstrument, chosen: SectionFilter) -> dict[str, list[SectionCounts]]:
    """An instrument of which none is chosen is left out."""
    shown = {instrument: [row for row in rows if chosen.holds(row)] for instrument, rows in counts.items()}
    return {instrument: rows for instrument, rows in shown.items() if rows}


def section_links(counts: SectionsByInstrument, chosen: SectionFilter) -> list[DeskFilterLink]:
    rows = [row for rows in counts.values() for row in rows]
    return [
        DeskFilterLink(each.value, each.label, sum(map(each.holds, rows)), each == chosen) for each in SectionFilter
    ]


def chosen_filter(value: str) -> DeskFilter:
    """What makes no sense narrows nothing."""
    return DeskFilter(value) if value in DeskFilter.values else DeskFilter.ALL


def filter_links(entries: Sequence[DeskEntry], chosen: DeskFilter) -> list[DeskFilterLink]:
    return [
        DeskFilterLink(each.value, each.label, sum(each.holds(entry) for entry in entries), each == chosen)
        for each in DeskFilter
    ]
