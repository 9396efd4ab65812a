from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class StandardPagination(PageNumberPagination):
    """A size that is no number is refused; the library would take its own instead, without a word."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int | None:
        for given in request.query_params.getlist(self.page_size_query_param):
            if not (given.isascii() and given.isdigit() and int(given) > 0):
                raise ValidationError({self.page_size_query_param: [_("Give a whole number above zero.")]})
        size: int | None = super().get_page_size(request)
        return size


def parameters_of(paginator: Any) -> frozenset[str]:
    """The names in the query that a paginator reads."""
    return frozenset({paginator.page_query_param, paginator.page_size_query_param})
