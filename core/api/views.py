"""What every view of the API shares, and the answer of an address that is none."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.pagination import parameters_of


class StrictView(APIView):
    """Refuses what it would not read (400): a typing error in a parameter must not look like an answer to it."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = parameters_of(self.paginator) if isinstance(self, ListAPIView) else frozenset()
        if unknown := set(request.query_params) - known:
            raise ValidationError({name: [_("There is no such parameter.")] for name in sorted(unknown)})


class NothingView(APIView):
    """404 as problem details, for whatever method and whoever asks."""

    permission_classes = (AllowAny,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
