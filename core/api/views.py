"""What every view of the API shares, its list of addresses, and the answer of an address that is none."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import Http404, QueryDict
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import WholePages, parameters_of
from core.api.permissions import require_scope

FIELDS = "fields"


class StrictView(APIView):
    """Refuses what it would not read (400): a typing error in a parameter must not look like an answer to it.

    ``scope_group``: what it belongs to among the scopes of access tokens, empty where each token opens it, None where
    none does; ``heeds_state``: whether a token for one State is confined to it here. ``twin_of``: the names of the
    pages that show or do the same (``tools/api_twins.py``). ``filterset_class``: that of the page. ``rests``: whether a
    POST says again what was read, and is refused where that has moved (412).
    """

    scope_group: ClassVar[str | None] = None
    heeds_state: ClassVar[bool] = False
    twin_of: ClassVar[tuple[str, ...]] = ()
    filterset_class: ClassVar[Any] = None
    rests: ClassVar[bool] = False

    @property
    def reads(self) -> bool:
        """Whether somebody reads the answer. HEAD is answered by ``get`` too, and by it nothing is opened or seen."""
        return self.request.method == "GET"

    def check_permissions(self, request: Request) -> None:
        require_scope(request, self)
        super().check_permissions(request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = frozenset(self.parameters())
        if unknown := set(request.query_params) - known:
            raise ValidationError({name: [_("There is no such parameter.")] for name in sorted(unknown)})
        if unknown := set(self.wanted_fields(request)) - set(self.field_names()):
            raise ValidationError({FIELDS: [_("There is no such field: %(name)s") % {"name": sorted(unknown)[0]}]})

    def parameters(self) -> Iterable[str]:
        """The names in the query that this address reads."""
        if isinstance(self, ListAPIView):
            yield from parameters_of(self.paginator)
        if self.filterset_class is not None:
            yield from self.filterset_class.base_filters
        if self.field_names():
            yield FIELDS

    def field_names(self) -> tuple[str, ...]:
        """What each object here has, of which a caller may choose some."""
        serializer: Any = getattr(self, "serializer_class", None)
        return tuple(serializer().fields) if serializer and self.request.method == "GET" else ()

    def wanted_fields(self, request: Request) -> list[str]:
        return [name.strip() for name in request.query_params.get(FIELDS, "").split(",") if name.strip()]

    def given_filters(self) -> QueryDict:
        """What of the address is for the FilterSet."""
        given = QueryDict(mutable=True)
        for name in self.filterset_class.base_filters:
            if name in self.request.GET:
                given[name] = self.request.GET[name]
        return given

    def narrowed(self, filterset: Any) -> Any:
        """The rows that a FilterSet of a page leaves. Raises ValidationError where the page would leave a value out."""
        if not filterset.form.is_valid():
            raise ValidationError(filterset.form.errors)
        return filterset.qs

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """No cache keeps an answer, and each has what was chosen of it."""
        if isinstance(response, Response) and response.status_code == 200 and hasattr(self, "request"):
            wanted = self.wanted_fields(self.request) if self.request.method == "GET" else []
            response.data = _chosen(response.data, wanted) if wanted else response.data
        answer = super().finalize_response(request, response, *args, **kwargs)
        if not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_store=True)
        patch_vary_headers(answer, ["Authorization", "Cookie", "Accept-Language"])
        return answer


def _chosen(data: Any, wanted: list[str]) -> Any:
    """``data`` with these fields alone; of a list each of its ``results``."""
    if isinstance(data, dict) and isinstance(data.get("results"), list):
        return {**data, "results": [_chosen(row, wanted) for row in data["results"]]}
    return {name: value for name, value in data.items() if name in wanted}


class WholeListView(ABC, StrictView, ListAPIView[Any]):
    """A list that comes whole (``WholePages``), of what ``get_rows`` gives."""

    pagination_class = WholePages

    @abstractmethod
    def get_rows(self) -> Iterable[Any]:
        """Those that the caller may read, in the order of the page."""

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.paginate_queryset(list(self.get_rows()))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


class DocumentView(StrictView, SpectacularAPIView):
    """The document of the API, as YAML or JSON, which says of itself that it is there."""

    scope_group = ""
    heeds_state = True

    def field_names(self) -> tuple[str, ...]:
        return ()

    @extend_schema(
        operation_id="schema_retrieve",
        responses={(200, renderer.media_type): OpenApiTypes.OBJECT for renderer in SpectacularAPIView.renderer_classes},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The document of this API: YAML or JSON, as is asked for."""
        return super().get(request, *args, **kwargs)


class NothingView(APIView):
    """404 as problem details, for whatever method and whoever asks."""

    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
