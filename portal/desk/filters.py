"""What of a section the reader of the desk wants to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from dialogue.slips.enums import SlipMark
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


def chosen_filter(value: str) -> DeskFilter:
    """What makes no sense narrows nothing."""
    return DeskFilter(value) if value in DeskFilter.values else DeskFilter.ALL


def filter_links(entries: Sequence[DeskEntry], chosen: DeskFilter) -> list[DeskFilterLink]:
    return [
        DeskFilterLink(each.value, each.label, sum(each.holds(entry) for entry in entries), each == chosen)
        for each in DeskFilter
    ]
