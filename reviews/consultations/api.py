"""The consultations of a review for programs: what is proposed, what the States have said, who is missing."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.reads import ObjectTwin, RowSerializer, name_of
from reviews.agreement import WordSerializer
from reviews.consultations.models import ConsultationProposal
from reviews.consultations.selectors import DateToAgree
from reviews.consultations.views.consultations import ConsultationView
from reviews.consultations.views.page import IncompleteTeam
from reviews.lists import StateSerializer
from reviews.navigation import ReviewTwin


class ConsultationProposalSerializer(RowSerializer):
    """``dates`` by milestone; the first of ``languages`` is that of the texts. ``proposed_for`` is null for the
    secretariat. ``reason`` and ``note`` are empty for who may not read them.
    """

    proposed_by = name_of("proposed_by")
    proposed_for = StateSerializer(allow_null=True)
    proposed_at = serializers.DateTimeField(source="created_at")
    dates = serializers.DictField(child=serializers.DateField())
    words = serializers.SerializerMethodField()

    class Meta:
        model = ConsultationProposal
        fields = [
            "number",
            "languages",
            "reason",
            "dates",
            "note",
            "proposed_by",
            "proposed_for",
            "proposed_at",
            "words",
        ]

    @extend_schema_field(WordSerializer(many=True))
    def get_words(self, proposal: ConsultationProposal) -> Any:
        """What the States have confirmed of it; of an earlier one until the next took its place."""
        return WordSerializer(self.context["view"].shown.words_on(proposal), many=True).data


class DateToAgreeSerializer(serializers.Serializer[DateToAgree]):
    milestone = serializers.CharField(source="slug")
    name = serializers.CharField()
    planned_on = serializers.DateField()
    is_open = serializers.BooleanField()


class IncompleteTeamSerializer(serializers.Serializer[IncompleteTeam]):
    """``others_go_ahead``: it is recorded that they do without this State."""

    state_party = StateSerializer(source="state")
    missing = serializers.SerializerMethodField()
    others_go_ahead = serializers.SerializerMethodField()

    def get_missing(self, team: IncompleteTeam) -> list[str]:
        return [role.value for role in team.roles]

    def get_others_go_ahead(self, team: IncompleteTeam) -> bool:
        return team.record is not None


class ConsultationSerializer(serializers.Serializer[Any]):
    """``proposals``: the last first, and only that one stands."""

    is_open = serializers.BooleanField()
    proposals = ConsultationProposalSerializer(many=True)
    dates = DateToAgreeSerializer(many=True)
    incomplete = IncompleteTeamSerializer(many=True)


class ConsultationApiView(ReviewTwin, ObjectTwin):
    """Working languages and dates: what is proposed and confirmed, and whose people are missing."""

    shows = ConsultationView
    twin_of = ("reviews:consultation",)
    serializer_class = ConsultationSerializer

    def get_object(self) -> dict[str, Any]:
        shown = self.shown
        return {
            "is_open": shown.is_open,
            "proposals": shown.proposals,
            "dates": shown.dates,
            "incomplete": shown.incomplete_teams(),
        }
