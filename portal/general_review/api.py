"""What the general review is told, for programs: the tables of the page and of its workbook."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from core.api.reads import ObjectTwin
from portal.cockpit import Report, ReportTable
from portal.general_review.report import general_report
from portal.general_review.views import GeneralReviewView


class ReportTableSerializer(serializers.Serializer[ReportTable]):
    """``rows`` as they are told: a dash for what is not. The last is a sum where ``has_sum``."""

    title = serializers.CharField()
    heads = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField(allow_blank=True)))
    note = serializers.CharField(allow_blank=True)
    has_sum = serializers.BooleanField()


class ReportSerializer(serializers.Serializer[Report]):
    """``method`` says how numbers are blurred so that they name no State."""

    title = serializers.CharField()
    organization = serializers.CharField()
    day = serializers.CharField(help_text="In words.")
    paragraphs = serializers.ListField(child=serializers.CharField())
    tables = ReportTableSerializer(many=True)
    method = serializers.CharField()


class GeneralReviewApiView(ObjectTwin):
    """The figures over all reviews of a mechanism, in the caller's language. It takes no filter: one could leave a
    single State.
    """

    shows = GeneralReviewView
    scope_group = "reviews"
    twin_of = ("portal:general-review",)
    serializer_class = ReportSerializer

    def get_object(self) -> Any:
        return general_report(self.shown.policy_target, self.shown.figures, timezone.now())
