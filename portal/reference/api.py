"""What a release would have otherwise, for programs of administrators."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from core.api.reads import WholeListTwin
from portal.reference.selectors import ColumnDifference, ReleaseProposal, proposals
from portal.reference.views import ProposalListView


class ColumnDifferenceSerializer(serializers.Serializer[ColumnDifference]):
    name = serializers.CharField()
    here = serializers.CharField(allow_blank=True)
    there = serializers.CharField(allow_blank=True)


class ReleaseProposalSerializer(serializers.Serializer[ReleaseProposal]):
    """A row in which a person had a say, and what the files of the release say of it."""

    id = serializers.UUIDField(source="proposed.pk")
    table = serializers.CharField(source="proposed.table")
    row = serializers.CharField()
    declined_at = serializers.DateTimeField(source="proposed.declined_at", allow_null=True)
    can_be_taken = serializers.BooleanField()
    shown = serializers.CharField(help_text="To be said by who takes or declines it.")
    evidence = serializers.CharField(allow_blank=True)
    columns = ColumnDifferenceSerializer(many=True)


class ProposalListApiView(WholeListTwin):
    """All differences of the release, undecided ones first."""

    shows = ProposalListView
    scope_group = "office"
    twin_of = ("portal:proposal-list",)
    serializer_class = ReleaseProposalSerializer

    def get_rows(self) -> Iterable[Any]:
        return proposals()
