"""The pages of one review, in the order of its journey: features declare them, every page of a review shows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.policy import can
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.visibility import has_begun

Address = Callable[[Any, Review], str | None]


class ReviewPart(TextChoices):
    """In their order. The value is a symbol of ``static/img/icons.svg`` as well."""

    OVERVIEW = "overview", _("Overview")
    PEOPLE = "people", pgettext_lazy("part of a review", "People")
    DATES = "dates", _("Dates")
    ANSWERS = "answers", _("Answers")
    DESK = "desk", _("Desk")
    DIALOGUE = "dialogue", _("Dialogue")
    TEXTS = "texts", pgettext_lazy("part of a review", "Texts")
    RECORD = "record", _("Record")


def _nothing(user: Any, review: Review) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class ReviewTab:
    """A page of a review. ``order``: within its part.

    ``address`` is asked with the reader and the review: None where the page is not open to that reader. ``waiting``
    counts what waits for the reader there, in at most two queries.
    """

    part: ReviewPart
    order: int
    label: str | Promise
    address: Address
    waiting: Callable[[Any, Review], int] = _nothing


@dataclass(frozen=True, slots=True)
class PlaceOfReview:
    """A page or an act of a review beside its tabs, which the reader may open.

    ``kind``: under which heading it is listed where it was found by the words that were asked for; empty where it is
    there whatever they are. ``note``: what stands around these words there.
    """

    label: str | Promise
    url: str
    kind: str | Promise = ""
    note: str = ""


PlacesOf = Callable[[Any, Review, str], Iterable[PlaceOfReview]]
_places: list[PlacesOf] = []
_tabs: dict[tuple[ReviewPart, int], ReviewTab] = {}


def register_tab(tab: ReviewTab) -> None:
    _tabs[tab.part, tab.order] = tab


def register_places(places_of: PlacesOf) -> None:
    """``places_of`` gives what is open to a reader of a review, and what words find there, such as a question."""
    _places.append(places_of)


def places_in(user: Any, review: Review, text: str = "") -> list[PlaceOfReview]:
    """What is open to the reader beside the tabs; the caller looks for the text in those that have no kind."""
    return [place for places_of in _places for place in places_of(user, review, text)]


def tabs_for(user: Any, review: Review) -> dict[ReviewPart, list[tuple[ReviewTab, str]]]:
    """By part, the pages that are open to the reader, each with its address; no part without any."""
    parts = {
        part: [
            (tab, url)
            for (of, _order), tab in sorted(_tabs.items(), key=lambda entry: entry[1].order)
            if of == part and (url := tab.address(user, review))
        ]
        for part in ReviewPart
    }
    return {part: tabs for part, tabs in parts.items() if tabs}


def open_to_all(name: str) -> Address:
    """The page of that name is open to whoever sees the review."""
    return lambda user, review: reverse(name, args=[review.mechanism.slug, review.code])


def open_to_readers(name: str) -> Address:
    """What the States exchange is there once the review has begun, for those who read the shared table."""

    def address(user: Any, review: Review) -> str | None:
        may_read = has_begun(review) and can(user, ReviewAction.READ_TABLE, review)
        return reverse(name, args=[review.mechanism.slug, review.code]) if may_read else None

    return address


def open_with(action: ReviewAction, name: str) -> Address:
    """The page of that name is open to whoever may do ``action`` with the review."""

    def address(user: Any, review: Review) -> str | None:
        return reverse(name, args=[review.mechanism.slug, review.code]) if can(user, action, review) else None

    return address
