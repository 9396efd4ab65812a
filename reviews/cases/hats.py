"""In what capacity a person stands in a review: the grants of a role, and the hat that a participation gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from core.policy import INVISIBLE, Actor, PolicyRefusedError, SystemActor
from reviews.cases.enums import Grant, ParticipationRole, Side
from reviews.cases.models import Participation, Review, ReviewingState, ReviewUserGrant
from reviews.programme.enums import StepKind

ROLE_GRANTS: Mapping[tuple[Side, ParticipationRole], frozenset[Grant]] = {
    (Side.UNDER_REVIEW, ParticipationRole.FOCAL_POINT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT, Grant.CLEAR}),
    (Side.UNDER_REVIEW, ParticipationRole.GOVERNMENTAL_EXPERT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT}),
    (Side.UNDER_REVIEW, ParticipationRole.NATIONAL_CONTRIBUTOR): frozenset({Grant.VIEW, Grant.CONTRIBUTE}),
    (Side.UNDER_REVIEW, ParticipationRole.OBSERVER): frozenset({Grant.VIEW, Grant.READ}),
    (Side.REVIEWING, ParticipationRole.FOCAL_POINT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT, Grant.CLEAR}),
    (Side.REVIEWING, ParticipationRole.GOVERNMENTAL_EXPERT): frozenset({Grant.VIEW, Grant.READ, Grant.DRAFT}),
    (Side.REVIEWING, ParticipationRole.OBSERVER): frozenset({Grant.VIEW, Grant.READ}),
}

SECRETARIAT = frozenset({SecretariatRole.OFFICER, SecretariatRole.ADMINISTRATOR})
EVERY_SECRETARIAT_ROLE = frozenset(SecretariatRole)


@dataclass(frozen=True, slots=True)
class Hat:
    """In what capacity a person stands in one review.

    ``shared_rooms``: where the reviewing States share their room, the keys of all of them. ``state_party`` is there
    where a page may show it.
    """

    participation_id: Any
    role: ParticipationRole
    side: Side
    state_party_id: Any
    grants: frozenset[str]
    shared_rooms: frozenset[Any] = frozenset()
    state_party: StateParty | None = field(default=None, compare=False)

    def has(self, grant: Grant) -> bool:
        return grant in self.grants

    @property
    def rooms(self) -> frozenset[Any]:
        """Keys of the States in whose rooms the wearer reads; writing there is for the own State alone."""
        return frozenset({self.state_party_id}) | self.shared_rooms if self.has(Grant.READ) else frozenset()


# From the sending of the answers until the review is closed the States exchange views and draft the outputs.
EXCHANGE_KINDS = frozenset({StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.AGREED_TEXT})
NOT_NOW = _("This is open once the answers have been sent, until the review is closed.")
ONLY_READERS = _(
    "Only those who take part for a State, and officers of the secretariat, read what the States exchange."
)


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


def acting_hat(actor: Actor, review: Review) -> Hat:
    """The hat of somebody whom the policy lets act for a State; it has refused everybody else by then."""
    hat = hat_of(actor, review)
    if hat is None:
        raise PolicyRefusedError(INVISIBLE)
    return hat


def remember_hat(actor: Actor, review: Review, hat: Hat | None) -> None:
    """Keep for ``hat_of`` what a query has brought along."""
    actor.__dict__.setdefault("_hats", {})[review.pk] = hat


def remember_hats(actor: User, reviews: Iterable[Review] = ()) -> None:
    """Look up all of the actor's hats at once, for a page over many reviews; one query.

    ``reviews`` are others on the page, in which he or she may take no part.
    """
    hats: dict[Any, Hat | None] = actor.__dict__.setdefault("_hats", {})
    hats.update(dict.fromkeys((review.pk for review in reviews), None))
    hats.update({row.review_id: _hat(row) for row in _participations_with_grants(actor)})


def hats_worn(actor: Actor) -> list[Hat]:
    """The hats that were asked for since the actor was loaded; on a page under a review, the one worn there."""
    hats: dict[Any, Hat | None] = getattr(actor, "__dict__", {}).get("_hats", {})
    return [hat for hat in hats.values() if hat is not None]


def forget_hats(actor: Actor) -> None:
    """Make the next question look up the actor's participations anew (after one changed)."""
    actor.__dict__.pop("_hats", None)
    actor.__dict__.pop("_standings", None)


def _fetch_hat(actor: Actor, review: Review) -> Hat | None:
    row = _participations_with_grants(actor).filter(review=review).first()
    return _hat(row) if row else None


def _participations_with_grants(actor: Actor) -> QuerySet[Participation]:
    granted = ReviewUserGrant.objects.filter(user=OuterRef("user"), content_object=OuterRef("review"))
    sharing = ReviewingState.objects.filter(review=OuterRef("review"), review__reviewers_share_room=True)
    return (
        Participation.objects.filter(user=actor, ended_at=None)
        .select_related("state_party")
        .annotate(
            codenames=ArraySubquery(granted.annotate(codename=F("permission__codename")).values("codename")),
            shared=ArraySubquery(sharing.values("state_party")),
        )
    )


def _hat(row: Any) -> Hat:
    return Hat(
        row.pk,
        ParticipationRole(row.role),
        Side(row.side),
        row.state_party_id,
        frozenset(row.codenames),
        frozenset(row.shared) if row.side == Side.REVIEWING else frozenset(),
        row.state_party,
    )
