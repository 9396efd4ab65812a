"""Above the questions of a later review: what was agreed on the same matters before, and how far the State is."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.database.made_once import MadeOnce
from observations.texts import ON_AGREED_LIST, placed_by_hand
from observations.texts.models import Observation
from questionnaires.answers import AboveSection
from questionnaires.definitions import PlacedSection
from questionnaires.progress import ResponseOverview
from questionnaires.reuse.models import QuestionLink
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant, Side
from reviews.programme.models import Article

TEMPLATE = "observations/follow_up/_agreed_before.html"


def agreed_before(user: User, overview: ResponseOverview, place: PlacedSection) -> AboveSection | None:
    """Agreed observations of the State's other reviews in the mechanism on the articles of the section, or on questions
    that are linked with one of it; one query, which reads the State's own items past the rooms.

    For those who draft and read for the State under review; a contributor sees none.
    """
    review = overview.response.review
    capacity = capacity_of(user, review)
    if capacity is None or capacity.side != Side.UNDER_REVIEW or not capacity.has(Grant.READ):
        return None
    with looking_past_rooms():
        rows = _BEFORE.rows(
            mechanism=review.mechanism_id,
            state=review.state_under_review_id,
            review=review.pk,
            instrument=place.part.instrument,
            numbers=list(place.section.articles),
            codes=[item.code for item in place.section.items],
        )
    return AboveSection(TEMPLATE, rows) if rows else None


def _before(
    mechanism: Any, state: Any, review: Any, instrument: str, numbers: Any, codes: Any
) -> QuerySet[Observation]:
    links = QuestionLink.objects.filter(mechanism=mechanism)
    linked = links.filter(block__in=links.filter(code__any_of=codes).values("block")).values("code")
    named = Article.objects.annotate(name=Cast("number", CharField()))
    same = named.filter(instrument__slug=instrument, name__any_of=numbers).values("pk")
    through = Observation.articles.through
    on_article = Q(pk__in=through.objects.filter(article__in=same).values("observation"))
    article_numbers = through.objects.filter(observation=OuterRef("pk")).order_by("article__number")
    return (
        Observation.objects.filter(
            ON_AGREED_LIST,
            on_article | Q(question_codes__overlap=linked),
            review__mechanism=mechanism,
            review__state_under_review=state,
        )
        .exclude(review=review)
        .select_related("heading", "follow_up", "agreed_text__instrument", "review__phase")
        .annotate(numbers=ArraySubquery(article_numbers.values("article__number")))
        .order_by("-agreed_text__agreed_at", "heading__order", placed_by_hand(), "created_at")
    )


_BEFORE: MadeOnce[Observation] = MadeOnce(_before)
