"""The table of permissions on draws.

Officers and administrators act, an auditor looks on, and nobody else learns of a draw before it is announced (what is
public then, ``selectors.draws.public_draws`` says). Two acts need two people: whoever has recorded a part of the seed
does not run the draw, and whoever asks for its voiding does not confirm it. The system draws no lots: people do.
``decide_for`` is pure (tests/permissions/draw_matrix.csv).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, SystemActor, refused
from lots.draws.enums import DrawAction, DrawStatus
from lots.draws.models import Draw, SeedPart
from reviews.cases import SECRETARIAT, secretariat_role

# What binds a State or grants access asks for a recent sign-in, besides the right (core.policy).
BINDING = frozenset(
    {
        DrawAction.ANNOUNCE,
        DrawAction.RUN,
        DrawAction.PUBLISH,
        DrawAction.REQUEST_VOID,
        DrawAction.CONFIRM_VOID,
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the table needs to know of a draw and of what the asker has done in it."""

    status: DrawStatus
    has_recorded_seed: bool = False
    is_void_requested: bool = False
    has_requested_void: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """The statuses at which an act is open, and why it is closed at the others."""

    statuses: frozenset[DrawStatus]
    closed: Mapping[DrawStatus, Reason]


_VOIDED = _("This draw is voided.")
_ONLY_OFFICERS = _("Only an officer of the secretariat does this.")
_NOT_ANNOUNCED = _("The draw has to be announced first.")
_NOT_SEEDED = _("The seed is not complete yet.")
_NOT_DRAWN = _("The draw has not been run yet.")
_RUN = _("This draw has been run.")
_PUBLISHED = _("This draw is published.")
_SEEDED = _("The seed is complete.")
_ANNOUNCED = _("This draw is announced.")
_TWO_FOR_SEED_AND_RUN = _("Two different officers are needed: you have recorded a part of the seed.")
_TWO_FOR_VOIDING = _("Two different officers are needed: you have asked for the voiding.")

_RULES: Mapping[DrawAction, Rule] = {
    DrawAction.ANNOUNCE: Rule(
        frozenset({DrawStatus.PREPARED}),
        {
            DrawStatus.ANNOUNCED: _ANNOUNCED,
            DrawStatus.SEEDED: _ANNOUNCED,
            DrawStatus.DRAWN: _RUN,
            DrawStatus.PUBLISHED: _PUBLISHED,
        },
    ),
    DrawAction.RECORD_SEED: Rule(
        frozenset({DrawStatus.ANNOUNCED}),
        {
            DrawStatus.PREPARED: _NOT_ANNOUNCED,
            DrawStatus.SEEDED: _SEEDED,
            DrawStatus.DRAWN: _SEEDED,
            DrawStatus.PUBLISHED: _SEEDED,
        },
    ),
    DrawAction.RUN: Rule(
        frozenset({DrawStatus.SEEDED}),
        {
            DrawStatus.PREPARED: _NOT_ANNOUNCED,
            DrawStatus.ANNOUNCED: _NOT_SEEDED,
            DrawStatus.DRAWN: _RUN,
            DrawStatus.PUBLISHED: _RUN,
        },
    ),
    DrawAction.PUBLISH: Rule(
        frozenset({DrawStatus.DRAWN}),
        {
            DrawStatus.PREPARED: _NOT_ANNOUNCED,
            DrawStatus.ANNOUNCED: _NOT_SEEDED,
            DrawStatus.SEEDED: _NOT_DRAWN,
            DrawStatus.PUBLISHED: _PUBLISHED,
        },
    ),
    DrawAction.REQUEST_VOID: Rule(frozenset(DrawStatus) - {DrawStatus.VOIDED}, {}),
    DrawAction.CONFIRM_VOID: Rule(frozenset(DrawStatus) - {DrawStatus.VOIDED}, {}),
}
_LOOKING = frozenset({DrawAction.LIST, DrawAction.VIEW})


def decide_for(action: DrawAction, role: SecretariatRole | None, standing: Standing | None = None) -> Decision:
    """The table itself. ``standing`` is None for LIST and PREPARE, which concern no draw."""
    if role is None:
        return INVISIBLE
    if action in _LOOKING:
        return ALLOWED
    if role not in SECRETARIAT:
        return refused(_ONLY_OFFICERS)
    if action == DrawAction.PREPARE:
        return ALLOWED
    if standing is None:
        raise ValueError(f"{action} is done to a draw")
    rule = _RULES[action]
    if standing.status not in rule.statuses:
        return refused(rule.closed.get(standing.status, _VOIDED))
    return _finer(action, standing)


def _finer(action: DrawAction, standing: Standing) -> Decision:
    """Where two people are needed."""
    if action == DrawAction.RUN and standing.has_recorded_seed:
        return refused(_TWO_FOR_SEED_AND_RUN)
    if action == DrawAction.REQUEST_VOID and standing.is_void_requested:
        return refused(_("The voiding of this draw has been asked for; another officer confirms it."))
    if action == DrawAction.CONFIRM_VOID and not standing.is_void_requested:
        return refused(_("Nobody has asked for the voiding of this draw."))
    if action == DrawAction.CONFIRM_VOID and standing.has_requested_void:
        return refused(_TWO_FOR_VOIDING)
    return ALLOWED


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    """Answer for DrawAction; ``target`` is a Draw, and a mechanism or None for LIST and PREPARE."""
    role = None if isinstance(actor, SystemActor) else secretariat_role(actor)
    standing = _standing(actor, action, target) if isinstance(target, Draw) and role else None
    return decide_for(action, role, standing)


def _standing(actor: Actor, action: DrawAction, draw: Draw) -> Standing:
    return Standing(
        status=DrawStatus(draw.status),
        has_recorded_seed=action == DrawAction.RUN and has_recorded_seed(actor, draw),
        is_void_requested=draw.void_requested_at is not None,
        has_requested_void=draw.void_requested_by_id == actor.pk,
    )


def has_recorded_seed(actor: Actor, draw: Draw) -> bool:
    """Whether the officer has recorded a commitment or a value of the draw."""
    mine = Q(committed_by=actor) | Q(revealed_by=actor)
    return SeedPart.objects.filter(mine, draw=draw).exists()
