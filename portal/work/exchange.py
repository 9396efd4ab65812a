"""Requests for clarification and supplementary information: to answer, to send, to close, or to wait for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from dialogue.exchange import PERMISSIONS, PieceFacts
from dialogue.exchange.enums import ClarificationStatus, ExchangeAction, FeedbackStatus
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, SupplementaryInformation
from portal.work.selectors import Counted, drafts_of, requests_sent
from portal.work.tasks import ReviewPlace, Task, Workload
from reviews.cases.enums import Side
from reviews.programme.enums import StepKind

_KINDS = (StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.AGREED_TEXT)


def clarifications(workload: Workload) -> Iterator[Task]:
    """One task for all requests of a review that wait for the same act; the latest date is that of the step."""
    places = workload.readers_at(*_KINDS)
    sent = requests_sent([place.review for place in places]) if places else {}
    for place in places:
        asked, answered = (
            _sum(
                [
                    counted
                    for (review, state, each), counted in sent.items()
                    if (review, each) == (place.review.pk, status)
                    and (place.capacity.side == Side.UNDER_REVIEW or state == place.capacity.state_party_id)
                ]
            )
            for status in (ClarificationStatus.ASKED, ClarificationStatus.ANSWERED)
        )
        if place.capacity.side == Side.UNDER_REVIEW:
            yield from _to_answer(place, asked)
        else:
            yield from _asked_by_us(place, asked, answered)


def _sum(rows: list[Counted]) -> Counted | None:
    if not rows:
        return None
    return Counted(sum(row.number for row in rows), min((row.since for row in rows if row.since), default=None))


def _to_answer(place: ReviewPlace, asked: Counted | None) -> Iterator[Task]:
    if asked is None:
        return
    what = ngettext(
        "Answer %(number)d request for clarification", "Answer %(number)d requests for clarification", asked.number
    )
    facts, url = {"number": asked.number}, place.url("dialogue:clarification-list")
    if _may(place, ExchangeAction.ANSWER_CLARIFICATION, ClarificationStatus.ASKED):
        why = _("The reviewing States have asked %(state)s, for which you write.") % {"state": place.state}
        yield place.task(what % facts, url=url, button=_("See the requests"), why=why, since=asked.since)
    else:
        yield place.waiting(what % facts, str(place.state), url=url, button=_("See the requests"), since=asked.since)


def _asked_by_us(place: ReviewPlace, asked: Counted | None, answered: Counted | None) -> Iterator[Task]:
    url, button = place.url("dialogue:clarification-list"), _("See the requests")
    if answered and _may(place, ExchangeAction.CLOSE_CLARIFICATION, ClarificationStatus.ANSWERED):
        what = ngettext(
            "Read %(number)d answer to a request for clarification and close it, or ask again",
            "Read %(number)d answers to requests for clarification and close them, or ask again",
            answered.number,
        )
        why = _("%(state)s, for which you write, has asked.") % {"state": place.state}
        yield place.task(what % {"number": answered.number}, url=url, button=button, why=why)
    if asked:
        what = ngettext(
            "Answer to %(number)d request for clarification",
            "Answers to %(number)d requests for clarification",
            asked.number,
        )
        who = str(place.review.state_under_review)
        yield place.waiting(what % {"number": asked.number}, who, url=url, button=button, since=asked.since)


def drafts_to_send(workload: Workload) -> Iterator[Task]:
    """What one's State has drafted and only its focal point sends."""
    places = workload.readers_at(*_KINDS)
    drafts = drafts_of(workload.user) if places else {}
    for place in places:
        key, why = place.review.pk, _("Only the focal point of %(state)s sends them.") % {"state": place.state}
        if request := drafts[ClarificationRequest].get(key):
            what = ngettext(
                "Send %(number)d drafted request for clarification",
                "Send %(number)d drafted requests for clarification",
                request.number,
            )
            if _may(place, ExchangeAction.SEND_CLARIFICATION, ClarificationStatus.DRAFT):
                yield _sending(place, what, request, why)
        if answer := drafts[ClarificationAnswer].get(key):
            what = ngettext(
                "Send %(number)d drafted answer to a request for clarification",
                "Send %(number)d drafted answers to requests for clarification",
                answer.number,
            )
            if _may(place, ExchangeAction.SEND_ANSWER, ClarificationStatus.ASKED):
                yield _sending(place, what, answer, why)
        if supplement := drafts[SupplementaryInformation].get(key):
            what = ngettext(
                "Send %(number)d drafted piece of supplementary information",
                "Send %(number)d drafted pieces of supplementary information",
                supplement.number,
            )
            if _may(place, ExchangeAction.SEND_SUPPLEMENT, FeedbackStatus.DRAFT):
                yield _sending(place, what, supplement, why, page="dialogue:dialogue")


def _sending(
    place: ReviewPlace, what: str, drafts: Counted, why: str, page: str = "dialogue:clarification-list"
) -> Task:
    return place.task(what % {"number": drafts.number}, url=place.url(page), button=_("Read and send"), why=why)


def _may(place: ReviewPlace, action: ExchangeAction, status: str) -> bool:
    """What the policy says of a piece of the reader's State, or before it, in this status."""
    is_draft = status in {ClarificationStatus.DRAFT, FeedbackStatus.DRAFT}
    state = place.capacity.state_party_id
    facts = PieceFacts(
        capacity=place.capacity, kind=place.kind, state_party_id=state, is_on_table=not is_draft, status=status
    )
    return PERMISSIONS.decide(action, facts).allowed
