"""Where in the record of acts an act on a mechanism belongs.

Of a mechanism's record a State reads the acts that concern this State alone (docs/adr/0013).
"""

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core.audit import PORTAL, AuditPlace
from reviews.programme.models import Mechanism


def place_in_mechanism(actor: Actor, mechanism: Mechanism | None, *, state: StateParty | None = None) -> AuditPlace:
    """In the chain of a mechanism; where a ``state`` is named, it alone is concerned, and a delegate acts for it.

    In that of the portal where there is no mechanism: an instrument need not be under review.
    """
    chain = mechanism.slug if mechanism else PORTAL
    if state is None:
        return AuditPlace(chain)
    is_delegate = isinstance(actor, User) and not actor.secretariat_role
    return AuditPlace(chain, state.iso3 if is_delegate else "", (state.iso3,), state.iso3)
