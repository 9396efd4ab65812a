"""The table of permissions on draws.

Officers and administrators act, an auditor looks on, and nobody else learns of a draw before it is announced (what is
public then, ``selectors.public_draws`` says). Three acts need two people: whoever has recorded a part of
the seed does not run the draw, whoever brought one in does not publish it, and whoever asks for its voiding does not
confirm it. The system draws no lots: people do.
Printed whole in tests/permissions/draw_matrix.csv.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, in_secretariat, officer, secretariat_role
from core import jobs
from core.policy import PolicyCondition, Predicate, Reason, Rule, SystemActor, Table, during, may, unless
from lots.draws.enums import PUBLICATION, DrawAction, DrawKind, DrawStatus
from lots.draws.models import Draw, SeedPart


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawFacts(RoleFacts):
    """What the table needs to know of a draw and of what the asker has done in it; no status where there is none."""

    status: DrawStatus | None = None
    has_recorded_seed: bool = False
    has_brought_it_in: bool = False
    is_being_published: bool = False
    is_void_requested: bool = False
    has_requested_void: bool = False


recorded_seed: Predicate[DrawFacts] = Predicate(lambda facts: facts.has_recorded_seed)
brought_it_in: Predicate[DrawFacts] = Predicate(lambda facts: facts.has_brought_it_in)
being_published: Predicate[DrawFacts] = Predicate(lambda facts: facts.is_being_published)
voiding_requested: Predicate[DrawFacts] = Predicate(lambda facts: facts.is_void_requested)
requested_voiding: Predicate[DrawFacts] = Predicate(lambda facts: facts.has_requested_void)
_ONLY_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))
_NOT_ANNOUNCED = _("The draw has to be announced first.")
_NOT_SEEDED = _("The seed is not complete yet.")
_RUN = _("This draw has been run.")
_PUBLISHED = _("This draw is published.")
_SEEDED = _("The seed is complete.")
_ANNOUNCED = _("This draw is announced.")
_VOIDED = {DrawStatus.VOIDED: _("This draw is voided.")}


def _while(status: DrawStatus, closed: Mapping[DrawStatus, Reason]) -> PolicyCondition[DrawFacts]:
    return during({status}, else_={**closed, **_VOIDED})


_DRAWN = _while(
    DrawStatus.DRAWN,
    {
        DrawStatus.PREPARED: _NOT_ANNOUNCED,
        DrawStatus.ANNOUNCED: _NOT_SEEDED,
        DrawStatus.SEEDED: _("The draw has not been run yet."),
        DrawStatus.PUBLISHED: _PUBLISHED,
    },
)
_NOT_WHILE_PUBLISHING: PolicyCondition[DrawFacts] = unless(
    being_published, else_=_("This draw is being published. It can be voided when that has come to an end.")
)
_BY_ANOTHER: PolicyCondition[DrawFacts] = unless(
    brought_it_in, else_=_("Two different officers are needed: you have brought this draw in.")
)
_NOT_VOIDED = during(frozenset(DrawStatus) - {DrawStatus.VOIDED}, else_=_VOIDED)

_WAIT_FOR_PUBLICATION = {DrawAction.PUBLISH, DrawAction.REQUEST_VOID, DrawAction.CONFIRM_VOID}

PERMISSIONS: Table[DrawFacts] = Table(
    DrawAction,
    sees=in_secretariat,
    rules={
        DrawAction.LIST: Rule(),
        DrawAction.VIEW: Rule(),
        DrawAction.PREPARE: Rule(_ONLY_OFFICERS),
        DrawAction.BRING_IN: Rule(_ONLY_OFFICERS),
        DrawAction.ANNOUNCE: Rule(
            _ONLY_OFFICERS,
            _while(
                DrawStatus.PREPARED,
                {
                    DrawStatus.ANNOUNCED: _ANNOUNCED,
                    DrawStatus.SEEDED: _ANNOUNCED,
                    DrawStatus.DRAWN: _RUN,
                    DrawStatus.PUBLISHED: _PUBLISHED,
                },
            ),
            binds=True,
        ),
        DrawAction.RECORD_SEED: Rule(
            _ONLY_OFFICERS,
            _while(
                DrawStatus.ANNOUNCED,
                {
                    DrawStatus.PREPARED: _NOT_ANNOUNCED,
                    DrawStatus.SEEDED: _SEEDED,
                    DrawStatus.DRAWN: _SEEDED,
                    DrawStatus.PUBLISHED: _SEEDED,
                },
            ),
        ),
        DrawAction.RUN: Rule(
            _ONLY_OFFICERS,
            _while(
                DrawStatus.SEEDED,
                {
                    DrawStatus.PREPARED: _NOT_ANNOUNCED,
                    DrawStatus.ANNOUNCED: _NOT_SEEDED,
                    DrawStatus.DRAWN: _RUN,
                    DrawStatus.PUBLISHED: _RUN,
                },
            ),
            unless(
                recorded_seed,
                else_=_("Two different officers are needed: you have recorded a part of the seed."),
            ),
            binds=True,
        ),
        DrawAction.PUBLISH: Rule(
            _ONLY_OFFICERS,
            _DRAWN,
            unless(being_published, else_=_("This draw is being published already.")),
            _BY_ANOTHER,
            binds=True,
        ),
        # What the worker asks, in the name of the officer who has pressed the button.
        DrawAction.OPEN_REVIEWS: Rule(_ONLY_OFFICERS, _DRAWN, _BY_ANOTHER),
        DrawAction.REQUEST_VOID: Rule(
            _ONLY_OFFICERS,
            _NOT_VOIDED,
            _NOT_WHILE_PUBLISHING,
            unless(
                voiding_requested,
                else_=_("The voiding of this draw has been asked for; another officer confirms it."),
            ),
            binds=True,
        ),
        DrawAction.CONFIRM_VOID: Rule(
            _ONLY_OFFICERS,
            _NOT_VOIDED,
            _NOT_WHILE_PUBLISHING,
            may(voiding_requested, else_=_("Nobody has asked for the voiding of this draw.")),
            unless(
                requested_voiding,
                else_=_("Two different officers are needed: you have asked for the voiding."),
            ),
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> DrawFacts:
    """For DrawAction; ``target`` is a Draw, and a mechanism or None for LIST, PREPARE and BRING_IN."""
    role = None if isinstance(actor, SystemActor) else secretariat_role(actor)
    if role is None or not isinstance(target, Draw):
        return DrawFacts(role=role)
    return DrawFacts(
        role=role,
        status=DrawStatus(target.status),
        has_recorded_seed=action == DrawAction.RUN and has_recorded_seed(actor, target),
        has_brought_it_in=target.kind == DrawKind.BROUGHT_IN and target.prepared_by_id == actor.pk,
        is_being_published=action in _WAIT_FOR_PUBLICATION and is_being_published(target),
        is_void_requested=target.void_requested_at is not None,
        has_requested_void=target.void_requested_by_id == actor.pk,
    )


def is_being_published(draw: Draw) -> bool:
    """Whoever begins a publication or a voiding asks under the lock of the draw: one of them comes first."""
    if draw.status != DrawStatus.DRAWN:
        return False
    job = jobs.latest_act(draw, PUBLICATION)
    return job is not None and not job.is_finished


def has_recorded_seed(actor: Actor, draw: Draw) -> bool:
    """Whether the officer has recorded a commitment or a value of the draw."""
    mine = Q(committed_by=actor) | Q(revealed_by=actor)
    return SeedPart.objects.filter(mine, draw=draw).exists()
