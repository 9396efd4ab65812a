from typing import Any, ClassVar

from django.utils.functional import Promise, cached_property
from django.views.generic import TemplateView

from core.web.pages import Page
from core.web.pagination import NumberedPaginator


class ListPage(Page, TemplateView):
    """A list in pages; what narrows it says its FilterSet (``core.web.filters``), how it looks a template that extends
    ``components/list_page.html``.

    Subclasses give the FilterSet in ``get_filter``, or the rows of a list that nothing narrows in ``get_rows``.
    """

    page_size = 50
    filter_label: ClassVar[str | Promise] = ""
    unmatched_title: ClassVar[str | Promise] = ""
    """For a list that is narrowed; without it the next two stand there as well."""
    empty_title: ClassVar[str | Promise] = ""
    empty_text: ClassVar[str | Promise] = ""

    def get_filter(self) -> Any:
        return None

    @cached_property
    def filter(self) -> Any:
        return self.get_filter()

    def get_sorting(self) -> tuple[str, bool] | None:
        """By what the list is ordered, and whether it runs down; None where nobody can say so."""
        return self.filter.sorting if self.filter and self.filter.sort_keys else None

    def get_rows(self) -> Any:
        return self.filter.qs

    @cached_property
    def page(self) -> Any:
        return NumberedPaginator(self.get_rows(), self.page_size).get_page(self.request.GET.get("page"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = {"page": self.page}
        if self.filter:
            context["form_filter"] = self.filter.form
        if sorted_by := self.get_sorting():
            context["sort"], context["is_descending"] = sorted_by
        return super().get_context_data(**context | kwargs)
