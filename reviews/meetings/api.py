"""Meetings of the experts for programs: those to come with the words of the States, and those that were held."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import RowSerializer, name_of
from core.api.views import WholeListView
from reviews.agreement import WordSerializer
from reviews.cases.enums import ReviewAction
from reviews.lists import StateSerializer
from reviews.meetings.models import DialogueMeeting, PlannedMeeting
from reviews.meetings.selectors import Invitation, meetings_of, meetings_to_come
from reviews.navigation import ReviewForPrograms


class PlannedMeetingSerializer(RowSerializer):
    """``invited_for`` is null for the secretariat."""

    ends_at = serializers.DateTimeField()
    invited_by = name_of("invited_by")
    invited_for = StateSerializer(allow_null=True)
    agenda = serializers.CharField()

    class Meta:
        model = PlannedMeeting
        fields = [
            "id", "starts_at", "ends_at", "time_zone", "minutes", "means", "place", "link", "agenda", "status",
            "reason", "revision", "invited_by", "invited_for", "asked_at", "agreed_at",
        ]  # fmt: skip


class InvitationSerializer(serializers.Serializer[Invitation]):
    """A meeting to come, and what each State has said to the revision of it that stands."""

    meeting = PlannedMeetingSerializer()
    words = WordSerializer(many=True)
    is_agreed = serializers.BooleanField()


class MeetingListApiView(ReviewForPrograms, WholeListView):
    """The meetings to come, with all that their entry in a calendar holds."""

    policy_action = ReviewAction.READ_TABLE
    serializer_class = InvitationSerializer
    twin_of = ("reviews:meeting-calendar",)

    def get_rows(self) -> Iterable[Any]:
        return meetings_to_come(self.review)


class HeldMeetingSerializer(RowSerializer):
    """``recorded_for`` is null for the secretariat; ``others``: who took part and has no account."""

    recorded_by = name_of("recorded_by")
    recorded_for = StateSerializer(allow_null=True)
    participants = serializers.SerializerMethodField()
    subject = serializers.CharField()

    class Meta:
        model = DialogueMeeting
        fields = ["id", "held_on", "means", "participants", "others", "subject", "recorded_by", "recorded_for"]

    def get_participants(self, meeting: DialogueMeeting) -> list[str]:
        return [row.user.full_name for row in meeting.participants.all()]


class HeldMeetingListApiView(ReviewForPrograms, WholeListView):
    """The log of the meetings that were held, the last first."""

    policy_action = ReviewAction.READ_TABLE
    serializer_class = HeldMeetingSerializer

    def get_rows(self) -> Iterable[Any]:
        return meetings_of(self.review)
