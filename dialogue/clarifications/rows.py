"""Requests for clarification by instrument and question, with what their reader may do with each."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.people.models import User
from core.policy import Decision, explain
from dialogue.desk import Desk, QuestionPlace
from dialogue.exchange import clarifications_visible_to
from dialogue.exchange.enums import EARLY_SUBJECTS, ClarificationStatus, ExchangeAction
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from questionnaires.progress import ItemState, ReadSection
from reviews.capacities import Capacity
from reviews.cases.enums import ReviewAction, Side
from reviews.cases.models import Review
from reviews.programme.models import Instrument
from reviews.schedule import running_pause


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the form with its answer as sent; ``above`` are the questions that it is a part of."""

    state: ItemState
    above: Sequence[ItemState]
    section: ReadSection
    desk_url: str


@dataclass(frozen=True, slots=True)
class RequestAct:
    """Something to do with a request; a refused one is shown with the reason. ``name`` is unique on the page."""

    name: str
    label: str | Promise
    url: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Waiting:
    """For how many days a request has waited for its answer, and how many it is ``late``: 0 where it is not, or where
    no day was named.
    """

    days: int
    late: int


@dataclass(frozen=True, slots=True)
class ClarificationRow:
    """A request, its answer where the reader may read it, and what the reader may do; ``waiting`` while it is asked."""

    request: ClarificationRequest
    answer: ClarificationAnswer | None
    acts: Sequence[RequestAct]
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """The requests on one question; ``ask_url`` is there for those who may ask once more."""

    code: str
    question: AskedQuestion | None
    rows: Sequence[ClarificationRow]
    ask_url: str


@dataclass(frozen=True, slots=True)
class InstrumentGroup:
    instrument: Instrument
    questions: list[QuestionGroup]


_Way = tuple[ExchangeAction, str, str | Promise]
_CLOSE: _Way = (ExchangeAction.CLOSE_CLARIFICATION, "clarification-close", _("Close the request"))
_FURTHER: _Way = (ExchangeAction.ASK_FURTHER, "clarification-further", _("Ask further"))
_OF_ASKER: dict[str, Sequence[_Way]] = {
    ClarificationStatus.DRAFT: (
        (ExchangeAction.SEND_CLARIFICATION, "clarification-send", pgettext_lazy("a request", "Send")),
        (ExchangeAction.EDIT_CLARIFICATION, "clarification-edit", pgettext_lazy("a request", "Change")),
        (ExchangeAction.EDIT_CLARIFICATION, "clarification-discard", pgettext_lazy("a request", "Discard")),
    ),
    ClarificationStatus.ASKED: (_CLOSE,),
    ClarificationStatus.ANSWERED: (_FURTHER, _CLOSE),
}
_WRITE: _Way = (ExchangeAction.ANSWER_CLARIFICATION, "clarification-answer", _("Write the answer"))
_CHANGE: _Way = (ExchangeAction.ANSWER_CLARIFICATION, "clarification-answer", _("Change the answer"))
_SEND_ANSWER: _Way = (ExchangeAction.SEND_ANSWER, "clarification-answer-send", _("Send the answer"))


class Questions:
    """The questions of one review's form, as one reader finds them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def _sections(self) -> dict[str, tuple[ReadSection, int]]:
        return {
            state.item.code: (section, place)
            for section in self.desk.sections
            for place, state in enumerate(section.items)
        }

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each question in the form."""
        return {code: number for number, code in enumerate(self._sections)}

    def find(self, code: str) -> AskedQuestion | None:
        """None where the State was not asked such a question."""
        if code not in self._sections:
            return None
        section, place = self._sections[code]
        state = section.items[place]
        above = [other for other in section.items[:place] if _is_above(other, state)]
        instrument = section.place.part.instrument
        return AskedQuestion(state, above, section, self.desk.url_at(QuestionPlace(instrument, code)))

    def get_to_ask_about(self, code: str) -> AskedQuestion:
        """Raises Http404 where there is no such question, or the reader's State does not review the instrument."""
        question = self.find(code)
        if question is None or question.section.place.part.instrument not in self.desk.covered:
            raise Http404
        return question


def group_requests(
    requests: Sequence[ClarificationRequest],
    questions: Questions,
    user: User,
    capacity: Capacity | None,
    followed: Collection[Any],
    on: dt.date,
) -> list[InstrumentGroup]:
    """In the order of the instruments and of their questions; the requests on one question by age.

    ``followed``: keys of the requests from which another goes on; ``on``: of ``day_counted``.
    """
    address, order = questions.desk.address, questions.order
    may_ask = bool(explain(user, ReviewAction.ADD_CLARIFICATION, questions.desk.review))
    covered = questions.desk.covered if may_ask else frozenset()

    def place(request: ClarificationRequest) -> tuple[int, int, str]:
        assert request.instrument is not None  # noqa: S101 - a constraint: it is about a question
        return request.instrument.order, order.get(request.question_code, len(order)), request.question_code

    groups: list[InstrumentGroup] = []
    for _key, same in groupby(sorted(requests, key=lambda row: (*place(row), row.created_at)), key=place):
        rows = [row_of(request, user, capacity, address, is_followed=request.pk in followed, on=on) for request in same]
        instrument, code = rows[0].request.instrument, rows[0].request.question_code
        assert instrument is not None  # noqa: S101
        ask_url = reverse("dialogue:clarification-ask", args=[*address, code]) if instrument.slug in covered else ""
        group = QuestionGroup(code, questions.find(code), rows, ask_url)
        if not groups or groups[-1].instrument != instrument:
            groups.append(InstrumentGroup(instrument, []))
        groups[-1].questions.append(group)
    return groups


def thread_on_legal_system(
    user: User, review: Review, capacity: Capacity | None, address: Sequence[str]
) -> list[ClarificationRow]:
    """What the reader may read of the thread on the legal system and the laws, the oldest first; three queries."""
    requests = list(clarifications_visible_to(user, review, *EARLY_SUBJECTS).order_by("created_at"))
    if not requests:
        return []
    followed, on = {request.follows_id for request in requests}, day_counted(review, requests)
    return [row_of(request, user, capacity, address, is_followed=request.pk in followed, on=on) for request in requests]


def row_of(
    request: ClarificationRequest,
    user: User,
    capacity: Capacity | None,
    address: Sequence[str],
    *,
    is_followed: bool,
    on: dt.date,
) -> ClarificationRow:
    """``request`` is of ``clarifications_visible_to``, and brings the answer that the reader may read; ``on`` is of
    ``day_counted``.
    """
    answer = next(iter(request.shown_answers), None)  # type: ignore[attr-defined]  # prefetched
    acts: list[RequestAct] = []
    for action, name, label in _ways(request, answer, capacity):
        if action == ExchangeAction.ASK_FURTHER and is_followed:
            continue
        decision = explain(user, action, request)
        told = {act.decision.reason for act in acts if not act.decision}
        if decision or decision.reason not in told:  # the same reason is told once
            url = reverse(f"dialogue:{name}", args=[*address, request.pk])
            acts.append(RequestAct(f"{name}-{request.pk}", label, url, decision))
    if _is_to_give(answer, capacity) and (decision := explain(user, ReviewAction.ADD_SUPPLEMENT, request.review)):
        url = reverse("dialogue:supplement-of-answer", args=[*address, request.pk])
        acts.append(RequestAct(f"give-{request.pk}", _("Give the answer as supplementary information"), url, decision))
    return ClarificationRow(request, answer, acts, _waiting(request, on))


def _is_to_give(answer: ClarificationAnswer | None, capacity: Capacity | None) -> bool:
    """Whether the answer is one that the reader's State has sent, and has made no source of."""
    if capacity is None or capacity.side != Side.UNDER_REVIEW or answer is None or answer.sent_at is None:
        return False
    return getattr(answer, "source", None) is None


def day_counted(review: Review, requests: Sequence[ClarificationRequest]) -> dt.date:
    """The day up to which it is counted how long requests wait: today, or where one were late the first of a pause
    that holds. One query, and none where nothing were late.
    """
    today = timezone.localdate()
    pause = running_pause(review) if any(is_late(request, today) for request in requests) else None
    return min(today, pause.starts_on) if pause is not None and pause.starts_on else today


def is_late(request: ClarificationRequest, on: dt.date) -> bool:
    """Whether a request waits for its answer past the day by which that is asked for."""
    waiting = _waiting(request, on)
    return waiting is not None and waiting.late > 0


def _waiting(request: ClarificationRequest, on: dt.date) -> Waiting | None:
    if request.status != ClarificationStatus.ASKED or request.asked_at is None:
        return None
    late = (on - request.due_on).days if request.due_on is not None else 0
    return Waiting(max((on - timezone.localdate(request.asked_at)).days, 0), max(late, 0))


def _ways(
    request: ClarificationRequest, answer: ClarificationAnswer | None, capacity: Capacity | None
) -> Sequence[_Way]:
    """What concerns the reader's State; whether the reader may do it the policy says."""
    if capacity is None:
        return ()
    if capacity.state_party_id == request.state_party_id:
        return _OF_ASKER.get(request.status, ())
    if capacity.side != Side.UNDER_REVIEW or request.status != ClarificationStatus.ASKED:
        return ()
    return (_SEND_ANSWER, _CHANGE) if answer is not None and answer.text else (_WRITE,)


def _is_above(other: ItemState, state: ItemState) -> bool:
    number = other.item.number
    return len(number) < len(state.item.number) and state.item.number[: len(number)] == number
