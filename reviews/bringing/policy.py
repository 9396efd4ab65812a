"""The table of permissions on what is brought in: two officers, and the State whose own it is.

Printed whole in tests/permissions/bringing_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, in_secretariat, officer, secretariat_role
from core import jobs
from core.policy import PolicyCondition, Predicate, Rule, SystemActor, Table, during, may, unless
from reviews.bringing.enums import BringingAction, FileStatus, StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.capacities import Asker, ReviewFacts, asker_in, focal_point, own_state_of, sees_review, takes_part
from reviews.cases.models import Review

CARRY_OUT = "reviews.bring_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class BringingFacts(ReviewFacts):
    """``status`` of a file, and what its asker has to do with it; ``is_own``: a piece is of the State one acts for.

    ``is_running``: a worker carries the file out, where an act waits for that. ``is_confirmed``: the State has
    confirmed the piece.
    """

    status: FileStatus | None = None
    has_brought_it_in: bool = False
    is_running: bool = False
    is_own: bool = False
    is_confirmed: bool = False


brought_it_in: Predicate[BringingFacts] = Predicate(lambda facts: facts.has_brought_it_in)
running: Predicate[BringingFacts] = Predicate(lambda facts: facts.is_running)
own: Predicate[BringingFacts] = Predicate(lambda facts: facts.is_own)
confirmed: Predicate[BringingFacts] = Predicate(lambda facts: facts.is_confirmed)
_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))
_OVER = {
    FileStatus.BROUGHT_IN: _("This is brought in."),
    FileStatus.SET_ASIDE: _("This was set aside."),
    FileStatus.WITHDRAWN: _("This was withdrawn."),
}
_UNDECIDED = {FileStatus.PREPARED, FileStatus.WAITING}
_WAITING = during(
    {FileStatus.WAITING},
    else_={**_OVER, FileStatus.PREPARED: _("It has not been laid before another officer yet.")},
)
_BY_ANOTHER: PolicyCondition[BringingFacts] = unless(
    brought_it_in, else_=_("Two different officers are needed: you have brought this in.")
)
_BY_SAME: PolicyCondition[BringingFacts] = may(brought_it_in, else_=_("Only the officer who brings this in does this."))
_ASK_A_WORKER = {BringingAction.CONFIRM, BringingAction.SET_ASIDE, BringingAction.WITHDRAW}
_NOT_RUNNING: PolicyCondition[BringingFacts] = unless(running, else_=_("This is being brought in."))

PERMISSIONS: Table[BringingFacts] = Table(
    BringingAction,
    sees=in_secretariat,
    rules={
        BringingAction.LIST: Rule(_OFFICERS),
        BringingAction.PREPARE: Rule(_OFFICERS),
        BringingAction.VIEW_FILE: Rule(_OFFICERS),
        BringingAction.LAY_BEFORE: Rule(
            _OFFICERS,
            _BY_SAME,
            during({FileStatus.PREPARED}, else_={**_OVER, FileStatus.WAITING: _("It waits for another officer.")}),
        ),
        BringingAction.CONFIRM: Rule(_OFFICERS, _WAITING, _BY_ANOTHER, _NOT_RUNNING, binds=True),
        # What the worker asks, in the name of the officer who has confirmed.
        BringingAction.APPLY: Rule(_OFFICERS, _WAITING, _BY_ANOTHER),
        # Also one that its officer, who may be gone, has not laid before anybody.
        BringingAction.SET_ASIDE: Rule(_OFFICERS, during(_UNDECIDED, else_=_OVER), _BY_ANOTHER, _NOT_RUNNING),
        BringingAction.WITHDRAW: Rule(_OFFICERS, _BY_SAME, during(_UNDECIDED, else_=_OVER), _NOT_RUNNING),
        BringingAction.VIEW_PIECES: Rule(sees=sees_review),
        BringingAction.READ_WORDS: Rule(
            may(officer | takes_part, else_=_("An auditor sees who did what, not what was written.")), sees=sees_review
        ),
        BringingAction.SAY: Rule(
            may(
                focal_point & own,
                else_=_("Only the focal point of the State whose own it is says whether it is right."),
            ),
            unless(confirmed, else_=_("Your State has confirmed this.")),
            sees=sees_review,
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> BringingFacts:
    """For BringingAction; ``target`` is a BroughtFile, a BroughtPiece, a Review, or None for LIST and PREPARE."""
    role = None if isinstance(actor, SystemActor) else secretariat_role(actor)
    if isinstance(target, BroughtFile):
        is_own = not isinstance(actor, SystemActor) and target.brought_by_id == actor.pk
        status = FileStatus(target.status)
        is_running = action in _ASK_A_WORKER and status == FileStatus.WAITING and is_being_carried_out(target)
        return BringingFacts(role=role, status=status, has_brought_it_in=is_own, is_running=is_running)
    if target is None:
        return BringingFacts(role=role)
    review: Review = target.review if isinstance(target, BroughtPiece) else target
    asker: Asker = {**asker_in(actor, review), "role": role}
    if not isinstance(target, BroughtPiece):
        return BringingFacts(**asker)
    state, is_confirmed = own_state_of(actor, review), target.word == StateWord.CONFIRMED
    return BringingFacts(
        **asker, is_own=state is not None and target.state_party_id == state, is_confirmed=is_confirmed
    )


def is_being_carried_out(file: BroughtFile) -> bool:
    job = jobs.latest_act(file, CARRY_OUT)
    return job is not None and not job.is_finished
