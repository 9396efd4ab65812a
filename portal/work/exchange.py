"""Requests for clarification and supplementary information: to answer, to send, to close, or to wait for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, ngettext_lazy

from dialogue.exchange import PAGE_OF, PERMISSIONS, PieceFacts
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject, ExchangeAction, FeedbackStatus
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, SupplementaryInformation
from portal.work.selectors import Counted, drafts_of, requests_sent
from portal.work.tasks import DueDay, ReviewPlace, Task, Workload
from reviews.cases.enums import Side
from reviews.due import today_where_owed
from reviews.programme.enums import StepKind, StepOwner

_RUNNING = frozenset(StepKind) - {StepKind.CLOSING}
_PREPARATION = "dialogue:preparation"


def clarifications(workload: Workload) -> Iterator[Task]:
    """One task for all requests of a review that wait for the same act; those that are asked from the first day by
    themselves.
    """
    places = workload.readers_at(*_RUNNING)
    sent = requests_sent([place.review for place in places]) if places else {}
    for place in places:
        for subject in (ClarificationSubject.QUESTION, ClarificationSubject.LEGAL_SYSTEM):
            yield from _on_subject(place, subject, sent)


def _on_subject(
    place: ReviewPlace, subject: ClarificationSubject, sent: Mapping[tuple[UUID, str, UUID, str], Counted]
) -> Iterator[Task]:
    asked, answered = (
        _sum(
            [
                counted
                for (review, about, state, each), counted in sent.items()
                if (review, each) == (place.review.pk, status)
                and ClarificationSubject(about).is_open_early == subject.is_open_early
                and (place.capacity.side == Side.UNDER_REVIEW or state == place.capacity.state_party_id)
            ]
        )
        for status in (ClarificationStatus.ASKED, ClarificationStatus.ANSWERED)
    )
    if place.capacity.side == Side.UNDER_REVIEW:
        yield from _to_answer(place, subject, asked)
    else:
        yield from _asked_by_us(place, subject, asked, answered)


def _sum(rows: list[Counted]) -> Counted | None:
    if not rows:
        return None
    since = min((row.since for row in rows if row.since), default=None)
    return Counted(
        sum(row.number for row in rows), since, min((row.due_on for row in rows if row.due_on), default=None)
    )


def _due(place: ReviewPlace, asked: Counted) -> DueDay | None:
    """The day by which the first answer is asked for; where none was named, the next date of the review."""
    if asked.due_on is None:
        return place.due
    return DueDay(asked.due_on, today_where_owed(place.review, StepOwner.STATE_UNDER_REVIEW, timezone.now()))


def _to_answer(place: ReviewPlace, subject: ClarificationSubject, asked: Counted | None) -> Iterator[Task]:
    if asked is None:
        return
    if subject == ClarificationSubject.LEGAL_SYSTEM:
        what = ngettext(
            "Answer %(number)d question about laws or the legal system",
            "Answer %(number)d questions about laws or the legal system",
            asked.number,
        )
    else:
        what = ngettext(
            "Answer %(number)d request for clarification", "Answer %(number)d requests for clarification", asked.number
        )
    facts, more = {"number": asked.number}, {"since": asked.since, "due": _due(place, asked)}
    url, button = place.url(PAGE_OF[subject]), _("See the requests")
    if _may(place, ExchangeAction.ANSWER_CLARIFICATION, ClarificationStatus.ASKED, subject.is_open_early):
        why = _("The reviewing States have asked %(state)s, for which you write.") % {"state": place.state}
        yield place.task(what % facts, url=url, button=button, why=why, **more)
    else:
        yield place.waiting(what % facts, str(place.state), url=url, button=button, **more)


def _asked_by_us(
    place: ReviewPlace, subject: ClarificationSubject, asked: Counted | None, answered: Counted | None
) -> Iterator[Task]:
    url, button = place.url(PAGE_OF[subject]), _("See the requests")
    may_close = _may(place, ExchangeAction.CLOSE_CLARIFICATION, ClarificationStatus.ANSWERED, subject.is_open_early)
    if answered and may_close:
        why = _("%(state)s, for which you write, has asked.") % {"state": place.state}
        what = _to_read(subject, answered.number) % {"number": answered.number}
        yield place.task(what, url=url, button=button, why=why)
    if asked:
        who = str(place.review.state_under_review)
        what = _awaited(subject, asked.number) % {"number": asked.number}
        yield place.waiting(what, who, url=url, button=button, since=asked.since, due=_due(place, asked))


def _to_read(subject: ClarificationSubject, number: int) -> str:
    if subject == ClarificationSubject.LEGAL_SYSTEM:
        return ngettext(
            "Read %(number)d answer on laws or the legal system and close the question, or ask again",
            "Read %(number)d answers on laws or the legal system and close the questions, or ask again",
            number,
        )
    return ngettext(
        "Read %(number)d answer to a request for clarification and close it, or ask again",
        "Read %(number)d answers to requests for clarification and close them, or ask again",
        number,
    )


def _awaited(subject: ClarificationSubject, number: int) -> str:
    if subject == ClarificationSubject.LEGAL_SYSTEM:
        return ngettext(
            "Answer to %(number)d question about laws or the legal system",
            "Answers to %(number)d questions about laws or the legal system",
            number,
        )
    return ngettext(
        "Answer to %(number)d request for clarification", "Answers to %(number)d requests for clarification", number
    )


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A kind of what one's State drafts: the act that sends it, in which status, and where; ``what`` calls so many."""

    model: type[Model]
    is_early: bool
    action: ExchangeAction
    status: str
    page: str
    what: Any


_DRAFTED = (
    _Drafted(
        ClarificationRequest,
        False,
        ExchangeAction.SEND_CLARIFICATION,
        ClarificationStatus.DRAFT,
        "dialogue:clarification-list",
        ngettext_lazy(
            "Send %(number)d drafted request for clarification",
            "Send %(number)d drafted requests for clarification",
            "number",
        ),
    ),
    _Drafted(
        ClarificationAnswer,
        False,
        ExchangeAction.SEND_ANSWER,
        ClarificationStatus.ASKED,
        "dialogue:clarification-list",
        ngettext_lazy(
            "Send %(number)d drafted answer to a request for clarification",
            "Send %(number)d drafted answers to requests for clarification",
            "number",
        ),
    ),
    _Drafted(
        SupplementaryInformation,
        False,
        ExchangeAction.SEND_SUPPLEMENT,
        FeedbackStatus.DRAFT,
        "dialogue:dialogue",
        ngettext_lazy(
            "Send %(number)d drafted piece of supplementary information",
            "Send %(number)d drafted pieces of supplementary information",
            "number",
        ),
    ),
    _Drafted(
        ClarificationRequest,
        True,
        ExchangeAction.SEND_CLARIFICATION,
        ClarificationStatus.DRAFT,
        _PREPARATION,
        ngettext_lazy(
            "Send %(number)d drafted question about laws or the legal system",
            "Send %(number)d drafted questions about laws or the legal system",
            "number",
        ),
    ),
    _Drafted(
        ClarificationAnswer,
        True,
        ExchangeAction.SEND_ANSWER,
        ClarificationStatus.ASKED,
        _PREPARATION,
        ngettext_lazy(
            "Send %(number)d drafted answer on laws or the legal system",
            "Send %(number)d drafted answers on laws or the legal system",
            "number",
        ),
    ),
    _Drafted(
        SupplementaryInformation,
        True,
        ExchangeAction.SEND_SUPPLEMENT,
        FeedbackStatus.DRAFT,
        _PREPARATION,
        ngettext_lazy(
            "Send %(number)d drafted law, decision or voluntary information",
            "Send %(number)d drafted laws, decisions or pieces of voluntary information",
            "number",
        ),
    ),
)


def drafts_to_send(workload: Workload) -> Iterator[Task]:
    """What one's State has drafted and only its focal point sends."""
    places = workload.readers_at(*_RUNNING)
    drafts = drafts_of(workload.user) if places else {}
    for place in places:
        why = _("Only the focal point of %(state)s sends them.") % {"state": place.state}
        for kind in _DRAFTED:
            counted = drafts[kind.model, kind.is_early].get(place.review.pk)
            if counted and _may(place, kind.action, kind.status, kind.is_early):
                what = kind.what % {"number": counted.number}
                yield place.task(what, url=place.url(kind.page), button=_("Read and send"), why=why)


def _may(place: ReviewPlace, action: ExchangeAction, status: str, is_early: bool) -> bool:
    """What the policy says of a piece of the reader's State, or before it, in this status."""
    is_draft = status in {ClarificationStatus.DRAFT, FeedbackStatus.DRAFT}
    facts = PieceFacts(
        capacity=place.capacity,
        kind=place.kind,
        state_party_id=place.capacity.state_party_id,
        is_on_table=not is_draft,
        status=status,
        is_open_early=is_early,
    )
    return PERMISSIONS.decide(action, facts).allowed
