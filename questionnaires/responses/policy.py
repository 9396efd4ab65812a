"""The table of permissions on responses. The review part (who takes part as what) is asked of ``reviews``.

Printed whole in tests/permissions/response_matrix.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, in_secretariat, officer, secretariat_role
from core import context
from core.database.made_once import MadeOnce
from core.policy import PolicyCondition, Predicate, Reason, Rule, SystemActor, Table, during, everybody, may, unless
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import ReadingLeave, Response, ResponseSubmission, SectionAssignment
from reviews.capacities import (
    Capacity,
    ReviewFacts,
    asker_in,
    capacity_of,
    drafter,
    focal_point,
    has,
    sees_review,
    takes_part,
    under_review,
)
from reviews.cases.enums import Grant, Side
from reviews.cases.models import Review
from reviews.programme.enums import StepKind

_OPEN = frozenset({ResponseStatus.OPEN})
_NOT_SENT = frozenset({ResponseStatus.OPEN, ResponseStatus.IN_CLEARANCE})


@dataclass(frozen=True, slots=True)
class ResponseSection:
    """A target: one section of a response, for actions that a contributor may do in some sections only.

    ``questions``: keys of one question of it and of those above; empty where it is about the section.
    """

    response: Response
    section_id: Any
    questions: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFacts(ReviewFacts):
    """``is_open``: the self-assessment of the review has been opened; only the draft has a ``status``.

    ``is_assigned``: what is asked about (any of it, for a section or the whole) was sent to the contributor who asks.
    ``has_leave``: the contributor who asks may read all official answers; asked where it is about these.
    ``is_opened``: somebody of a reviewing State has opened the answers. ``is_brought_in``: they were sent elsewhere.
    ``is_recalled``: the submission that is asked about was. ``is_revised``: the next version is prepared while one
    stands. Asked where it is about a recall: ``is_later``, the version that stands follows another one that stood;
    ``is_supplemented``, it carries what was sent beside the answers.
    """

    status: ResponseStatus | None = None
    is_open: bool = False
    is_assigned: bool = False
    has_leave: bool = False
    is_opened: bool = False
    is_brought_in: bool = False
    is_recalled: bool = False
    is_revised: bool = False
    is_later: bool = False
    is_supplemented: bool = False
    wants_second_reader: bool = False


assigned: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_assigned)
by_leave: Predicate[ResponseFacts] = Predicate(lambda facts: facts.has_leave)
in_clearance: Predicate[ResponseFacts] = Predicate(lambda facts: facts.status == ResponseStatus.IN_CLEARANCE)
opened: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_opened)
brought_in: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_brought_in)
recalled: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_recalled)
revised: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_revised)
_later: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_later)
_supplemented: Predicate[ResponseFacts] = Predicate(lambda facts: facts.is_supplemented)
_read_by_second: Predicate[ResponseFacts] = Predicate(lambda facts: facts.wants_second_reader)
_at_feedback: Predicate[ResponseFacts] = Predicate(lambda facts: facts.kind == StepKind.FEEDBACK)
# Afterwards observations are agreed on the answers as they stand, and what changes them would change what is agreed.
_before_agreement: Predicate[ResponseFacts] = Predicate(
    lambda facts: facts.kind in {StepKind.FEEDBACK, StepKind.DIALOGUE}
)
to_be_opened: Predicate[ResponseFacts] = Predicate(
    lambda facts: not facts.is_open and facts.kind in {StepKind.CONSULTATION, StepKind.QUESTIONNAIRE}
)
in_the_review: Predicate[ReviewFacts] = Predicate(lambda facts: facts.capacity is not None)
contributor = has(Grant.CONTRIBUTE)
_WITH_FOCAL_POINT = _("The answers are with the focal point for clearance.")
_AUDITOR = _("An auditor sees who did what, not what was written.")
RECALLED = _("The State under review has recalled these answers. They can be read here once it has sent them again.")
_SENT = {ResponseStatus.SENT: _("The answers have been sent; they can no longer be changed.")}
_NO_CONTRIBUTOR = _("A national contributor sees only the sections sent to the ministry.")
_NOT_YET_SENT = during(_NOT_SENT, else_=_SENT)
_MINISTRIES_ANSWER = during(
    _OPEN,
    else_={
        ResponseStatus.IN_CLEARANCE: _(
            "The answers are with the focal point for clearance: no ministry can change anything now."
        ),
        **_SENT,
    },
)
_BROUGHT_IN = _("These answers were sent in another place and have been brought in.")
_MOVED_ON = _("The observations are being agreed on the answers as they stand: no new version is sent any more.")


def _why_no_draft(facts: ReviewFacts) -> Reason:
    return _("The secretariat sees no unsent draft of a State.") if officer(facts) else _AUDITOR


_OF_ITS_STATE: tuple[PolicyCondition[ResponseFacts], ...] = (
    may(in_the_review, else_=_why_no_draft),
    may(under_review, else_=_("The answers belong to the State under review until its focal point sends them.")),
)
# What a national contributor may do, and only with the sections sent to his or her ministry.
_IN_OWN_SECTIONS: PolicyCondition[ResponseFacts] = may(
    ~contributor | assigned, else_=_("This section has not been sent to your ministry.")
)
_SUBMISSION_IS_READ: Rule[ResponseFacts] = Rule(
    may(officer | takes_part, else_=_AUDITOR),
    may(officer | ~contributor, else_=_NO_CONTRIBUTOR),
    unless(recalled & ~under_review, else_=RECALLED),
    sees=sees_review,
)

PERMISSIONS: Table[ResponseFacts] = Table(
    ResponseAction,
    sees=in_secretariat | in_the_review,
    rules={
        ResponseAction.OPEN: Rule(
            may(officer, else_=_("Only an officer of the secretariat opens the self-assessment.")),
            may(to_be_opened, else_=_("The self-assessment of this review has been opened.")),
            sees=sees_review,
        ),
        ResponseAction.VIEW_DRAFT: Rule(*_OF_ITS_STATE, _IN_OWN_SECTIONS),
        ResponseAction.RENDER_DRAFT: Rule(*_OF_ITS_STATE, unless(contributor, else_=_NO_CONTRIBUTOR)),
        ResponseAction.ANSWER: Rule(
            *_OF_ITS_STATE,
            may(
                drafter,
                else_=_("Only the experts and the focal point of the State under review write answers."),
            ),
            _NOT_YET_SENT,
            unless(in_clearance & ~focal_point, else_=_WITH_FOCAL_POINT),
        ),
        ResponseAction.PROPOSE: Rule(
            *_OF_ITS_STATE,
            may(contributor, else_=_("Only a national contributor proposes answers, for his or her ministry.")),
            _IN_OWN_SECTIONS,
            _NOT_YET_SENT,
            unless(in_clearance, else_=_WITH_FOCAL_POINT),
        ),
        ResponseAction.NOTE: Rule(
            *_OF_ITS_STATE,
            may(
                drafter | contributor,
                else_=_("Those who draft for the State under review, and its contributors, write margin notes."),
            ),
            _IN_OWN_SECTIONS,
        ),
        ResponseAction.ASSIGN: Rule(
            *_OF_ITS_STATE,
            may(
                focal_point,
                else_=_("Only the focal point of the State under review sends sections to a ministry."),
            ),
            _NOT_YET_SENT,
        ),
        ResponseAction.LET_READ: Rule(
            *_OF_ITS_STATE,
            may(
                focal_point,
                else_=_("Only the focal point of the State under review lets a contributor read all answers."),
            ),
        ),
        ResponseAction.READ_OFFICIAL: Rule(
            *_OF_ITS_STATE,
            may(~contributor | by_leave, else_=_("Your focal point has not let you read all answers.")),
        ),
        ResponseAction.REMIND: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review reminds a ministry.")),
            _MINISTRIES_ANSWER,
        ),
        ResponseAction.RETURN_PROPOSAL: Rule(
            *_OF_ITS_STATE,
            may(
                drafter,
                else_=_("Only the experts and the focal point of the State under review return proposals."),
            ),
            _MINISTRIES_ANSWER,
        ),
        ResponseAction.MOVE: Rule(
            *_OF_ITS_STATE,
            may(
                focal_point,
                else_=_("Only the focal point of the State under review moves the answers to the next version."),
            ),
            _NOT_YET_SENT,
            unless(revised, else_=_("Answers of which a version stands keep its version of the questionnaire.")),
        ),
        ResponseAction.SUBMIT_FOR_CLEARANCE: Rule(
            *_OF_ITS_STATE,
            may(
                drafter,
                else_=_("Only the experts and the focal point of the State under review submit answers."),
            ),
            during(_OPEN, else_={ResponseStatus.IN_CLEARANCE: _WITH_FOCAL_POINT, **_SENT}),
        ),
        ResponseAction.RETURN: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review returns answers.")),
            during(
                {ResponseStatus.IN_CLEARANCE},
                else_={
                    ResponseStatus.OPEN: _("The answers have not been submitted for clearance."),
                    **_SENT,
                },
            ),
        ),
        ResponseAction.CLEAR: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review clears and sends.")),
            _NOT_YET_SENT,
            may(~revised | _before_agreement, else_=_MOVED_ON),
            binds=True,
        ),
        ResponseAction.ASK_SECOND_READER: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review says who reads besides.")),
            _NOT_YET_SENT,
        ),
        ResponseAction.READ_AS_SECOND: Rule(
            *_OF_ITS_STATE,
            may(drafter & ~focal_point, else_=_("Only an expert of the State under review is the second reader.")),
            _NOT_YET_SENT,
            may(_read_by_second, else_=_("Your focal point has not asked for a second reader.")),
        ),
        ResponseAction.RECALL: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review recalls the answers.")),
            during({ResponseStatus.SENT}, else_=_("The answers have not been sent.")),
            unless(brought_in, else_=_BROUGHT_IN),
            unless(opened, else_=_("A reviewing State has opened the answers: they can no longer be recalled.")),
            unless(
                _supplemented,
                else_=_("The version that stands carries what your State has sent beside the answers: it stays."),
            ),
            may(
                _at_feedback | _later & _before_agreement,
                else_=_("The review has moved on: the answers can no longer be recalled."),
            ),
            binds=True,
        ),
        ResponseAction.REVISE: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review prepares a new version.")),
            unless(revised, else_=_("A new version is being prepared.")),
            during({ResponseStatus.SENT}, else_=_("The answers have not been sent.")),
            unless(brought_in, else_=_BROUGHT_IN),
            may(_before_agreement, else_=_MOVED_ON),
        ),
        ResponseAction.GIVE_UP: Rule(
            *_OF_ITS_STATE,
            may(focal_point, else_=_("Only the focal point of the State under review gives a new version up.")),
            may(revised, else_=_("No new version is being prepared.")),
        ),
        ResponseAction.VIEW_SUBMISSION: _SUBMISSION_IS_READ,
        ResponseAction.RENDER_SUBMISSION: _SUBMISSION_IS_READ,
        ResponseAction.VIEW_VERSION: Rule(sees=everybody),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> ResponseFacts:
    """For ResponseAction; ``target`` is a Review (OPEN), a submission, a Response or a ResponseSection."""
    if action == ResponseAction.VIEW_VERSION:
        return ResponseFacts(role=secretariat_role(actor))
    response = target.response if isinstance(target, ResponseSection) else target
    review = response if isinstance(response, Review) else response.review
    asker = asker_in(actor, review)
    capacity = asker["capacity"]
    if isinstance(target, Review):
        is_open = Response.objects.filter(review=target).exists()
        return ResponseFacts(**asker, is_open=is_open)
    if isinstance(target, ResponseSubmission):
        is_recalled = target.response_id is not None and target.is_recalled
        return ResponseFacts(**asker, is_open=True, is_recalled=is_recalled)
    is_assigned = capacity is not None and capacity.has(Grant.CONTRIBUTE) and _is_assigned(capacity, target)
    has_leave = action == ResponseAction.READ_OFFICIAL and _has_leave(capacity, response)
    status = ResponseStatus(response.status)
    revises = _revises(response) if action == ResponseAction.RECALL else None
    return ResponseFacts(
        **asker,
        is_open=True,
        status=status,
        is_assigned=is_assigned,
        has_leave=has_leave,
        is_opened=response.is_opened,
        is_brought_in=response.is_brought_in,
        is_revised=response.is_revised,
        is_later=revises is not None,
        is_supplemented=bool((revises or {}).get("is_beside")),
        wants_second_reader=action == ResponseAction.READ_AS_SECOND and response.wants_second_reader,
    )


def _revises(response: Response) -> Mapping[str, Any] | None:
    """What the version that stands says of the one before; asked where a recall is not refused for another reason."""
    if response.status != ResponseStatus.SENT or response.is_opened or response.is_brought_in:
        return None
    rows = ResponseSubmission.objects.filter(response=response).exclude(number__in=response.recalled_numbers)
    return rows.order_by("-number").values_list("document__revises", flat=True).first()


def _has_leave(capacity: Capacity | None, response: Response) -> bool:
    if capacity is None or not capacity.has(Grant.CONTRIBUTE):
        return False
    return ReadingLeave.objects.filter(response=response, participation=capacity.participation_id).exists()


def _is_assigned(capacity: Capacity, target: Response | ResponseSection) -> bool:
    if isinstance(target, Response):
        return bool(parts_sent(target, capacity.participation_id))
    parts = parts_sent(target.response, capacity.participation_id)
    about = {None, *target.questions}
    return any(
        part.section_id == target.section_id and (not target.questions or part.question_id in about) for part in parts
    )


class PartSent(NamedTuple):
    """A section, or a question of it with its follow-ups, that is with a contributor."""

    section_id: UUID
    question_id: UUID | None
    shows_official: bool
    ministry_id: UUID | None = None


def parts_sent(response: Response, participation_id: UUID | None) -> list[PartSent]:
    """What of a response is with a contributor; looked up once, and anew after ``forget_parts_sent``."""
    key = (_PARTS_SENT, response.pk, participation_id)
    return context.looked_up(
        key, lambda: list(map(PartSent._make, _SENT_PARTS.rows(response=response.pk, participation=participation_id)))
    )


def forget_parts_sent() -> None:
    """For whoever asks again because it may have changed: once the response is locked, and once it was written."""
    context.forget(_PARTS_SENT)


_PARTS_SENT = "parts sent to a ministry"  # under which words ``core.context`` keeps them
_SENT_PARTS: MadeOnce[tuple[UUID, UUID | None, bool, UUID | None]] = MadeOnce(
    lambda response, participation: SectionAssignment.objects.filter(
        response=response, participation=participation
    ).values_list("section", "question", "shows_official", "ministry")
)


def statuses_open_to(actor: Actor, response: Response) -> frozenset[ResponseStatus]:
    """The statuses in which the actor, who may answer now, may still answer: during clearance only a focal point."""
    capacity = capacity_of(actor, response.review)
    return _NOT_SENT if capacity is not None and capacity.has(Grant.CLEAR) else _OPEN


def may_read_whole_draft(actor: Actor, response: Response) -> bool:
    """Whether the actor sees every section, and not only those sent to a ministry."""
    if isinstance(actor, SystemActor):
        return False
    capacity = capacity_of(actor, response.review)
    return capacity is not None and capacity.side == Side.UNDER_REVIEW and not capacity.has(Grant.CONTRIBUTE)


def proposes(actor: Actor, response: Response) -> Capacity | None:
    """The capacity of a national contributor, who proposes and writes no official answer; None for all others."""
    capacity = None if isinstance(actor, SystemActor) else capacity_of(actor, response.review)
    return capacity if capacity is not None and capacity.has(Grant.CONTRIBUTE) else None
