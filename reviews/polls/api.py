"""Polls on the time of a meeting for programs."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import RowSerializer, name_of
from core.api.views import WholeListView
from reviews.agreement import WordSerializer
from reviews.cases.enums import ReviewAction
from reviews.lists import StateSerializer
from reviews.navigation import ReviewForPrograms
from reviews.polls.models import MeetingPoll
from reviews.polls.selectors import Poll, SlotWords, polls_of


class SlotSerializer(serializers.Serializer[SlotWords]):
    """One of the times, and what each State has said of it, by its code."""

    number = serializers.IntegerField(source="slot.number")
    starts_at = serializers.DateTimeField(source="slot.starts_at")
    ends_at = serializers.DateTimeField(source="slot.ends_at")
    words = serializers.SerializerMethodField()

    def get_words(self, slot: SlotWords) -> dict[str, str]:
        return {state.iso3: word.value for state, word in slot.said}


class MeetingPollSerializer(RowSerializer):
    """``meeting`` is the one that is to be moved, null for a new one; ``proposed_for`` is null for the secretariat.
    ``place`` and ``agenda`` are those that the meeting has now.
    """

    proposed_by = name_of("proposed_by")
    proposed_for = StateSerializer(allow_null=True)
    meeting = serializers.UUIDField(source="meeting_id", allow_null=True)
    place = serializers.CharField(source="place_now")
    agenda = serializers.CharField(source="agenda_now")

    class Meta:
        model = MeetingPoll
        fields = [
            "id", "time_zone", "minutes", "means", "place", "agenda", "status", "revision", "proposed_by",
            "proposed_for", "asked_at", "meeting",
        ]  # fmt: skip


class PollSerializer(serializers.Serializer[Poll]):
    """``missing``: the States whose answer is waited for; ``words``: what each has said, with its note."""

    poll = MeetingPollSerializer()
    slots = SlotSerializer(many=True)
    words = WordSerializer(source="asked", many=True)
    missing = StateSerializer(many=True)


class PollListApiView(ReviewForPrograms, WholeListView):
    """The polls of which no time is picked, with the answers of the States."""

    policy_action = ReviewAction.READ_TABLE
    serializer_class = PollSerializer

    def get_rows(self) -> Iterable[Any]:
        return polls_of(self.review)
