"""Which questions a reader asks to see: ``?show=``, ``?with=`` a ministry, ``?section=``; any other word shows all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from questionnaires.overview.enums import QuestionStand
from questionnaires.overview.selectors import WAITS, QuestionRow, Standings

# The filters that stand above the table; a stand of its own is one too.
SHOWS: Mapping[str, tuple[str | Promise, Callable[[QuestionRow], bool]]] = {
    "mine": (_("Yours to do"), lambda row: row.is_mine),
    "back": (QuestionStand.RETURNED.label, lambda row: row.is_returned),
    "changed": (_("Changed since you were here"), lambda row: row.is_changed),
    "missing": (_("Missing"), lambda row: row.is_missing),
    "waiting": (_("Waiting for a ministry"), lambda row: row.stand in WAITS),
    "notes": (_("With open margin notes"), lambda row: row.notes > 0),
    "voluntary": (_("Voluntary, or only if it applies"), lambda row: row.is_voluntary),
}


@dataclass(frozen=True, slots=True)
class ShownQuestions:
    """What is asked to be shown; ``holder`` is the key of a participation, ``section`` its address with a slash."""

    show: str = ""
    holder: str = ""
    section: str = ""

    @property
    def is_active(self) -> bool:
        return self != ShownQuestions()

    @property
    def query(self) -> str:
        given = {"show": self.show, "with": self.holder, "section": self.section}
        return f"?{urlencode({name: value for name, value in given.items() if value})}"

    def but(self, **changes: str) -> "ShownQuestions":
        return replace(self, **changes)

    def keeps(self, row: QuestionRow) -> bool:
        if self.section and self.section != "/".join(row.place.address):
            return False
        if self.holder and self.holder not in {str(each.pk) for each in row.holders}:
            return False
        if self.show in SHOWS:
            return SHOWS[self.show][1](row)
        return not self.show or row.stand == self.show

    def rows(self, standings: Standings) -> list[QuestionRow]:
        return [row for row in standings.rows if self.keeps(row)]


def narrowing_of(given: Mapping[str, Any], standings: Standings) -> ShownQuestions:
    holders = {str(each.pk) for row in standings.rows for each in row.holders}
    sections = {"/".join(section.place.address) for section in standings.overview.sections}
    return ShownQuestions(
        _known(given.get("show", ""), {*SHOWS, *QuestionStand.values}),
        _known(given.get("with", ""), holders),
        _known(given.get("section", ""), sections),
    )


def _known(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""
