"""The legal library of a State for programs: the same as its pages, by the same service."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import answered_once
from core.api.serializers import StrictSerializer
from core.api.views import StrictView, WholeListView
from questionnaires.laws.enums import LawAction, LawKind, LawStatus
from questionnaires.laws.filters import LawFilterSet
from questionnaires.laws.models import Law, LawFile, LawVersion
from questionnaires.laws.references import Reference, fingerprint_of, references_in
from questionnaires.laws.selectors import (
    CitingAnswer,
    citing,
    citing_answers,
    files_of,
    get_law,
    laws_of,
    library_of,
    versions_of,
)
from questionnaires.laws.services import KEPT, Brought, add_law, take_over_references
from questionnaires.laws.validators import LANGUAGES, LENGTHS, LawInput
from questionnaires.submissions import CitedLaw, SubmissionForPrograms, laws_sent
from reviews.navigation import ReviewForPrograms


class LawSerializer(serializers.ModelSerializer[Law]):
    """``articles``: the code of an instrument, a space and a number, for each that the law implements."""

    class Meta:
        model = Law
        fields = ["id", *KEPT, "ended_at", "revision"]


class LawFileSerializer(serializers.ModelSerializer[LawFile]):
    """``ended_at``: since when it is not with the entry any more."""

    language = serializers.CharField(allow_blank=True)

    class Meta:
        model = LawFile
        fields = ["id", "title", "language", "file_name", "sha256", "ended_at"]


class LawVersionSerializer(serializers.ModelSerializer[LawVersion]):
    """What the entry was at one save."""

    content = serializers.JSONField()
    saved_by = serializers.CharField(source="saved_by.full_name")
    saved_at = serializers.DateTimeField(source="created_at")

    class Meta:
        model = LawVersion
        fields = ["number", "content", "saved_by", "saved_at"]


class CitingSerializer(serializers.Serializer[Any]):
    """An official answer that cites a law, with the ``provisions`` that it names."""

    review = serializers.CharField(source="answer.review.code")
    code = serializers.CharField(source="answer.item.code")
    is_sent = serializers.BooleanField(source="answer.is_sent")
    provisions = serializers.ListField(child=serializers.CharField())


def _citing(answers: Iterable[tuple[CitingAnswer, Iterable[str]]]) -> list[dict[str, Any]]:
    return [{"answer": answer, "provisions": list(provisions)} for answer, provisions in answers]


class LawDetailSerializer(LawSerializer):
    """``versions``: every wording that the entry had, the last first. ``cited_by``: as far as the caller sees them."""

    files = LawFileSerializer(many=True, source="its_files")
    versions = LawVersionSerializer(many=True, source="its_versions")
    cited_by = CitingSerializer(many=True)

    class Meta(LawSerializer.Meta):
        fields = [*LawSerializer.Meta.fields, "files", "versions", "cited_by"]


def _line(name: str) -> serializers.CharField:
    return serializers.CharField(allow_blank=True, default="", max_length=LENGTHS[name])


class LawInputSerializer(StrictSerializer):
    """``articles`` as words, as on the page: “TIP 5, 6; SOM 6”."""

    title = serializers.CharField(max_length=LENGTHS["title"])
    translation = _line("translation")
    number = _line("number")
    dated = serializers.DateField(allow_null=True, default=None)
    kind = serializers.ChoiceField(LawKind.choices, default=LawKind.LAW)
    language = serializers.ChoiceField(sorted(LANGUAGES), default="", allow_blank=True)
    status = serializers.ChoiceField(LawStatus.choices, default=LawStatus.IN_FORCE)
    since = serializers.DateField(allow_null=True, default=None)
    link = _line("link")
    text = serializers.CharField(allow_blank=True, default="", trim_whitespace=False)
    also_cited_as = serializers.CharField(allow_blank=True, default="")
    articles = serializers.CharField(allow_blank=True, default="")


class LawListApiView(ReviewForPrograms, StrictView, generics.ListAPIView[Law]):
    """The laws of the State under review; those out of use where somebody asks for them (``ended``)."""

    serializer_class = LawSerializer
    scope_group = "answers"
    twin_of = ("questionnaires:law-list", "questionnaires:law-export", "questionnaires:law-add")
    filterset_class = LawFilterSet
    cursor_ordering = ("created_at", "pk")

    @property
    def policy_action(self) -> LawAction:
        return LawAction.WRITE if self.request.method == "POST" else LawAction.VIEW

    def get_queryset(self) -> QuerySet[Law]:
        rows: QuerySet[Law] = self.narrowed(LawFilterSet(self.given_filters(), laws_of(self.review)))
        return rows

    @extend_schema(
        request=LawInputSerializer, responses={status.HTTP_201_CREATED: LawSerializer}, operation_id="laws_create"
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        """Enter a law; answers that name it cite it from now on."""
        return answered_once(request, lambda: self._add(request))

    def _add(self, request: Request) -> Response:
        given = LawInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        law = add_law(actor=self.user, review=self.review, given=LawInput(**given.validated_data))
        return Response(LawSerializer(law).data, status.HTTP_201_CREATED)


class LawDetailApiView(ReviewForPrograms):
    """One law, with its files, every wording that it had, and the answers that cite it."""

    policy_action = LawAction.VIEW
    serializer_class = LawDetailSerializer
    scope_group = "answers"
    twin_of = ("questionnaires:law-detail",)

    @extend_schema(responses=LawDetailSerializer, operation_id="law_retrieve")
    def get(self, request: Request, law: UUID, **kwargs: Any) -> Response:
        row: Any = get_law(self.review, law)
        row.its_files, row.its_versions = files_of(row), versions_of(row)
        answers = citing_answers(self.user, self.review)
        row.cited_by = _citing(citing(row, answers, library_of(self.review)))
        return Response(LawDetailSerializer(row).data)


class ReferenceSerializer(serializers.Serializer[Reference]):
    """What answers name in the same words, and the library does not hold."""

    key = serializers.CharField()
    title = serializers.CharField()
    spellings = serializers.ListField(child=serializers.CharField())
    link = serializers.CharField(allow_blank=True)
    cited_by = serializers.SerializerMethodField()

    @extend_schema_field(CitingSerializer(many=True))
    def get_cited_by(self, reference: Reference) -> Any:
        return CitingSerializer(_citing(reference.answers), many=True).data


class ReferencesSerializer(serializers.Serializer[Any]):
    """``seen`` is said again by who takes them over."""

    seen = serializers.CharField()
    references = ReferenceSerializer(many=True)


class ReferencesInputSerializer(StrictSerializer):
    """``choices``: by key of a reference, ``new``, or the ``id`` of the law of which it is a name."""

    seen = serializers.CharField()
    choices = serializers.DictField(child=serializers.CharField())


class TakenOverSerializer(serializers.Serializer[Brought]):
    """How many laws were entered, and how many references are names of one now."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()


class ReferencesApiView(ReviewForPrograms):
    """What answers cite and the library does not hold: each becomes an entry, is another name of one, or stays."""

    policy_action = LawAction.TAKE_OVER
    serializer_class = ReferencesSerializer
    scope_group = "answers"
    twin_of = ("questionnaires:law-references",)
    rests = True

    @extend_schema(responses=ReferencesSerializer, operation_id="law_references_retrieve")
    def get(self, request: Request, **kwargs: Any) -> Response:
        library = library_of(self.review)
        references = references_in(citing_answers(self.user, self.review), library)
        body = {"seen": fingerprint_of(references, library), "references": references}
        return Response(ReferencesSerializer(body).data)

    @extend_schema(
        request=ReferencesInputSerializer,
        responses={status.HTTP_201_CREATED: TakenOverSerializer},
        operation_id="law_references_take_over",
    )
    def post(self, request: Request, **kwargs: Any) -> Response:
        return answered_once(request, lambda: self._take_over(request))

    def _take_over(self, request: Request) -> Response:
        given = ReferencesInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        done = take_over_references(actor=self.user, review=self.review, **given.validated_data)
        return Response(TakenOverSerializer(done).data, status.HTTP_201_CREATED)


class SentLawSerializer(serializers.Serializer[CitedLaw]):
    """A law that the answers name. ``said``: what the library said of it when they were sent; null where it is in none.

    ``provisions``: each with the address where it is read.
    """

    law = serializers.CharField()
    link = serializers.CharField(allow_blank=True)
    provisions = serializers.ListField(child=serializers.ListField(child=serializers.CharField(allow_blank=True)))
    said = serializers.JSONField(allow_null=True)
    cited_by = serializers.SerializerMethodField()

    def get_cited_by(self, cited: CitedLaw) -> list[str]:
        return [item.code for item in cited.items]


class CitedLawsApiView(SubmissionForPrograms, WholeListView):
    """What the answers that were sent cite, as the library of the State had it then. Reading it opens them."""

    serializer_class = SentLawSerializer
    twin_of = ("questionnaires:submission-laws",)

    def get_rows(self) -> Iterable[CitedLaw]:
        return laws_sent(self.submission)
