"""The legal library of a State for programs: the same as its pages, by the same service."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import answered_once
from core.api.serializers import StrictSerializer
from core.api.views import StrictView
from questionnaires.laws.enums import LawAction, LawKind, LawStatus
from questionnaires.laws.filters import LawFilterSet
from questionnaires.laws.models import Law
from questionnaires.laws.selectors import laws_of
from questionnaires.laws.services import KEPT, add_law
from questionnaires.laws.validators import LANGUAGES, LENGTHS, LawInput
from reviews.navigation import ReviewForPrograms


class LawSerializer(serializers.ModelSerializer[Law]):
    """``articles``: the code of an instrument, a space and a number, for each that the law implements."""

    class Meta:
        model = Law
        fields = ["id", *KEPT, "ended_at", "revision"]


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
    twin_of = ("questionnaires:law-list", "questionnaires:law-detail", "questionnaires:law-add")
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
