"""Views and acts of the cockpit for the table of addresses; both are the officer's."""

from functools import cached_property

from reviews.enums import BulkKind
from reviews.models import BulkAct, Review, SavedView
from reviews.services.bulk import prepare_bulk_act
from reviews.services.views import save_view
from tests.utils import Cast


class Cockpit:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    @cached_property
    def private(self) -> SavedView:
        return self._view("Mine", "officer=me", is_shared=False)

    @cached_property
    def shared(self) -> SavedView:
        return self._view("Late", "overdue=on", is_shared=True)

    @cached_property
    def act(self) -> BulkAct:
        return prepare_bulk_act(
            actor=self.cast.officer,
            mechanism=self.cast.review.mechanism,
            kind=BulkKind.REMIND,
            reviews=Review.objects.filter(pk=self.cast.review.pk),
        )

    def make_all(self) -> None:
        """Here and now, as whoever owns the tables; the pages are asked for as others."""
        assert self.private and self.shared and self.act

    def _view(self, name: str, query: str, *, is_shared: bool) -> SavedView:
        mechanism = self.cast.review.mechanism
        return save_view(actor=self.cast.officer, mechanism=mechanism, name=name, query=query, is_shared=is_shared)
