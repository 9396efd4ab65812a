"""What contributors say of what was sent to them, and what focal point and experts do with their proposals."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.text import clean_text, one_line, require_text
from core.policy import require
from questionnaires.answers import AnswerInput, save_answer
from questionnaires.assignments import contributors_of, in_step, still_sent
from questionnaires.definitions import index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.ministries.enums import BodyKind, PartState
from questionnaires.ministries.left import HeldWork, left_behind
from questionnaires.ministries.models import ConsultedBody
from questionnaires.ministries.selectors import parts_of, shown_of, silent_parts
from questionnaires.responses import ResponseSection, lock_response, target_of
from questionnaires.responses.enums import AssignmentWord, ResponseStatus
from questionnaires.responses.models import Adoption, Proposal, Response, SectionAssignment
from reviews.cases import tell
from reviews.cases.enums import News, ParticipationRole, Side
from reviews.cases.models import Review
from reviews.participation import participants_of
from reviews.reminders import rule_set_of
from reviews.reminders.enums import ReminderAudience

_MAXIMUM_WORD, _MAXIMUM_NAME = 2000, 200  # characters
_MOVED_ON = frozenset({"conflict", "merged"})  # nobody has seen what two texts make when they are put together


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """What goes into the official answer in place of the proposal as it is."""

    choices: list[str]
    text: str
    with_citations: bool


@transaction.atomic
def answer_assignment(
    *,
    actor: User,
    assignment: SectionAssignment,
    said: AssignmentWord,
    word: str = "",
    shown: str | None = None,
    rest: str | None = None,
) -> None:
    """A contributor says that a part is done, or that it is not the ministry's (then ``word`` says whom to ask).

    Of what was sent to a ministry it is said once, for all of its people.

    ``shown``: the part ``as_shown`` by the page (None where no page was between). ``rest``: the same is said of all
    other parts of which nothing was said, which the page has shown so (``shown_of``). The focal points of the State
    are told once. Raises ServiceError for want of the word, and where any of it was taken back or has changed.
    """
    response = lock_response(assignment.response)
    row = SectionAssignment.objects.select_for_update().filter(pk=assignment.pk, participation__user=actor).first()
    require(actor, ResponseAction.PROPOSE, ResponseSection(response, (row or assignment).section_id))
    if row is None:
        raise ServiceError(_("This has been taken back meanwhile."))
    others = list(silent_parts(row).select_for_update()) if rest is not None else []
    if (shown is not None and row.as_shown != shown) or (rest is not None and shown_of(others) != rest):
        raise OutdatedError(_("It was sent anew or spoken of since you opened this page. Look at it again."))
    if said == AssignmentWord.NOT_OURS:
        word = require_text(word, _("Say whom to ask."), maximum=_MAXIMUM_WORD, field="word")
    else:
        word = clean_text(word, maximum=_MAXIMUM_WORD, field="word")
    said_at = timezone.now()
    saying = {"said": said, "said_at": said_at, "word": word, "checked_by": None, "updated_at": said_at}
    for each in (row, *others):
        in_step(each).update(**saying)
        facts = {"part": str(each.pk), "said": str(said)}
        audit.record(actor, "questionnaires.response.part_answered", response, after=facts)
    _tell_focal_points(response.review, News.MINISTRY_SAID, key=f"{row.pk}:{said_at.isoformat()}")


@transaction.atomic
def check_part(*, actor: User, assignment: SectionAssignment, shown: str | None = None) -> bool:
    """Note that what a ministry has done is looked at and settled; False where it was before.

    ``shown``: the part and its proposals as the page has shown them (``SentPart.shown``; None where no page was
    between). Raises ServiceError where nothing was done, a proposal is with the ministry again, or either has changed.
    """
    response = lock_response(assignment.response)
    require(actor, ResponseAction.ANSWER, response)
    row = SectionAssignment.objects.select_for_update().filter(pk=assignment.pk).first()
    if row is None:
        raise ServiceError(_("This has been taken back meanwhile."))
    about = (row.section_id, row.question_id)
    parts = [(each.assignment, each) for each in parts_of(response, row.holder_id)]
    part = next((each for one, each in parts if (one.section_id, one.question_id) == about), None)
    if part is not None and part.state == PartState.CHECKED:
        return False
    if part is None or not part.is_to_check:
        raise ServiceError(_("There is nothing to check: the ministry has not said that it is done."))
    if shown not in {None, part.shown}:
        raise OutdatedError(_("The ministry has written or said something since you opened this page. Look again."))
    # By the clock of the database, as saves are: what comes later is not checked (``selectors``).
    in_step(row).update(checked_by=actor, updated_at=Now())
    audit.record(actor, "questionnaires.response.part_checked", response, after={"part": str(row.pk)})
    return True


@dataclass(frozen=True, slots=True)
class HandedOn:
    """How many parts and proposals somebody has got, and how many proposals stay as there are own ones."""

    person: User
    parts: int
    proposals: int
    kept: int


@transaction.atomic
def hand_on(*, actor: User, response: Response, left_by: UUID, to: UUID) -> HandedOn:
    """Give what somebody had who takes part no longer to another contributor, who is told and goes on with it.

    What the other has as well is dropped, with all that goes with it; a proposal where he or she has an own one stays,
    and one of which no part is with him or her. Raises ServiceError, with the field, where nothing is left or nothing
    would go, and for whoever is no contributor now.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.ASSIGN, locked)
    old = next((each.participation for each in left_behind(locked) if each.participation.pk == left_by), None)
    if old is None:
        raise ServiceError(_("Nothing is left to hand on."), field="left_by")
    new = contributors_of(locked.review).filter(pk=to).first()
    if new is None:
        raise ServiceError(_("Choose somebody who takes part as a contributor."), field="to")
    going = HeldWork(locked).going(old.pk, new.pk)
    if not going.parts and not going.proposals:
        raise ServiceError(_("Nothing would go to this person, who has all of it already."), field="to")
    rows, proposals = SectionAssignment.objects.filter(response=locked), Proposal.objects.filter(response=locked)
    _take_from_ministries(rows.filter(pk__in=going.parts | going.dropped))
    rows.filter(pk__in=going.dropped).delete()
    rows.filter(pk__in=going.parts).update(participation=new, ministry=None)  # who is of the ministry has them already
    proposals.filter(pk__in=going.proposals).update(participation=new)
    # Whoever checked what the other had has not looked at what came to it.
    come = Q(pk__in=going.parts) | Q(section__in=proposals.filter(pk__in=going.proposals).values("question__section"))
    for row in rows.filter(come, participation=new):
        in_step(row).update(checked_by=None)
    result = HandedOn(new.user, len(going.parts), len(going.proposals), going.kept)
    facts = {"participation": str(new.pk), "parts": result.parts, "proposals": result.proposals}
    audit.record(actor, "questionnaires.response.handed_on", locked, before={"participation": str(old.pk)}, after=facts)
    key = f"{new.pk}:{old.pk}:{timezone.now().isoformat()}"
    page = "questionnaires:response-detail"
    tell([new.user], locked.review, News.SENT_TO_MINISTRY, page=page, key=key, is_private=True)
    return result


def _take_from_ministries(going: QuerySet[SectionAssignment]) -> None:
    """Of parts that go, the rows of others who were of the same ministry: whoever comes to it has them no longer."""
    for row in going.exclude(ministry=None):
        in_step(row).exclude(pk=row.pk).filter(participation__ended_at__isnull=False).delete()


@transaction.atomic
def return_proposal(*, actor: User, proposal: Proposal, number: int, reason: str) -> None:
    """Give a proposal back with a word why. It is a task of the contributor until he or she answers it.

    ``number``: its revision as the page has shown it. Raises ServiceError where it has moved on, was returned by a
    colleague and is not answered yet, or nobody would answer.
    """
    response = lock_response(proposal.response)
    row, code = _locked(proposal, response)
    require(actor, ResponseAction.RETURN_PROPOSAL, response)
    if row.participation.ended_at is not None:
        raise ServiceError(_("The contributor takes part no longer: nobody would answer."))
    if not still_sent(Proposal.objects.filter(pk=row.pk)).exists():
        raise ServiceError(_("The question is with the ministry no longer: nobody would answer."))
    if row.is_returned:
        raise ServiceError(_("It has been returned already, and the ministry has not answered yet."))
    _require_shown(row, number)
    row.return_reason = require_text(reason, _("Say why you return it."), maximum=_MAXIMUM_WORD, field="reason")
    row.returned_by, row.returned_at, row.return_answered_at = actor, timezone.now(), None
    row.save(update_fields=["return_reason", "returned_by", "returned_at", "return_answered_at"])
    facts = {"question": code, "proposal": str(row.pk), "revision": row.revision}
    audit.record(actor, "questionnaires.response.proposal_returned", response, after=facts)
    tell(
        [row.participation.user],
        response.review,
        News.PROPOSAL_RETURNED,
        page="questionnaires:response-detail",
        key=f"{row.pk}:{row.returned_at.isoformat()}",
        is_private=True,
    )


@transaction.atomic
def answer_return(*, actor: User, proposal: Proposal, returned_at: str) -> None:
    """The contributor has looked at a returned proposal once more. Doing it twice changes nothing.

    ``returned_at``: of the return that the page has shown (ISO 8601). Raises ServiceError where it is another by now.
    """
    response = lock_response(proposal.response)
    row, code = _locked(proposal, response)
    require(actor, ResponseAction.PROPOSE, target_of(response, code))
    if row.participation.user != actor or not row.is_returned:
        return
    if row.returned_at is None or row.returned_at.isoformat() != returned_at:
        raise OutdatedError(_("It has been returned once more since you opened this page. Look at it again."))
    row.return_answered_at = timezone.now()
    row.save(update_fields=["return_answered_at"])
    facts = {"question": code, "proposal": str(row.pk), "revision": row.revision}
    audit.record(actor, "questionnaires.response.return_answered", response, after=facts)
    _tell_focal_points(response.review, News.MINISTRY_SAID, key=f"{row.pk}:{row.return_answered_at.isoformat()}")


@transaction.atomic
def adopt_proposal(
    *, actor: User, proposal: Proposal, number: int, base: int, instead: AdoptedText | None = None
) -> Adoption:
    """Put a proposal into the official answer: as it is, or as the actor has written it together (``instead``).

    ``number`` is the revision of the proposal and ``base`` that of the official answer, both as the page has shown
    them. Raises ServiceError where either has moved on, or the content is no answer; nothing was written then.
    """
    response = lock_response(proposal.response)
    row, code = _locked(proposal, response)
    require(actor, ResponseAction.ANSWER, target_of(response, code))
    _require_shown(row, number)
    given = AnswerInput(
        code=code,
        choices=row.choices if instead is None else instead.choices,
        text=row.text if instead is None else instead.text,
        citations=_citations(row, response, instead),
        base=base,
        is_outside_competence=row.is_outside_competence and instead is None,
    )
    result = save_answer(actor=actor, response=response, given=given)
    if result.status in _MOVED_ON:
        raise OutdatedError(_("The official answer has changed since you opened this page. Look at both again."))
    adoption = Adoption.objects.create(
        review_id=row.review_id,
        room_id=row.room_id,
        language=row.language,
        proposal=row,
        number=row.revision,
        answer_number=result.revision,
        adopted_by=actor,
    )
    facts = {"question": code, "proposal": str(row.pk), "revision": row.revision, "answer": result.revision}
    audit.record(actor, "questionnaires.response.proposal_adopted", response, after=facts)
    return adoption


def _locked(proposal: Proposal, response: Response) -> tuple[Proposal, str]:
    """The same, locked, with the code of its question. Raises OutdatedError where it has moved to another meanwhile."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("participation__user").get(pk=proposal.pk)
    code = index_of(response.version_id).codes.get(row.question_id)
    if code is None or row.question_id != proposal.question_id:
        raise OutdatedError(_("The answers have moved to another version of the questionnaire. Open the page anew."))
    return row, code


def _require_shown(row: Proposal, number: int) -> None:
    if row.revision != number:
        raise OutdatedError(_("The ministry has changed its proposal since you opened this page. Look at it again."))


def _citations(row: Proposal, response: Response, instead: AdoptedText | None) -> list[dict[str, str]]:
    """Those of the proposal; where texts are put together, the official ones, and the others after them."""
    if instead is None:
        return list(row.citations)
    official = response.answers.filter(question=row.question_id).values_list("citations", flat=True).first() or []
    added = [citation for citation in row.citations if citation not in official] if instead.with_citations else []
    return [*official, *added]


@transaction.atomic
def remind_ministry(*, actor: User, response: Response, participation: UUID) -> int:
    """Write to a contributor about what he or she still has; give of how many parts, at most one mail a day.

    ``participation`` may be the key of a ministry as well: then all of its people are written to.
    """
    locked = lock_response(response)
    require(actor, ResponseAction.REMIND, locked)
    waiting = [part for part in parts_of(locked, participation) if part.is_waited_for]
    if waiting:
        people = contributors_of(locked.review).filter(Q(pk=participation) | Q(membership__ministry=participation))
        kind = "ministry" if waiting[0].assignment.ministry_id else "participation"
        audit.record(actor, "questionnaires.response.ministry_reminded", locked, after={kind: str(participation)})
        key = f"{participation}:asked:{timezone.localdate().isoformat()}"
        _tell_due([each.user for each in people], locked.review, key=key)
    return len(waiting)


def remind_of_assignments(today: dt.date) -> int:
    """Remind contributors of what is due by the rules of the mechanism for experts, and focal points of what is late.

    By the worker, each day; each reminder is owed once, whatever the number of runs. Gives how many are found.
    """
    rows = (
        SectionAssignment.objects.filter(due_on__isnull=False, said="", checked_by=None, participation__ended_at=None)
        .filter(response__status=ResponseStatus.OPEN)  # in clearance nobody proposes
        .filter(Q(response__revised_at=None) | Q(sent_at__gte=F("response__revised_at")))  # of what is under way
        .select_related("participation__user", "response__review__mechanism")
    )
    found = 0
    rules: dict[UUID, dict[str, list[int]]] = {}
    for row in rows:
        review = row.response.review
        if review.mechanism_id not in rules:
            rules[review.mechanism_id] = _days_of(review)
        days = rules[review.mechanism_id]
        before = _reached(row, today, days[ReminderAudience.EXPERTS])
        late = _reached(row, today, [day for day in days[ReminderAudience.FOCAL_POINTS] if day > 0])
        if before is not None:
            _tell_due([row.participation.user], review, key=f"{row.participation_id}:{row.due_on}:{before}")
        if late is not None:
            _tell_focal_points(review, News.MINISTRY_LATE, key=f"{row.holder_id}:{row.due_on}:{late}")
        found += (before is not None) + (late is not None)
    return found


def _reached(row: SectionAssignment, today: dt.date, days: list[int]) -> int | None:
    """The last day of a rule that has come since the part was sent; none that was missed for long."""
    if row.due_on is None:
        return None
    sent = timezone.localdate(row.sent_at)
    come = [
        day
        for day in days
        if (on := row.due_on + dt.timedelta(day)) <= today < on + dt.timedelta(_CATCH_UP) and on > sent
    ]
    return max(come, default=None)


_CATCH_UP = 7  # days in which a reminder that was missed is still sent


def _days_of(review: Review) -> dict[str, list[int]]:
    days: dict[str, list[int]] = {audience: [] for audience in ReminderAudience}
    for audience, day in rule_set_of(review.mechanism):
        days[audience].append(day)
    return days


def _tell_due(people: list[User], review: Review, *, key: str) -> None:
    tell(people, review, News.MINISTRY_DUE, page="questionnaires:response-detail", key=key, is_private=True)


def _tell_focal_points(review: Review, news: News, *, key: str) -> None:
    """Of the State under review; no list of mails tells of it."""
    rows = participants_of(review).filter(side=Side.UNDER_REVIEW, role=ParticipationRole.FOCAL_POINT)
    people = [row.user for row in rows.select_related("user")]
    tell(people, review, news, page="questionnaires:ministries", key=key, is_private=True)


@transaction.atomic
def add_consulted_body(
    *, actor: User, response: Response, name: str, kind: BodyKind, consulted_on: dt.date, about: str = ""
) -> ConsultedBody:
    """Note a body that the State has heard. Raises ServiceError, with the field, for want of a name or a day ahead."""
    locked = lock_response(response)
    require(actor, ResponseAction.ANSWER, locked)
    if consulted_on > timezone.localdate():
        raise ServiceError(_("Choose a day that is not ahead."), field="consulted_on")
    body = ConsultedBody.objects.create(
        review_id=locked.review_id,
        room_id=locked.room_id,
        language=locked.language,
        response=locked,
        name=one_line(require_text(name, _("Enter the name."), maximum=_MAXIMUM_NAME, field="name")),
        kind=kind,
        consulted_on=consulted_on,
        about=clean_text(about, maximum=_MAXIMUM_WORD, field="about"),
        added_by=actor,
    )
    audit.record(actor, "questionnaires.response.body_added", locked, after={"body": str(body.pk), "kind": str(kind)})
    return body


@transaction.atomic
def remove_consulted_body(*, actor: User, response: Response, body: UUID) -> bool:
    """Take a body off the list; False where it was off before."""
    locked = lock_response(response)
    require(actor, ResponseAction.ANSWER, locked)
    removed, _by_model = ConsultedBody.objects.filter(response=locked, pk=body).delete()
    if removed:
        audit.record(actor, "questionnaires.response.body_removed", locked, before={"body": str(body)})
    return bool(removed)
