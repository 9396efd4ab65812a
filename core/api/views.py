"""What every view of the API shares, and the answer of an address that is none."""

from typing import Any

from django.http import Http404
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

from core.api.pagination import parameters_of


class StrictView(APIView):
    """Refuses what it would not read (400): a typing error in a parameter must not look like an answer to it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = parameters_of(self.paginator) if isinstance(self, ListAPIView) else frozenset()
        if unknown := set(request.query_params) - known:
            raise ValidationError({name: [_("There is no such parameter.")] for name in sorted(unknown)})


class DocumentView(StrictView, SpectacularAPIView):
    """The document of the API, as YAML or JSON, which says of itself that it is there."""

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
