"""The items of a review for the people of its State, and what others read of them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Prefetch, QuerySet

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.language.rendering import written_in
from observations.follow_up.enums import OPEN_STATUSES, FollowUpStatus
from observations.follow_up.models import FollowUp, FollowUpEntry, FollowUpShare
from observations.texts import ON_AGREED_LIST, placed_by_hand
from observations.texts.models import AgreedText, Observation, ObservationHeading
from reviews.audiences import open_beyond
from reviews.cases.models import Review
from reviews.drafts import get_piece
from reviews.programme.models import Article, Instrument

NOTHING = "none"  # as a status: nothing is recorded yet


def _articles() -> Any:
    return Prefetch("articles", Article.objects.select_related("instrument").order_by("number"))


def agreed_observations(review: Review) -> QuerySet[Observation]:
    """The items of a review: all observations of its agreed lists, with what is recorded where the reader sees that."""
    return (
        Observation.objects.filter(ON_AGREED_LIST, review=review)
        .select_related("heading", "agreed_text__instrument", "follow_up__saved_by")
        .prefetch_related(_articles(), "needs__type")
        .order_by("agreed_text__instrument__order", "heading__order", placed_by_hand(), "created_at")
    )


def get_agreed_for(user: User, review: Review, pk: UUID) -> Observation:
    """One item; the caller asks the policy. Raises Http404 where it is on no agreed list."""
    rows = Observation.objects.filter(ON_AGREED_LIST).select_related(
        "heading",
        "agreed_text__instrument",
        "review__mechanism",
        "review__step",
        "review__state_under_review",
        "review__phase__cluster",
    )
    found = get_piece(
        rows.prefetch_related(_articles(), "needs__type"),
        user,
        review,
        pk=pk,
    )
    found.agreed_text.review = found.review
    return found


def follow_up_of(observation: Observation) -> FollowUp | None:
    return FollowUp.objects.filter(observation=observation).select_related("saved_by").first()


def history_of(observation: Observation) -> QuerySet[FollowUpEntry]:
    """The newest first."""
    return FollowUpEntry.objects.filter(follow_up__observation=observation).select_related("saved_by")


def shares_of(observation: Observation) -> list[FollowUpShare]:
    """All that was ever shared of an item, the newest first; at most the first one stands."""
    rows = FollowUpShare.objects.filter(follow_up__observation=observation).select_related("shared_by")
    return list(rows.order_by("-shared_at"))


def standing_shares(review: Review) -> QuerySet[FollowUpShare]:
    """What others read of a review's items."""
    return FollowUpShare.objects.filter(review=review, ended_at=None).order_by("shared_at")


def audiences_in(review: Review) -> Mapping[UUID, str]:
    """For the State's own people: with whom each of its observations is shared; one query."""
    rows = standing_shares(review).order_by().values_list("follow_up__observation", "audience")
    return dict(rows)


def shared_counts(review: Review) -> list[tuple[str, int]]:
    """How many shared items stand where; for officers, who read none of what is shared with States alone."""
    with looking_past_rooms():
        statuses = list(standing_shares(review).values_list("document__status", flat=True))
    counted = Counter(statuses)
    return [(str(status.label), counted[status]) for status in FollowUpStatus if counted[status]]


def is_shared_of(text: AgreedText) -> bool:
    """Whether an item of a list is shared with anybody; whoever brings in another list learns that and no more."""
    with looking_past_rooms():
        return FollowUpShare.objects.filter(follow_up__observation__agreed_text=text, ended_at=None).exists()


def shared_with(user: User | AnonymousUser) -> QuerySet[FollowUpShare]:
    """What is shared with everybody, and for people of a State party with all of these, newest first."""
    rows = FollowUpShare.objects.filter(open_beyond(user, review="review"), ended_at=None)
    return rows.select_related("room").order_by("room__name", "-shared_at")


@dataclass(frozen=True, slots=True)
class SharedItem:
    """What others read of an item, in the reader's words."""

    share: FollowUpShare
    heading: str
    instrument: str
    status: str
    text: str
    action: str
    due_on: dt.date | None

    @property
    def document(self) -> dict[str, Any]:
        given: dict[str, Any] = self.share.document
        return given


def with_words(shares: Iterable[FollowUpShare]) -> list[SharedItem]:
    """Two queries, whatever the number; none where there is none."""
    rows = list(shares)
    if not rows:
        return []
    slugs = {row.document["mechanism"] for row in rows}
    named = ObservationHeading.objects.filter(mechanism__slug__in=slugs).select_related("mechanism")
    headings = {(heading.mechanism.slug, heading.kind): heading.name for heading in named}
    instruments = dict(Instrument.objects.values_list("slug", "short_name"))
    statuses = {value: str(label) for value, label in FollowUpStatus.choices}
    return [
        SharedItem(
            row,
            headings.get((row.document["mechanism"], row.document["heading"]), ""),
            instruments.get(row.document["instrument"], row.document["instrument"]),
            statuses[row.document["status"]],
            written_in(row.document["observation"]["text"], row.rendered),
            written_in(row.document["action"]["text"], row.rendered),
            dt.date.fromisoformat(row.document["due_on"]) if row.document["due_on"] else None,
        )
        for row in rows
    ]


# --- what narrows a list of items


def with_status(rows: QuerySet[Observation], status: str) -> QuerySet[Observation]:
    return rows.filter(follow_up=None) if status == NOTHING else rows.filter(follow_up__status=status)


def on_article(rows: QuerySet[Observation], value: str) -> QuerySet[Observation]:
    """``value``: short name of the instrument and number, joined by a dash."""
    instrument, _dash, number = value.rpartition("-")
    return rows.filter(articles__instrument__slug=instrument, articles__number=number)


def due(rows: QuerySet[Observation], today: dt.date, when: str) -> QuerySet[Observation]:
    """Of those still open: past their date, due in 60 days, or without any date."""
    still_open = rows.filter(follow_up__status__in=OPEN_STATUSES)
    if when == "past":
        return still_open.filter(follow_up__due_on__lt=today)
    if when == "soon":
        return still_open.filter(follow_up__due_on__range=(today, today + dt.timedelta(days=60)))
    return still_open.filter(follow_up__due_on=None)


def articles_among(rows: QuerySet[Observation]) -> list[tuple[str, str]]:
    """The articles of the items, as choices."""
    keys = rows.order_by().values("articles")
    articles = Article.objects.filter(pk__in=keys).select_related("instrument").order_by("instrument__order", "number")
    return [
        (f"{each.instrument.slug}-{each.number}", f"{each.instrument.short_name}, {each.number}") for each in articles
    ]


def instruments_among(rows: QuerySet[Observation]) -> list[tuple[str, str]]:
    keys = rows.order_by().values("agreed_text__instrument")
    return [(row.slug, row.short_name) for row in Instrument.objects.filter(pk__in=keys).order_by("order")]


# --- what draws near


def _open_items() -> QuerySet[FollowUp]:
    """But those of a list that gave way to another one, which are on no page."""
    return FollowUp.objects.filter(status__in=OPEN_STATUSES, observation__in=Observation.objects.filter(ON_AGREED_LIST))


def due_soon(reviews: Iterable[Review], today: dt.date, until: dt.date) -> dict[UUID, tuple[int, dt.date]]:
    """By review: how many open items the State dated from today until then, and the first of these dates; one query.

    Nothing is said of a date that has passed. The caller asks only of reviews of the reader's own State.
    """
    rows = (
        _open_items()
        .filter(review__in=[review.pk for review in reviews], due_on__range=(today, until))
        .order_by()
        .values_list("review")
        .annotate(number=Count("pk"), first=Min("due_on"))
    )
    return {review: (number, first) for review, number, first in rows}


def dated_open(today: dt.date) -> QuerySet[FollowUp]:
    """All open items whose date has not passed, whoever's: for the worker that reminds."""
    rows = _open_items().filter(due_on__gte=today)
    return rows.select_related("review__mechanism").order_by("pk")
