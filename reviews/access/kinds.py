"""The one table of acts that give or take a key to a State's room: who asks, what is checked, what is carried out.

Everything is carried out by ``DOOR`` and nobody else; the record names who has prepared, approved and confirmed. What
takes effect later is carried out by a worker, which is the system in the database as well (docs/adr/0022).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from accounts.lifecycle import (
    add_member,
    change_address,
    change_role,
    check_address,
    check_closed,
    check_new_member,
    check_open,
    check_role,
    close_account,
    member_wanted,
    reopen_account,
)
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.sign_in import reset_second_factor
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import SystemActor
from reviews.access.enums import AccessKind
from reviews.access.models import PENDING, AccessRequest
from reviews.access.selectors import states_of_account
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation
from reviews.nominations import fingerprint_of, lock_mechanism, lock_note, nominations_of, notify_note, register_all
from reviews.nominations.enums import NominationAction, NoteNews, NoteStatus
from reviews.programme.models import Mechanism
from reviews.registration import end_participation
from reviews.scans import check_scan
from reviews.speakers import NominatingState, check_mission_member, end_mission_member, register_mission_member

DOOR = SystemActor("reviews.access")


def door_opened_by(person: User) -> SystemActor:
    """The door for what takes effect in the page of a person who is entitled to open it: the caller has asked for that.

    The database believes a page no entry of the system's, so that the record names the person.
    """
    return replace(DOOR, person=person)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer asks for, before it is a request. ``target`` is what the policy is asked about."""

    kind: AccessKind
    target: Any
    about: str
    state_party: StateParty | None = None
    mechanism: Mechanism | None = None
    person: User | None = None
    participation: Participation | None = None
    wanted: dict[str, str] = field(default_factory=dict)


def end_of_participation(participation: Participation) -> Wish:
    return Wish(
        AccessKind.END,
        participation.review,
        f"participation:{participation.pk}",
        participation.state_party,
        participation.review.mechanism,
        participation.user,
        participation,
    )


def mission_account(place: NominatingState, *, email: str, full_name: str, language: str) -> Wish:
    wanted = {"email": email.strip().lower(), "full_name": full_name.strip(), "language": language}
    about = f"mission:{place.state_party.iso3}:{wanted['email']}"
    return Wish(AccessKind.MISSION, place, about, place.state_party, place.mechanism, wanted=wanted)


def end_of_mission_account(place: NominatingState, person: User) -> Wish:
    about = f"mission:{place.state_party.iso3}:{person.pk}"
    return Wish(AccessKind.END_MISSION, place, about, place.state_party, place.mechanism, person)


def act_on_account(kind: AccessKind, person: User, **wanted: str) -> Wish:
    """Raises ServiceError for somebody who works for several States at once: each of them would have to be asked."""
    states = states_of_account(person)
    if len(states) > 1:
        message = _("%(person)s takes part for several States. End what is over first.")
        raise ServiceError(message % {"person": isolated(str(person))})
    if "email" in wanted:
        wanted["email"] = wanted["email"].strip().lower()
    return Wish(kind, person, f"account:{person.pk}", states[0] if states else None, person=person, wanted=wanted)


def new_member(**particulars: str) -> Wish:
    """Somebody to be added to the secretariat. Raises ServiceError with the field that is wrong."""
    wanted = member_wanted(**particulars)
    return Wish(AccessKind.MEMBER, None, f"member:{wanted['email']}", wanted=wanted)


@dataclass(frozen=True, slots=True)
class AccessHandling:
    """``ask``: what the policy is asked of whoever prepares. ``check`` raises ServiceError for what cannot be asked."""

    ask: TextChoices
    check: Callable[[Wish], None]
    carry_out: Callable[[AccessRequest], None]
    needs_note: bool = True


def _end(request: AccessRequest) -> None:
    if request.participation is not None:
        end_participation(actor=DOOR, participation=request.participation)


def _mission(request: AccessRequest) -> None:
    register_mission_member(actor=DOOR, place=_place_of(request), **request.wanted)


def _end_mission(request: AccessRequest) -> None:
    end_mission_member(actor=DOOR, place=_place_of(request), user=_person_of(request))


def _address(request: AccessRequest) -> None:
    change_address(email=request.wanted["email"], **_on_account(request))


def _close(request: AccessRequest) -> None:
    close_account(**_on_account(request))


def _reopen(request: AccessRequest) -> None:
    reopen_account(**_on_account(request))


def _factors(request: AccessRequest) -> None:
    reset_second_factor(**_on_account(request))


def _role(request: AccessRequest) -> None:
    change_role(role=request.wanted["role"], **_on_account(request))


def _member(request: AccessRequest) -> None:
    add_member(actor=DOOR, reason=request.reason, request=str(request.pk), **request.wanted)


def _nominations(request: AccessRequest) -> None:
    if request.note is None:
        raise ServiceError(_("This note was discarded meanwhile."))
    lock_mechanism(request.note)
    note = lock_note(request.note)
    if fingerprint_of(note, list(nominations_of(note))) != request.wanted.get("fingerprint"):
        raise ServiceError(_("The note is not what the officers and the State were shown."))
    check_scan(note)
    register_all(DOOR, note)
    note.status = NoteStatus.APPROVED
    note.save()
    notify_note(note.recorded_by, note, NoteNews.APPROVED, key=str(request.pk))


def give_note_back(request: AccessRequest, reason: str) -> None:
    """What the State has refused lies with the officer who recorded it again, to be mended or discarded."""
    if request.note is None:
        return
    note = lock_note(request.note)
    note.return_reason = reason
    note.status = NoteStatus.RETURNED
    note.save()
    notify_note(note.recorded_by, note, NoteNews.RETURNED, key=str(request.pk))


def _on_account(request: AccessRequest) -> dict[str, Any]:
    return {
        "actor": DOOR,
        "user": _person_of(request),
        "reason": request.reason or request.number,
        "request": str(request.pk),
    }


def _place_of(request: AccessRequest) -> NominatingState:
    if request.mechanism is None or request.state_party is None:
        raise ValueError("A request about a mission names its State and mechanism.")
    return NominatingState(request.mechanism, request.state_party)


def _person_of(request: AccessRequest) -> User:
    if request.person is None:
        raise ValueError("A request about an account names its person.")
    person: User = request.person
    return person


def _check_nothing(wish: Wish) -> None:
    """Whether it can be carried out shows only then."""


def _check_end(wish: Wish) -> None:
    if wish.participation is not None and wish.participation.ended_at is not None:
        raise ServiceError(_("The participation of %(person)s has ended already.") % {"person": wish.person})


def _check_member(wish: Wish) -> None:
    email = wish.wanted["email"]
    check_new_member(email)
    if AccessRequest.objects.filter(status__in=PENDING, wanted__email=email).exists():
        raise ServiceError(_("A request about this address is open already."), field="email")


def _of_person(check: Callable[..., None], *names: str) -> Callable[[Wish], None]:
    return lambda wish: check(wish.person, *(wish.wanted[name] for name in names))


KINDS: Mapping[AccessKind, AccessHandling] = {
    AccessKind.NOMINATIONS: AccessHandling(NominationAction.ALONE, _check_nothing, _nominations),
    AccessKind.END: AccessHandling(ReviewAction.ASK_TO_END, _check_end, _end),
    AccessKind.MISSION: AccessHandling(
        NominationAction.ASK_FOR_MISSION, lambda wish: check_mission_member(wish.target, wish.wanted["email"]), _mission
    ),
    AccessKind.END_MISSION: AccessHandling(NominationAction.ASK_FOR_MISSION, _check_nothing, _end_mission),
    AccessKind.ADDRESS: AccessHandling(AccountAction.CHANGE_ADDRESS, _of_person(check_address, "email"), _address),
    AccessKind.CLOSE: AccessHandling(AccountAction.CLOSE_ACCOUNT, _of_person(check_open), _close),
    AccessKind.REOPEN: AccessHandling(AccountAction.REOPEN_ACCOUNT, _of_person(check_closed), _reopen),
    AccessKind.FACTORS: AccessHandling(AccountAction.RESET_SECOND_FACTOR, _check_nothing, _factors, needs_note=False),
    AccessKind.ROLE: AccessHandling(AccountAction.CHANGE_ROLE, _of_person(check_role, "role"), _role, needs_note=False),
    AccessKind.MEMBER: AccessHandling(AccountAction.ADD_MEMBER, _check_member, _member, needs_note=False),
}
