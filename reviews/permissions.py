"""The table of permissions on reviews: what a role gives, and what an action needs.

``decide_for`` is pure, so that the whole table can be printed and checked (tests/permissions/review_matrix.csv);
``decide`` looks up the facts and asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.enums import SecretariatRole
from core.policy import ALLOWED, INVISIBLE, Actor, Decision, Reason, SystemActor, refused
from reviews.enums import Grant, ParticipationRole, ReviewAction, Side, StepKind
from reviews.models import Participation, Review, ReviewUserGrant

ROLE_GRANTS: Mapping[tuple[Side, ParticipationRole], frozenset[Grant]] = {
    (Side.UNDER_REVIEW, ParticipationRole.FOCAL_POINT): frozenset({Grant.VIEW, Grant.DRAFT, Grant.CLEAR}),
    (Side.UNDER_REVIEW, ParticipationRole.GOVERNMENTAL_EXPERT): frozenset({Grant.VIEW, Grant.DRAFT}),
    (Side.UNDER_REVIEW, ParticipationRole.NATIONAL_CONTRIBUTOR): frozenset({Grant.VIEW, Grant.CONTRIBUTE}),
    (Side.UNDER_REVIEW, ParticipationRole.OBSERVER): frozenset({Grant.VIEW}),
    (Side.REVIEWING, ParticipationRole.FOCAL_POINT): frozenset({Grant.VIEW, Grant.DRAFT, Grant.CLEAR}),
    (Side.REVIEWING, ParticipationRole.GOVERNMENTAL_EXPERT): frozenset({Grant.VIEW, Grant.DRAFT}),
    (Side.REVIEWING, ParticipationRole.OBSERVER): frozenset({Grant.VIEW}),
}

SECRETARIAT = frozenset({SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR})
EVERY_SECRETARIAT_ROLE = frozenset(SecretariatRole)


@dataclass(frozen=True, slots=True)
class Hat:
    """In what capacity a person stands in one review."""

    participation_id: Any
    role: ParticipationRole
    side: Side
    state_party_id: Any
    grants: frozenset[str]

    def has(self, grant: Grant) -> bool:
        return grant in self.grants


@dataclass(frozen=True, slots=True)
class Rule:
    """``grant`` lets a participant, ``secretariat`` the named roles; ``kinds`` are the steps (None: at every step)."""

    grant: Grant | None
    secretariat: frozenset[SecretariatRole]
    who: Reason
    kinds: frozenset[StepKind] | None = None
    when: Reason = ""


_ONLY_SECRETARIAT = _("Only an officer of the secretariat does this.")

ACTION_RULES: Mapping[ReviewAction, Rule] = {
    ReviewAction.VIEW: Rule(Grant.VIEW, EVERY_SECRETARIAT_ROLE, _("Only those who take part see a review.")),
    ReviewAction.VIEW_PARTICIPANTS: Rule(
        Grant.VIEW, EVERY_SECRETARIAT_ROLE, _("Only those who take part see who takes part.")
    ),
    ReviewAction.REGISTER_PARTICIPANT: Rule(None, SECRETARIAT, _ONLY_SECRETARIAT),
    ReviewAction.END_PARTICIPATION: Rule(None, SECRETARIAT, _ONLY_SECRETARIAT),
    ReviewAction.RECORD_CONSULTATIONS: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset({StepKind.CONSULTATION}),
        _("The consultations of this review have been recorded."),
    ),
    ReviewAction.REMIND: Rule(
        None,
        SECRETARIAT,
        _ONLY_SECRETARIAT,
        frozenset(StepKind) - {StepKind.CLOSING},
        _("This review is closed: nobody owes anything."),
    ),
}


def secretariat_role(actor: Actor) -> SecretariatRole | None:
    """The system acts as an officer: services record it as the system."""
    if isinstance(actor, SystemActor):
        return SecretariatRole.OFFICER
    return SecretariatRole(actor.secretariat_role) if actor.secretariat_role else None


def hat_of(actor: Actor, review: Review) -> Hat | None:
    """The actor's active participation in the review with its grants; one query for each actor object and review."""
    if isinstance(actor, SystemActor):
        return None
    hats: dict[Any, Hat | None] = actor.__dict__.setdefault("_hats", {})
    if review.pk not in hats:
        hats[review.pk] = _fetch_hat(actor, review)
    return hats[review.pk]


def remember_hat(actor: Actor, review: Review, hat: Hat | None) -> None:
    """Keep for ``hat_of`` what a query has brought along."""
    actor.__dict__.setdefault("_hats", {})[review.pk] = hat


def forget_hats(actor: Actor) -> None:
    """Make the next question look up the actor's participations anew (after one changed)."""
    actor.__dict__.pop("_hats", None)


def _fetch_hat(actor: Actor, review: Review) -> Hat | None:
    granted = ReviewUserGrant.objects.filter(user=OuterRef("user"), content_object=OuterRef("review"))
    row = (
        Participation.objects.filter(user=actor, review=review, ended_at=None)
        .annotate(codenames=ArraySubquery(granted.annotate(codename=F("permission__codename")).values("codename")))
        .values_list("pk", "role", "side", "state_party_id", "codenames")
        .first()
    )
    if row is None:
        return None
    return Hat(row[0], ParticipationRole(row[1]), Side(row[2]), row[3], frozenset(row[4]))


def decide_for(action: ReviewAction, hat: Hat | None, role: SecretariatRole | None, kind: StepKind | None) -> Decision:
    """The table itself. ``kind`` is the kind of the review's step, None for actions without a review."""
    if action == ReviewAction.LIST:
        return ALLOWED
    if action == ReviewAction.OPEN:
        return ALLOWED if role in SECRETARIAT else refused(_("Only an officer of the secretariat opens a review."))
    if role is None and (hat is None or not hat.has(Grant.VIEW)):
        return INVISIBLE
    rule = ACTION_RULES[action]
    has_grant = hat is not None and rule.grant is not None and hat.has(rule.grant)
    if not has_grant and role not in rule.secretariat:
        return refused(rule.who)
    if rule.kinds is not None and kind not in rule.kinds:
        return refused(rule.when)
    return ALLOWED


def decide(actor: Actor, action: Any, target: Any) -> Decision:
    """Answer for ReviewAction; ``target`` is a Review, or None for LIST and OPEN."""
    role = secretariat_role(actor)
    if target is None:
        return decide_for(action, None, role, None)
    return decide_for(action, hat_of(actor, target), role, StepKind(target.step.kind))


def may_see_address(actor: Actor, participation: Participation, hat: Hat | None) -> bool:
    """E-mail addresses: those of focal points are known to all who take part (they are made known when appointed:
    resolution 10/1, annex I, paragraph 5); the others to the person's own State and to the secretariat.

    ``hat`` is the actor's in the same review.
    """
    if secretariat_role(actor) in SECRETARIAT or participation.role == ParticipationRole.FOCAL_POINT:
        return True
    return hat is not None and hat.state_party_id == participation.state_party_id
