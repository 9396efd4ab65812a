"""Pages of a list, with a short row of page numbers."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page, Paginator


class NumberedPage(Page):
    @property
    def elided_range(self) -> Iterator[Any]:
        """The numbers around this page and at both ends, with an ellipsis for what is left out."""
        return iter(self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1))


class NumberedPaginator(Paginator):
    """An address that names no page or one beyond the end shows the first or the last (``get_page``)."""

    def _get_page(self, *args: Any, **kwargs: Any) -> NumberedPage:
        return NumberedPage(*args, **kwargs)
