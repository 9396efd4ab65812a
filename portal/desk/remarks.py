"""What of the observations is written on the answers of a review, and how much is written on each in all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery

from accounts.people.models import User
from dialogue.desk import QuestionPlace, grouped
from dialogue.exchange.enums import ClarificationStatus
from dialogue.exchange.models import ClarificationRequest
from dialogue.threads import keep_threads, message_facts
from observations.observations import CLARIFICATION, ShownLink, kinds_in, links_for, observations_visible_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Observation, ObservationRevision
from reviews.cases.models import Review
from reviews.drafts import readable


def list_on_desk(user: User, review: Review, instrument: str) -> AgreedText | None:
    """The list of observations of an instrument; None where there is none to write.

    It brings the threads of messages along, which stand beside the questions.
    """
    text = (
        AgreedText.objects.filter(review=review, instrument__slug=instrument, kind=TextKind.LIST_OF_OBSERVATIONS)
        .select_related("instrument")
        .annotate(messages=ArraySubquery(message_facts(user, review)))
        .first()
    )
    if text is not None:
        text.review = review
        keep_threads(user, review, text.messages)
    return text


def observations_on_desk(user: User, text: AgreedText) -> dict[QuestionPlace, list[Observation]]:
    """The observations of a list by each question that they rest on, or else by article. One query.

    With ``numbers`` of their articles, and ``saved_at`` and ``saver`` of the last save, as far as there is one.
    """
    saves = ObservationRevision.objects.filter(observation=OuterRef("pk")).order_by("-number")
    observations = observations_visible_to(user, text).prefetch_related(None)
    observations = observations.annotate(
        numbers=_article_numbers(),
        saved_at=Subquery(saves.values("created_at")[:1]),
        saver=Subquery(saves.values("saved_by__full_name")[:1]),
        saver_key=Subquery(saves.values("saved_by")[:1]),
    )
    rows = list(observations)
    has_any = any(CLARIFICATION in kinds_in(row.links) for row in rows)
    links = links_for(user, text.review, None, kinds=[CLARIFICATION]) if has_any else {}
    return grouped((place, row) for row in rows for place in _places_of(row, text.instrument.slug, links))


def _article_numbers() -> ArraySubquery:
    articles = Observation.articles.through.objects.filter(observation=OuterRef("pk")).order_by("article__number")
    return ArraySubquery(articles.values("article__number"))


def _places_of(observation: Any, instrument: str, links: Mapping[str, ShownLink]) -> list[QuestionPlace]:
    """At the questions that it rests on, and at those of the requests with which it is linked; else at its articles."""
    codes = dict.fromkeys([*observation.question_codes, *_asked(observation.links, instrument, links)])
    if codes:
        return [QuestionPlace(instrument, code) for code in codes]
    return [QuestionPlace(instrument, article=number) for number in observation.numbers]


def _asked(values: Sequence[str], instrument: str, links: Mapping[str, ShownLink]) -> list[str]:
    """The questions of these links on the instrument; those on another one stand in none of its sections."""
    found = [links[value] for value in values if value in links]
    return [link.question for link in found if link.question and link.instrument == instrument]


@dataclass(frozen=True, slots=True)
class CountsOnDesk:
    """How many requests the reader finds at each question, and at which places each observation."""

    clarifications: Mapping[str, int]
    unanswered: Mapping[str, int]
    observations: Sequence[frozenset[QuestionPlace]]


def counts_on_desk(user: User, review: Review) -> CountsOnDesk:
    """Two queries, and those for requests where an observation is linked with one."""
    on_questions = ClarificationRequest.objects.exclude(question_code="")
    requests = list(readable(on_questions, user, review).values_list("question_code", "status"))
    observations = readable(Observation.objects.filter(withdrawn_at=None), user, review)
    observations = observations.annotate(numbers=_article_numbers(), slug=F("agreed_text__instrument__slug"))
    rows: list[Any] = list(observations.values_list("question_codes", "links", "numbers", "slug", named=True))
    has_any = any(CLARIFICATION in kinds_in(row.links) for row in rows)
    links = links_for(user, review, None, kinds=[CLARIFICATION]) if has_any else {}
    return CountsOnDesk(
        clarifications=Counter(code for code, _status in requests),
        unanswered=Counter(code for code, status in requests if status == ClarificationStatus.ASKED),
        observations=[frozenset(_places_of(row, row.slug, links)) for row in rows],
    )
