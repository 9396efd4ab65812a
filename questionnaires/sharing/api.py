"""What a State has opened of its answers, for programs: its own people see to whom, its readers what."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.permissions import PolicyPermission
from core.api.views import StrictView, WholeListView
from questionnaires.definitions.enums import ResponseAction
from questionnaires.sharing.enums import SharingAction
from questionnaires.sharing.exports import as_data
from questionnaires.sharing.filters import SharedAnswersFilterSet
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import ended_shares, get_shared, open_to, standing_shares
from questionnaires.submissions import SubmissionForPrograms
from reviews.lists import StateSerializer


class ShareSerializer(serializers.ModelSerializer[AnswersShare]):
    """What an audience reads, or has read until ``ended_at``."""

    class Meta:
        model = AnswersShare
        fields = ["audience", "number", "sha256", "shared_at", "ended_at"]


class AudienceListApiView(SubmissionForPrograms, WholeListView):
    """To whom the answers are open, and to whom they were: for the State's own people."""

    policy_action = SharingAction.LIST
    serializer_class = ShareSerializer
    twin_of = ("questionnaires:answers-audience",)

    def get_rows(self) -> Iterable[AnswersShare]:
        review = self.submission.review
        return [*standing_shares(review).values(), *ended_shares(review)]


class SharedAnswersSerializer(serializers.ModelSerializer[AnswersShare]):
    """What is open to the caller; its address has the answers."""

    mechanism = serializers.CharField(source="review.mechanism.slug")
    code = serializers.CharField(source="review.code")
    state_party = StateSerializer(source="room")
    language = serializers.CharField()

    class Meta:
        model = AnswersShare
        fields = ["mechanism", "code", "audience", "number", "state_party", "language", "sha256", "shared_at"]


class SharedForPrograms(StrictView):
    """What is open beyond a review, to everybody or to people of all States parties, is the same for each token."""

    permission_classes = (PolicyPermission,)
    policy_action = ResponseAction.VIEW_VERSION
    scope_group = "answers"
    heeds_state = True


class SharedAnswersListApiView(SharedForPrograms, generics.ListAPIView[AnswersShare]):
    """Of which reviews answers are open to the caller, the last opened first; narrowed as on the page."""

    serializer_class = SharedAnswersSerializer
    twin_of = ("questionnaires:shared-answers-list",)
    filterset_class = SharedAnswersFilterSet
    cursor_ordering = ("-shared_at", "pk")

    def get_queryset(self) -> QuerySet[AnswersShare]:
        rows = open_to(self.request.user).defer("document", "rendered")
        narrowed: QuerySet[AnswersShare] = self.narrowed(SharedAnswersFilterSet(self.given_filters(), rows))
        return narrowed


class SharedDocumentSerializer(serializers.Serializer[Any]):
    """``document``: what was chosen, of which ``sha256`` is the hash."""

    address = serializers.CharField()
    audience = serializers.CharField()
    number = serializers.IntegerField()
    shared_at = serializers.DateTimeField()
    sha256 = serializers.CharField()
    document = serializers.JSONField()


class SharedAnswersApiView(SharedForPrograms):
    """What an audience reads of a review now: all others find nothing, whether there is such or not."""

    serializer_class = SharedDocumentSerializer
    twin_of = ("questionnaires:shared-answers", "questionnaires:shared-answers-file")

    @extend_schema(responses=SharedDocumentSerializer, operation_id="shared_answers_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        address = (kwargs[name] for name in ("mechanism", "code", "audience"))
        share = get_shared(request.user, *address, number=kwargs.get("number"))
        return Response(as_data(share))


class SharedVersionApiView(SharedAnswersApiView):
    """The same of this number, as long as it is what is open."""

    twin_of = ("questionnaires:shared-answers-version", "questionnaires:shared-answers-version-file")

    @extend_schema(responses=SharedDocumentSerializer, operation_id="shared_version_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        return super().get(request, **kwargs)
