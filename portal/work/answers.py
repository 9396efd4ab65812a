"""The self-assessment: to answer, to draft one's sections, to clear; and the steps that one side owes as a whole."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from core.language.i18n import isolated
from portal.overview import next_act_for
from portal.work.tasks import DueDay, ReviewPlace, Task, Workload
from questionnaires.assignments import SentToMinistry
from questionnaires.clearance.models import SecondReading
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import PERMISSIONS, ResponseFacts
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response
from questionnaires.sending import hash_of_draft
from questionnaires.submissions import brought_in_without_answers
from reviews.cases.enums import Side
from reviews.cases.models import Participation
from reviews.due import debtor_names, reviews_with_share_done
from reviews.programme.enums import StepKind, StepOwner

_MAIN_KINDS = (StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.PROCESSING)
_REVISED_AT = (StepKind.FEEDBACK, StepKind.DIALOGUE)


def answers(workload: Workload) -> Iterator[Task]:
    """For the State under review while its answers are in its room; the others wait for it."""
    for place in workload.at(StepKind.QUESTIONNAIRE):
        response = workload.responses.get(place.review.pk)
        if place.review.is_brought_in and place.capacity.side == Side.UNDER_REVIEW and response is None:
            yield place.waiting(_("Opening of the self-assessment"), _("the secretariat"))
            continue
        if place.capacity.side != Side.UNDER_REVIEW or response is None:
            yield _owed(place)
            continue
        yield from _drafting(workload, place, response)


def new_versions(workload: Workload) -> Iterator[Task]:
    """For the State under review while it prepares a new version of what it has sent; all others learn nothing."""
    for place in workload.at(*_REVISED_AT):
        response = workload.responses.get(place.review.pk)
        if place.capacity.side == Side.UNDER_REVIEW and response is not None and response.is_revised:
            yield from _drafting(workload, place, response)


def _drafting(workload: Workload, place: ReviewPlace, response: Response) -> Iterator[Task]:
    sent = workload.sent_to_ministry.get(place.capacity.participation_id)
    yield _of_own_side(place, response, sent)
    returned = workload.returned.get(place.capacity.participation_id, 0)
    if returned and response.status == ResponseStatus.OPEN:
        yield _returned(place, returned)


def answers_to_read(workload: Workload) -> Iterator[Task]:
    """For the experts, where the focal point wants the answers read and nobody has read them as they stand now.

    As it is with sending (``unread_words``). One query, and of each response that somebody has read those of its hash.
    """
    asked = {}
    for place in workload.places:
        response = workload.responses.get(place.review.pk)
        if response is not None and response.wants_second_reader and _may_read_as_second(place, response):
            asked[response.pk] = place, response
    read: dict[UUID, set[str]] = {}
    rows = SecondReading.objects.filter(response__in=asked).order_by().values_list("response", "sha256")
    for key, sha256 in rows if asked else ():
        read.setdefault(key, set()).add(sha256)
    for key, (place, response) in asked.items():
        if key not in read or hash_of_draft(response) not in read[key]:
            yield place.task(
                _("Read the answers before they are sent"),
                url=place.url("questionnaires:second-reading"),
                button=_("Read the answers"),
                why=_("The focal point of %(state)s asks an expert to read them.") % {"state": place.state},
            )


def _may_read_as_second(place: ReviewPlace, response: Response) -> bool:
    facts = ResponseFacts(
        capacity=place.capacity,
        kind=place.kind,
        is_open=True,
        status=ResponseStatus(response.status),
        wants_second_reader=True,
    )
    return PERMISSIONS.decide(ResponseAction.READ_AS_SECOND, facts).allowed


def _of_own_side(place: ReviewPlace, response: Response, sent: SentToMinistry | None) -> Task:
    url, name = place.url("questionnaires:response-detail"), {"state": place.state}
    status, is_revised = ResponseStatus(response.status), response.is_revised
    facts = ResponseFacts(
        capacity=place.capacity,
        kind=place.kind,
        is_open=True,
        status=status,
        is_assigned=sent is not None,
        is_revised=is_revised,
    )
    may = {
        action: PERMISSIONS.decide(action, facts).allowed
        for action in (ResponseAction.ANSWER, ResponseAction.PROPOSE, ResponseAction.CLEAR)
    }
    if status == ResponseStatus.IN_CLEARANCE and may[ResponseAction.CLEAR]:
        return place.task(
            _("Clear and send the answers, or return them to the experts"),
            url=url,
            button=_("Read and clear the answers"),
            why=_("The experts have laid the answers before you: only the focal point of %(state)s clears.") % name,
        )
    if may[ResponseAction.PROPOSE] and sent and sent.sections:
        return _to_propose(place, sent, url)
    if may[ResponseAction.ANSWER]:
        if is_revised:
            why = _("Your State prepares a new version of its answers; the one that was sent stands.")
            button = _("Go to the answers")
            return place.task(_("New version of the answers"), url=url, button=button, why=why, due=None)
        why = _("You write for %(state)s, which owes the answers.") % name
        return place.task(_milestone(place), url=url, button=_("Answer the questionnaire"), why=why)
    if status == ResponseStatus.IN_CLEARANCE:
        who = _("the focal point of %(state)s") % name
        return place.waiting(_("Clearance of the answers"), who, since=response.updated_at)
    return place.waiting(_("New version of the answers") if is_revised else _milestone(place), str(place.state))


def _to_propose(place: ReviewPlace, sent: SentToMinistry | None, url: str) -> Task:
    """With the nearest date of what the ministry has said nothing of, and what the focal point remarks on it."""
    sections = sent.sections if sent else 0
    what = ngettext(
        "Draft the answers of %(number)d section sent to you",
        "Draft the answers of %(number)d sections sent to you",
        sections,
    )
    why = _("The focal point of %(state)s has sent them to your ministry.") % {"state": place.state}
    if sent and sent.remark:
        why = f"{why} {isolated(sent.remark)}"
    due = DueDay(sent.due_on, timezone.localdate()) if sent and sent.due_on else place.due
    return place.task(what % {"number": sections}, url=url, button=_("Answer the questionnaire"), why=why, due=due)


def _returned(place: ReviewPlace, number: int) -> Task:
    what = ngettext(
        "Look once more at %(number)d proposal that was returned",
        "Look once more at %(number)d proposals that were returned",
        number,
    )
    why = _("The focal point of %(state)s has said why at the question.") % {"state": place.state}
    url = place.url("questionnaires:response-detail")
    return place.task(what % {"number": number}, url=url, button=_("See what was returned"), why=why)


def main_acts(workload: Workload) -> Iterator[Task]:
    """The milestone that a review waits for, at the steps where a side owes it as a whole: ``overview.next_act``."""
    places = workload.at(*_MAIN_KINDS)
    if not places:
        return
    lacking = _lacking_answers(places)
    done = reviews_with_share_done([_participation(place) for place in places])
    for place in places:
        if place.review.pk in lacking and place.kind == StepKind.FEEDBACK:
            yield place.waiting(_("Answers that were sent in another place"), _("the secretariat"))
            continue
        act = next_act_for(
            place.review,
            role=place.capacity.role,
            side=place.capacity.side,
            is_response_open=False,
            is_done=place.review.pk in done,
        )
        if act.milestone is None:
            continue
        if act.is_own:
            why = _("You take part for %(state)s, which owes it.") % {"state": place.state}
            yield place.task(_milestone(place), url=act.url, button=act.label, why=why)
        else:
            yield _owed(place, is_done=place.review.pk in done, url=act.url, button=act.label)


def _lacking_answers(places: Sequence[ReviewPlace]) -> set[UUID]:
    """Reviews that were brought in, and their answers were not: there is nothing to write feedback on."""
    keys = [place.review.pk for place in places if place.review.is_brought_in]
    return set(brought_in_without_answers().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _participation(place: ReviewPlace) -> Participation:
    """The reader's own, as the selector of shares reads it."""
    return Participation(
        pk=place.capacity.participation_id, review=place.review, state_party_id=place.capacity.state_party_id
    )


def _owed(place: ReviewPlace, *, is_done: bool = False, **more: object) -> Task:
    """What another owes, or one's own State through others of its people."""
    owner = place.milestone.plan.owed_by if place.milestone else StepOwner.SECRETARIAT
    who = debtor_names(place.review, owner)
    if is_done:
        who = _("the other reviewing States")
    return place.waiting(_milestone(place), who, **more)


def _milestone(place: ReviewPlace) -> str:
    return place.milestone.plan.name if place.milestone else ""
