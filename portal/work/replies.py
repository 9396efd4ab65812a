"""Beside the feedback itself: to read a colleague's before it is sent, and to reply to what was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from dialogue.exchange import PERMISSIONS, PieceFacts
from dialogue.exchange.enums import ExchangeAction, FeedbackStatus
from dialogue.exchange.models import WrittenFeedback
from dialogue.joint import author_words, joint_clearances_missing
from portal.work.tasks import ReviewPlace, Task, Workload
from reviews.cases.enums import Grant, Side
from reviews.programme.enums import StepKind

# Later on a reply may still be given, and nobody is reminded that it may.
_KINDS = (StepKind.FEEDBACK, StepKind.DIALOGUE)


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """A feedback that was sent, to which no reply was; ``is_drafted``: the reader's State has written one."""

    state: str
    iso3: str
    is_drafted: bool


def second_readings(workload: Workload) -> Iterator[Task]:
    """For whoever is asked to read the feedback of the own State; one query."""
    places = {place.review.pk: place for place in workload.readers_at(StepKind.FEEDBACK)}
    asked = WrittenFeedback.objects.filter(review__in=places, second_reader=workload.user, sent_at=None)
    for row in asked.select_related("state_party") if places else []:
        place = places[row.review_id]
        if row.state_party_id == place.capacity.state_party_id:
            url = place.url("dialogue:feedback-reading", row.state_party.iso3)
            why = _("A colleague of %(state)s asks you, before the feedback is sent.")
            what, words = _("Read the feedback of your State before it is sent"), why % {"state": place.state}
            yield place.task(what, url=url, button=_("Read the feedback"), why=words)


def joint_clearances(workload: Workload) -> Iterator[Task]:
    """For the focal point of a reviewing State, where another has cleared the joint feedback; one query."""
    places = {place.review.pk: place for place in workload.readers_at(StepKind.FEEDBACK) if _clears(place)}
    own = {review: place.capacity.state_party_id for review, place in places.items()}
    for review, (iso3, states) in (joint_clearances_missing(places, own) if places else {}).items():
        place = places[review]
        why = _("%(states)s has cleared it; it is sent once your State has too.") % {"states": isolated(states)}
        url = place.url("dialogue:feedback-clear", iso3)
        yield place.task(_("Read and clear the joint feedback"), url=url, button=_("Read and clear"), why=why)


def _clears(place: ReviewPlace) -> bool:
    capacity = place.capacity
    return bool(place.review.feedback_is_joint) and capacity.side == Side.REVIEWING and capacity.has(Grant.CLEAR)


def replies(workload: Workload) -> Iterator[Task]:
    """One task for each feedback, without a date; one query."""
    places = [place for place in workload.readers_at(*_KINDS) if _may(place, ExchangeAction.DRAFT_REPLY)]
    found = _unanswered([place.review.pk for place in places]) if places else {}
    for place in places:
        for feedback in found.get(place.review.pk, ()):
            yield _task(place, feedback)


def _unanswered(reviews: list[UUID]) -> dict[UUID, list[_Unanswered]]:
    rows = WrittenFeedback.objects.filter(review__in=reviews, status=FeedbackStatus.SENT, reply__sent_at=None)
    found: dict[UUID, list[_Unanswered]] = {}
    for row in rows.select_related("state_party").annotate(drafted=F("reply__text")).order_by("state_party__iso3"):
        one = _Unanswered(isolated(author_words(row)), row.state_party.iso3, bool(row.drafted))
        found.setdefault(row.review_id, []).append(one)
    return found


def _task(place: ReviewPlace, feedback: _Unanswered) -> Task:
    url = f"{place.url('dialogue:feedback-detail', feedback.iso3)}#reply"
    names = {"state": feedback.state}
    if feedback.is_drafted and _may(place, ExchangeAction.SEND_REPLY):
        why = _("Only the focal point of %(state)s sends it.") % {"state": place.state}
        what = _("Send the drafted reply to the feedback of %(state)s") % names
        return place.task(what, url=url, button=_("Read and send"), why=why, due=None)
    why = _("A reply is given where %(state)s, for which you write, wishes to; nobody waits for it.")
    what = _("Reply to the feedback of %(state)s, if you wish") % names
    return place.task(what, url=url, button=_("Read the feedback"), why=why % {"state": place.state}, due=None)


def _may(place: ReviewPlace, action: ExchangeAction) -> bool:
    facts = PieceFacts(
        capacity=place.capacity, kind=place.kind, state_party_id=None, is_on_table=True, status=FeedbackStatus.SENT
    )
    return PERMISSIONS.decide(action, facts).allowed
