from typing import Any

from django.core.exceptions import ValidationError as NoValueError
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

_NULL = "\x00"


class CursorPages(CursorPagination):
    """Pages that stay whole while rows come and go, in the order of the view's ``cursor_ordering`` (unique, fixed).

    A size that is no number is refused; the library would take its own instead, without a word.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    offset_cutoff = 1_000_000  # rows of one place in the order; the library's thousand leads in a circle among more

    def get_page_size(self, request: Request) -> int | None:
        for given in request.query_params.getlist(self.page_size_query_param):
            if not (given.isascii() and given.isdigit() and 0 < len(given) < 7 and int(given) > 0):
                raise ValidationError({self.page_size_query_param: [_("Give a whole number above zero.")]})
        size: int | None = super().get_page_size(request)
        return size

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        ordering: tuple[str, ...] = view.cursor_ordering
        return ordering

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """Raises NotFound for a cursor with what is no value of the column in whose order the pages are."""
        try:
            rows: list[Any] | None = super().paginate_queryset(queryset, request, view)
        except (NoValueError, ValueError, OverflowError) as error:
            if self.cursor_query_param not in request.query_params:
                raise
            raise NotFound(self.invalid_cursor_message) from error
        return rows

    def decode_cursor(self, request: Request) -> Any:
        """Raises NotFound for one that was not given by us, such as one with what no text of the database holds."""
        cursor = super().decode_cursor(request)
        if cursor is not None and _NULL in str(cursor.position or ""):
            raise NotFound(self.invalid_cursor_message)
        return cursor


class WholePages(BasePagination):
    """A list that comes whole, since the page shows it whole too; in the form of one that comes in pages."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        return list(queryset)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": None, "previous": None, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        nothing = {
            "type": "string",
            "nullable": True,
            "format": "uri",
            "description": "Always null: all rows are here.",
        }
        properties = {"next": nothing, "previous": nothing, "results": schema}
        return {"type": "object", "required": ["next", "previous", "results"], "properties": properties}


def parameters_of(paginator: Any) -> frozenset[str]:
    """The names in the query that a paginator reads."""
    if not isinstance(paginator, CursorPages):
        return frozenset()
    return frozenset({paginator.cursor_query_param, paginator.page_size_query_param})
