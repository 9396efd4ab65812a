"""Twins of the pages that one reads: the page's own view says who may read, of what, and how it is narrowed."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.generics import ListAPIView, RetrieveAPIView

from core.api.permissions import PolicyPermission
from core.api.views import StrictView, WholeListView


class CodeField(serializers.CharField):
    """One of a model's choices, as its code; the document names them all."""

    def __init__(self, *, choices: Any = (), **kwargs: Any) -> None:
        codes = ", ".join(f"`{code}`" for code, _label in choices if code)
        super().__init__(**{"help_text": f"One of {codes}." if codes else None, **kwargs})


class RowSerializer(serializers.ModelSerializer[Any]):
    """A row as a page shows it: nothing is written through it, and codes are plain words."""

    serializer_choice_field = CodeField


def name_of(source: str) -> serializers.CharField:
    """The name of a person; null where there is none."""
    return serializers.CharField(source=f"{source}.full_name", allow_null=True, default=None)


class PageTwin(StrictView):
    """What a page shows, for programs.

    ``shows`` is the class of the page's view: its ``policy_action`` is asked, about its ``get_policy_target``, and
    ``shown`` is such a view as it would answer this request, so that rows and filters are the page's. No rule of a page
    is written a second time.
    """

    permission_classes = (PolicyPermission,)
    shows: ClassVar[Any]
    page_facts: ClassVar[Mapping[str, Any]] = {}  # with which its address was made
    shown: Any

    @property
    def policy_action(self) -> Any:
        """As the page's view has it once it knows its target: that of a job names what the job makes."""
        return self.shown.policy_action

    def get_policy_target(self) -> Any:
        self.shown = self.shows(**self.page_facts)
        self.shown.setup(self.request._request, *self.args, **self.kwargs)
        self.shown.policy_target = self.shown.get_policy_target()
        return self.shown.policy_target


class WholeListTwin(PageTwin, WholeListView):
    """A list that comes whole, since its page shows it whole (``get_rows``)."""


class PagedListTwin(PageTwin, ListAPIView[Any]):
    """A list in pages: the rows of the page, narrowed by its FilterSet where it has one (``filterset_class``)."""

    cursor_ordering: ClassVar[tuple[str, ...]]

    def get_queryset(self) -> Any:
        return self.narrowed(self.shown.get_filter()) if self.filterset_class else self.shown.get_rows()


class ObjectTwin(PageTwin, RetrieveAPIView[Any]):
    """One thing, which the page is about (``get_object``)."""

    @abstractmethod
    def get_object(self) -> Any:
        """What the serializer is to tell of."""
