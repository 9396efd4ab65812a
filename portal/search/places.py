"""Where somebody may go: each place by the selector or the policy that its own page asks."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.language.i18n import isolated
from portal.search.selectors import (
    SHORTEST,
    Hit,
    HitsOfKind,
    first_of,
    pages_named,
    reviews_named,
    states_found,
)
from reviews.cases.models import Review
from reviews.navigation import places_in, tabs_for
from reviews.visibility import reviews_visible_to

MOST_RECENT = 5
_REVIEWS_OF_RECENT = 3  # of which the pages are asked for, beside the review from which somebody asks


def places_for(user: User, here: str, text: str, recent: Sequence[str] = ()) -> list[HitsOfKind]:
    """By kind; ``here`` and ``recent`` are addresses of pages, and name nothing that is not open to the user."""
    recent = [] if text else list(dict.fromkeys(each for each in recent if each != here))[:MOST_RECENT]
    reviews = _reviews_at(user, [here, *recent])
    of_review = functools.cache(lambda review: _of_review(user, review, text))
    pages = list(pages_named(user, text))
    found: list[HitsOfKind] = []
    if present := reviews.get(_review_in(here)):
        found += _within(present, of_review(present), here, text)
    if recent:  # without a text, so that these are all pages
        known = {hit.url: hit for hit in pages}
        others = [review for review in reviews.values() if review != present]
        for review in [*filter(None, [present]), *others[:_REVIEWS_OF_RECENT]]:
            known |= {hit.url: replace(hit, note=str(review)) for hit in of_review(review).own}
        # Of the pages of before those that are open to the user now.
        open_still = [known[each] for each in recent if each in known]
        found.append(HitsOfKind(_("Where you were"), open_still, has_more=False))
    if len(text) >= SHORTEST:
        found.append(first_of(_("Reviews"), reviews_named(user, text)))
        found.append(first_of(_("States"), states_found(text)))
    found.append(first_of(_("Pages"), pages))
    return [each for each in found if each.hits]


@dataclass(frozen=True, slots=True)
class _HitsOfReview:
    """``found``: by kind, what the words find; ``own``: tabs and other places, whatever the words are."""

    found: dict[str, list[Hit]]
    own: list[Hit]


def _of_review(user: User, review: Review, text: str) -> _HitsOfReview:
    tabs = [Hit(tab.label, url) for tabs in tabs_for(user, review).values() for tab, url in tabs]
    places = places_in(user, review, text)
    found: dict[str, list[Hit]] = {}
    for place in places:
        found.setdefault(str(place.kind), []).append(Hit(place.label, place.url, place.note))
    return _HitsOfReview(found, [*tabs, *found.pop("", [])])


def _within(review: Review, of_review: _HitsOfReview, here: str, text: str) -> Iterator[HitsOfKind]:
    """What the text finds in the review from which somebody asks, and its pages and acts."""
    for kind, found in of_review.found.items():
        yield first_of(kind, found)
    wanted = text.casefold()
    hits = [hit for hit in of_review.own if wanted in str(hit.label).casefold() and hit.url != here]
    yield HitsOfKind(_("In %(review)s") % {"review": isolated(str(review))}, hits, has_more=False)


def _review_in(address: str) -> tuple[str, str]:
    """The mechanism and the code that stand in an address; empty where it is that of no page of a review."""
    try:
        kwargs = resolve(address).kwargs
    except Resolver404:
        return "", ""
    return str(kwargs.get("mechanism", "")), str(kwargs.get("code", ""))


def _reviews_at(user: User, addresses: Iterable[str]) -> dict[tuple[str, str], Review]:
    """Those that the user sees, by mechanism and code; one query, none where no address is of a review."""
    asked = list(dict.fromkeys(key for each in addresses if all(key := _review_in(each))))
    if not asked or settings.PRACTICE:
        return {}
    wanted = Q()
    for mechanism, code in asked:
        wanted |= Q(mechanism__slug=mechanism, code=code)
    rows = reviews_visible_to(user).filter(wanted).select_related("mechanism", "step", "state_under_review")
    by_key = {(review.mechanism.slug, review.code): review for review in rows}
    return {key: by_key[key] for key in asked if key in by_key}
