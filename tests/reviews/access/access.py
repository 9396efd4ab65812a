"""Requests for access that tests prepare and approve."""

import datetime as dt
from typing import Any

import time_machine
from django.utils import timezone

from accounts.people.models import Affiliation, User
from accounts.people.policy import open_staff_session
from accounts.staff_sessions.services import start_staff_session
from accounts.states.models import StateParty
from core.database.identity import identified_as_system
from core.models import Notification
from reviews.access.enums import AccessKind
from reviews.access.kinds import Wish, act_on_account, end_of_participation
from reviews.access.models import AccessRequest
from reviews.access.selectors import fingerprint_of_request
from reviews.access.services import Grounds, approve_request, carry_out_due, confirm_request, prepare_request
from reviews.cases.models import Participation
from tests.factories.accounts import UserFactory
from tests.plain_role import system_role
from tests.reviews.nominations.notes import scan


def grounds(number: str = "44/2026", **more: Any) -> Grounds:
    return Grounds(number, scan(), **more)


def prepare(officer: User, wish: Wish, **more: Any) -> AccessRequest:
    return prepare_request(actor=officer, wish=wish, grounds=more.get("grounds", grounds()))


def asked_to_end(officer: User, participation: Participation) -> AccessRequest:
    return prepare(officer, end_of_participation(participation))


def asked_on_account(
    officer: User, kind: AccessKind, person: User, state: StateParty | None, **wanted: str
) -> AccessRequest:
    if open_staff_session(officer) is None:
        start_staff_session(actor=officer, reason="The note verbale asks for it.", state_party=state)
    given = grounds() if state else Grounds(reason="Seen at the door with a passport.")
    return prepare(officer, act_on_account(kind, person, **wanted), grounds=given)


def approve(officer: User, request: AccessRequest) -> AccessRequest:
    request = AccessRequest.objects.get(pk=request.pk)
    return approve_request(actor=officer, request=request, seen=fingerprint_of_request(request))


def carry_out() -> int:
    """What a worker does, as its own role: pages can do none of it."""
    with system_role(), identified_as_system():
        return carry_out_due(timezone.now())


def confirm(person: User, request: AccessRequest) -> AccessRequest:
    """Confirm it, and have it carried out."""
    confirm_request(actor=person, request=request)
    assert carry_out() == 1
    return AccessRequest.objects.get(pk=request.pk)


def mission_of(state: StateParty, name: str = "Mila Mission") -> User:
    user: User = UserFactory(full_name=name)
    Affiliation.objects.create(user=user, state_party=state, is_permanent_mission=True)
    return user


def told(sentence: str) -> set[User]:
    """Who was owed a mail that begins with these words."""
    return {each.recipient for each in Notification.objects.filter(context__sentence__startswith=sentence)}


def later(hours: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + dt.timedelta(hours=hours), tick=False)


def is_there(participation: Participation) -> bool:
    return Participation.objects.filter(pk=participation.pk, ended_at=None).exists()
