"""A consultation, and who takes part in it."""

from typing import Any

from accounts.people.models import User
from accounts.states.models import StateParty
from reviews.concerns.models import Concern
from reviews.concerns.selectors import messages_of
from reviews.concerns.services import close_concern, open_concern
from tests.utils import Cast

PAGES = "/en/untoc/reviews/1-XVE/concerns/"
CANARY = "Canary of the concern"
OWN = {"focal_point", "expert", "second_expert"}
SAME_GROUP = {"same_group_focal_point", "same_group_expert"}
OTHER_GROUP = {"other_group_focal_point", "other_group_expert"}


def opened(
    scene: Cast, *, states: list[StateParty] | None = None, actor: User | None = None, with_secretariat: bool = False
) -> Concern:
    return open_concern(
        actor=actor or scene.focal_point,
        review=scene.review,
        states=[scene.same_group_state] if states is None else states,
        officer=scene.review.officer if with_secretariat else None,
        text=CANARY,
    )


def close(actor: User, concern: Concern) -> Concern:
    """By somebody who has read all."""
    return close_concern(actor=actor, concern=concern, message=list(messages_of(concern))[-1])


def text_of(page: Any) -> str:
    return page.content.decode()
