"""Views and acts of the cockpit for the table of addresses; both are the officer's."""

from reviews.enums import BulkKind
from reviews.models import BulkAct, Review, SavedView
from reviews.services.bulk import prepare_bulk_act
from reviews.services.views import save_view
from tests.utils import Cast


class Cockpit:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    private: SavedView
    shared: SavedView
    act: BulkAct

    def make_all(self) -> None:
        officer, mechanism = self.cast.officer, self.cast.review.mechanism
        self.private = save_view(actor=officer, mechanism=mechanism, name="Mine", query="officer=me")
        self.shared = save_view(actor=officer, mechanism=mechanism, name="Late", query="overdue=on", is_shared=True)
        self.act = prepare_bulk_act(
            actor=officer,
            mechanism=mechanism,
            kind=BulkKind.REMIND,
            reviews=Review.objects.filter(pk=self.cast.review.pk),
        )
