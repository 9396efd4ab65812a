"""The programme of a mechanism for programs: when each phase runs for each group, with the reviews in it."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import WholeListTwin
from reviews.periods.selectors import ProgrammeCell, programme_of
from reviews.periods.views import ProgrammeView


class ProgrammeCellSerializer(serializers.Serializer[ProgrammeCell]):
    """``first`` and ``last`` are null where the group has no time in the phase. ``to_come``: how many of its States
    have no review in this phase or a later one.
    """

    phase = serializers.IntegerField()
    group = serializers.IntegerField()
    first = serializers.DateField(allow_null=True)
    last = serializers.DateField(allow_null=True)
    evidence_mark = serializers.CharField(allow_blank=True)
    evidence_note = serializers.CharField(allow_blank=True)
    opened = serializers.IntegerField()
    later = serializers.IntegerField(help_text="Of the reviews that are opened, those that have not begun.")
    to_come = serializers.IntegerField()


class ProgrammeApiView(WholeListTwin):
    """Every phase with every group, in their order."""

    shows = ProgrammeView
    scope_group = "office"
    twin_of = ("reviews:programme",)
    serializer_class = ProgrammeCellSerializer

    def get_rows(self) -> Iterable[Any]:
        for row in programme_of(self.shown.mechanism, self.shown.today):
            for cell in row.cells:
                yield {
                    "phase": row.phase.number,
                    "group": cell.group.number,
                    "first": cell.span.first if cell.span else None,
                    "last": cell.span.last if cell.span else None,
                    "evidence_mark": cell.period.evidence_mark if cell.period else "",
                    "evidence_note": cell.period.evidence_note if cell.period else "",
                    "opened": cell.counts.opened,
                    "later": cell.counts.later,
                    "to_come": cell.counts.to_come,
                }
