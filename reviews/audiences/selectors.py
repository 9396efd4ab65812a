"""To which audiences beyond a review somebody belongs; policies of the database say the same (acting_for_a_state)."""

from django.contrib.auth.models import AnonymousUser

from accounts.affiliations import affiliations_of
from accounts.people.models import User
from reviews.audiences.enums import SharingAudience
from reviews.cases.enums import ParticipationRole
from reviews.participation import participations_of


def audiences_open_to(user: User | AnonymousUser) -> list[SharingAudience]:
    """What is opened to everybody, and to people of a State party what is opened to all of these.

    Of a State is who acts for it now: in a review but as a contributor, or at its permanent mission. Whoever took part
    in a review stays affiliated, also a contributor and one who has left: that is not asked.
    """
    is_of_a_state = user.is_authenticated and _acts_for_a_state(user)
    return [SharingAudience.PUBLIC, SharingAudience.STATES_PARTIES] if is_of_a_state else [SharingAudience.PUBLIC]


def _acts_for_a_state(user: User) -> bool:
    parts = participations_of(user).exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
    return parts.exists() or affiliations_of(user).filter(is_permanent_mission=True).exists()
