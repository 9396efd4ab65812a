"""The review desk for programs: how much is written in each section of what was sent."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import WholeListTwin
from dialogue.desk import Desk
from portal.desk.desk import SectionCounts, counts_by_section
from portal.desk.views import DeskView
from questionnaires.submissions import latest_submission
from reviews.navigation import ReviewTwin


class SectionCountsSerializer(serializers.Serializer[SectionCounts]):
    """``is_covered``: the caller's State reviews the instrument."""

    instrument = serializers.CharField(source="section.place.part.instrument")
    section = serializers.CharField(source="section.place.section.slug")
    url = serializers.CharField(help_text="Of the page.")
    answers = serializers.IntegerField()
    drafts = serializers.IntegerField()
    words = serializers.IntegerField()
    remarks = serializers.IntegerField()
    clarifications = serializers.IntegerField()
    unanswered = serializers.IntegerField()
    observations = serializers.IntegerField()
    is_covered = serializers.BooleanField()


class DeskApiView(ReviewTwin, WholeListTwin):
    """The sections of what was sent, with what the caller finds written in each; none where nothing was sent. Whoever
    reads this for a reviewing State opens the answers, and they are recalled no more.
    """

    shows = DeskView
    twin_of = ("portal:desk",)
    serializer_class = SectionCountsSerializer

    def get_rows(self) -> Iterable[Any]:
        submission = latest_submission(self.review)
        if submission is not None:
            desk = Desk(self.user, self.review, submission, shows=self.reads)
            for sections in counts_by_section(desk).values():
                yield from sections
