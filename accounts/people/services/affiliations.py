"""To which State a person belongs."""

from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty


def affiliate(user: User, state_party: StateParty) -> Affiliation:
    """Note that a person belongs to a State from today; an open affiliation is kept as it is."""
    affiliation, _is_new = Affiliation.objects.get_or_create(user=user, state_party=state_party, ends_on=None)
    return affiliation
