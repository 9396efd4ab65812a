"""The search for programs: what the caller may find, by kind."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.reads import WholeListTwin
from portal.search.selectors import SHORTEST, HitsOfKind, found_for
from portal.search.views import LONGEST, SearchView


class HitSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(source="label")
    url = serializers.CharField(help_text="Of the page.")
    note = serializers.CharField(allow_blank=True)


class HitsSerializer(serializers.Serializer[HitsOfKind]):
    """``has_more``: whoever looks for more narrows the words."""

    kind = serializers.CharField()
    hits = HitSerializer(many=True)
    has_more = serializers.BooleanField()


class SearchApiView(WholeListTwin):
    """What the caller may find, by kind: no kind without a hit. What was looked for is kept nowhere."""

    shows = SearchView
    scope_group = "reviews"
    twin_of = ("portal:search",)
    serializer_class = HitsSerializer

    def parameters(self) -> Iterable[str]:
        yield from super().parameters()
        yield "q"

    @extend_schema(parameters=[OpenApiParameter("q", str, description=f"At least {SHORTEST} letters.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_rows(self) -> Iterable[Any]:
        text = " ".join(self.request.query_params.get("q", "").split())[:LONGEST]
        return found_for(self.shown.user, text) if len(text) >= SHORTEST else []
