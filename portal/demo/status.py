"""The public page of steps in the demo: open, with one State on it."""

from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.plan import LARGE, Person
from reviews.capacities import forget_capacities
from reviews.cases.enums import ParticipationRole
from reviews.programme.models import Mechanism
from reviews.speakers import NominatingState
from reviews.states import agree_to_public_status
from reviews.states.models import PublicStatus

AGREES = "XLE"


def open_public_status(users: dict[Person, User]) -> None:
    """Open the page as the secretariat would among the reference data, and let the focal point of one State agree."""
    mechanism = Mechanism.objects.get(slug=LARGE)
    PublicStatus.objects.filter(mechanism=mechanism).update(is_open=True)
    focal_point = next(
        user for person, user in users.items() if (person.state, person.role) == (AGREES, ParticipationRole.FOCAL_POINT)
    )
    forget_capacities(focal_point)
    place = NominatingState(mechanism, StateParty.objects.get(iso3=AGREES))
    agree_to_public_status(actor=focal_point, place=place)
