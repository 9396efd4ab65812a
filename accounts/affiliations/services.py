"""To which State a person belongs, and who works at its permanent mission.

The caller has asked the policy, and records what was done.
"""

from django.db import transaction
from django.utils import timezone

from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty


def affiliate(user: User, state_party: StateParty) -> Affiliation:
    """Note that a person belongs to a State from today; an open affiliation is kept as it is."""
    affiliation, _is_new = Affiliation.objects.get_or_create(user=user, state_party=state_party, ends_on=None)
    return affiliation


@transaction.atomic
def affiliate_mission(user: User, state_party: StateParty) -> Affiliation:
    """Note that a person works at the permanent mission from today; doing it twice changes nothing."""
    affiliation = affiliate(user, state_party)
    if not affiliation.is_permanent_mission:
        affiliation.is_permanent_mission = True
        affiliation.save(update_fields=["is_permanent_mission", "updated_at"])
    return affiliation


@transaction.atomic
def end_mission(affiliation: Affiliation, *, stays_with_state: bool) -> None:
    """End it at once. ``stays_with_state``: the person also takes part in a review for this State, and goes on."""
    affiliation.ends_on = timezone.localdate()
    affiliation.save(update_fields=["ends_on", "updated_at"])
    if stays_with_state:
        affiliate(affiliation.user, affiliation.state_party)
