"""What a State has opened of its answers, for programs: its own people see to whom, its readers what."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import answered_once
from core.api.permissions import PolicyPermission
from core.api.serializers import ShortListField, StrictSerializer
from core.api.views import StrictView, WholeListView
from core.hashes import document_hash
from questionnaires.definitions.enums import ResponseAction
from questionnaires.sharing.enums import SharingAction
from questionnaires.sharing.exports import as_data
from questionnaires.sharing.filters import SharedAnswersFilterSet
from questionnaires.sharing.forms import ShareAnswersForm
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import ended_shares, get_shared, open_to, standing_shares
from questionnaires.sharing.services import share_answers
from questionnaires.sharing.sieve import shared_document
from questionnaires.submissions import SubmissionForPrograms
from reviews.audiences.enums import BEYOND_THE_REVIEW, SharingAudience
from reviews.lists import StateSerializer

_MOST = 1000  # sections, laws or files


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


class ChoiceOfAnswersSerializer(StrictSerializer):
    """``sections`` as “instrument/section”; ``laws`` by their ``entry``, ``law_files`` by their ``file``."""

    sections = ShortListField(child=serializers.CharField(), max_length=_MOST)
    laws = ShortListField(child=serializers.CharField(), default=list, max_length=_MOST)
    law_files = ShortListField(child=serializers.CharField(), default=list, max_length=_MOST)


class ShareInputSerializer(ChoiceOfAnswersSerializer):
    """``sha256``: that of the document which the same choice has shown. ``number``: of what stands in the list of
    audiences (``audience/``) as read by this one, 0 for nothing; what it reads gives way.
    """

    number = serializers.IntegerField(min_value=0, default=0)
    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")


class PreviewOfShareSerializer(serializers.Serializer[Any]):
    """What the audience would read."""

    sha256 = serializers.CharField()
    document = serializers.JSONField()


class AudienceForPrograms(SubmissionForPrograms):
    policy_action = SharingAction.SHARE

    @property
    def audience(self) -> SharingAudience:
        """Raises Http404 for what is none beyond the review."""
        if self.kwargs["audience"] not in BEYOND_THE_REVIEW:
            raise Http404
        return SharingAudience(self.kwargs["audience"])

    def chosen(self, given: Mapping[str, Any]) -> ShareAnswersForm:
        """By the form of the page. Raises ValidationError for what cannot be chosen."""
        data = QueryDict(mutable=True)
        for name in ("sections", "laws", "law_files"):
            data.setlist(name, given[name])
        data["sha256"], data["number"] = given.get("sha256", ""), str(given.get("number", 0))
        form = ShareAnswersForm(data, submission=self.submission)
        if not form.is_valid():
            raise ValidationError({name: [str(each) for each in errors] for name, errors in form.errors.items()})
        return form

    def read(self, serializer: type[StrictSerializer], request: Request) -> dict[str, Any]:
        given = serializer(data=request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class SharePreviewApiView(AudienceForPrograms):
    """What an audience would read by a choice; nothing is opened."""

    twin_of = ("questionnaires:answers-share",)

    @extend_schema(
        request=ChoiceOfAnswersSerializer,
        responses={status.HTTP_201_CREATED: PreviewOfShareSerializer},
        operation_id="answers_share_preview",
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        return answered_once(request, lambda: self._preview(request))

    def _preview(self, request: Request) -> Response:
        audience = self.audience
        choice = self.chosen(self.read(ChoiceOfAnswersSerializer, request)).choice
        document = shared_document(self.submission, choice)
        body = {"audience": audience, "sha256": document_hash(document), "document": document}
        return Response(PreviewOfShareSerializer(body).data, status.HTTP_201_CREATED)


class AnswersShareApiView(AudienceForPrograms):
    """Opens what was chosen to an audience, exactly as it was shown; it needs the scope ``bind``."""

    twin_of = ("questionnaires:answers-share",)
    rests = True

    @extend_schema(
        request=ShareInputSerializer,
        responses={status.HTTP_201_CREATED: ShareSerializer},
        operation_id="answers_share_create",
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        return answered_once(request, lambda: self._share(request))

    def _share(self, request: Request) -> Response:
        audience = self.audience
        form = self.chosen(self.read(ShareInputSerializer, request))
        share = share_answers(
            actor=self.user,
            review=self.submission.review,
            audience=audience,
            choice=form.choice,
            sha256=form.cleaned_data["sha256"],
            replaces=form.cleaned_data["number"],
        )
        return Response(ShareSerializer(share).data, status.HTTP_201_CREATED)


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
