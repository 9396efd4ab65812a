"""The first page of the cockpit: what needs an officer today, each need with how many reviews and the first of them."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone

from accounts.people.models import User
from portal.cockpit.enums import NeedKind
from portal.cockpit.selectors import cockpit, needs
from portal.cockpit.selectors.rows import RowFacts, facts_of
from reviews.cases.models import Review, ReviewMilestone
from reviews.due import next_act, overdue, today_where_owed
from reviews.lists import OfficerFilter, reviews_of_mechanism, under_way
from reviews.programme.models import Mechanism

SHOWN = 5
_MINE = {"officer": OfficerFilter.ME}
# What the address of the list says that holds the same reviews.
_QUERIES: Mapping[NeedKind, Mapping[str, str]] = {
    NeedKind.LATE: {"running": "on", "overdue": "on"},
    NeedKind.SILENT: {"silent": "on"},
    NeedKind.BLOCKED: {"blocked": "on"},
    NeedKind.NOBODY: {"officer": OfficerFilter.NOBODY, "running": "on"},
    NeedKind.UNNAMED: {"unnamed": "on"},
    NeedKind.BOUNCED: {"bounced": "on"},
}


@dataclass(frozen=True, slots=True)
class NeedRow:
    """``today``: the day where the next act is owed, to count from."""

    review: Review
    milestone: ReviewMilestone | None
    today: dt.date
    facts: RowFacts


@dataclass(frozen=True, slots=True)
class Need:
    """``query``: what follows the question mark of the cockpit's address for all ``count`` reviews."""

    kind: NeedKind
    query: str
    count: int
    rows: list[NeedRow]


def has_reviews(user: User, mechanism: Mechanism, today: dt.date) -> bool:
    """Whether reviews under way are in this person's charge."""
    return under_way(reviews_of_mechanism(user, mechanism), today).filter(officer=user.pk).exists()


def needs_of(user: User, mechanism: Mechanism, now: dt.datetime, *, is_mine: bool) -> list[Need]:
    """The needs that there are, of the reviews in the user's charge or of all; in a constant number of queries.

    What is in nobody's charge is in nobody's own list, and so told in both.
    """
    everything = reviews_of_mechanism(user, mechanism)
    own = everything.filter(officer=user.pk) if is_mine else everything
    keys = {
        kind: list(_narrowed(kind, everything if kind == NeedKind.NOBODY else own, mechanism, now)) for kind in NeedKind
    }
    first = {key for found in keys.values() for key in found[:SHOWN]}
    rows = _rows(everything.filter(pk__in=first), now)
    return [
        Need(kind, _query(kind, is_mine=is_mine), len(found), [rows[key] for key in found[:SHOWN] if key in rows])
        for kind, found in keys.items()
        if found
    ]


def _narrowed(kind: NeedKind, reviews: QuerySet[Review], mechanism: Mechanism, now: dt.datetime) -> QuerySet[Any]:
    """The keys of the reviews with a need, those that have waited longest first."""
    today = timezone.localdate(now)
    reviews = cockpit.with_due_date(reviews)
    narrow: Mapping[NeedKind, Callable[[], QuerySet[Review]]] = {
        NeedKind.LATE: lambda: overdue(under_way(reviews, today), now),
        NeedKind.SILENT: lambda: needs.silent_in(reviews, mechanism, today),
        NeedKind.BLOCKED: lambda: needs.blocked(reviews, today),
        NeedKind.NOBODY: lambda: needs.in_nobodys_charge(reviews, today),
        NeedKind.UNNAMED: lambda: needs.unnamed(reviews, today),
        NeedKind.BOUNCED: lambda: needs.bounced(reviews, today),
    }
    order = "silent_since" if kind == NeedKind.SILENT else "next_due_on"
    return narrow[kind]().order_by(order, "code").values_list("pk", flat=True)


def _rows(reviews: QuerySet[Review], now: dt.datetime) -> Mapping[Any, NeedRow]:
    shown = list(needs.with_note(cockpit.for_table(reviews)))
    facts = facts_of(shown)
    rows = {}
    for review in shown:
        milestone = next_act(review)
        owner = milestone.plan.owed_by if milestone else ""
        today = today_where_owed(review, owner, now) if owner else timezone.localdate(now)
        rows[review.pk] = NeedRow(review, milestone, today, facts[review.pk])
    return rows


def _query(kind: NeedKind, *, is_mine: bool) -> str:
    mine = _MINE if is_mine and kind != NeedKind.NOBODY else {}
    return urlencode({**mine, **_QUERIES[kind]})
