"""People as a note verbale names them, and what is wrong with one, in words by field; pure: it looks nothing up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, isolated
from core.language.text import clean_text
from core.mail.addresses import address_problem
from reviews.capacities import ROLE_GRANTS
from reviews.cases.enums import ParticipationRole, Side

MOST_PEOPLE = 500  # nominations in one note
# Characters, as the columns of Nomination hold them.
_LENGTHS = {"full_name": 150, "job_title": 150, "organization": 200, "phone": 40, "email": 254}


@dataclass(frozen=True, slots=True)
class Naming:
    """One person named for one review (by its code). ``replaces``: the participation that ends in the same moment."""

    review: str
    role: str
    email: str
    full_name: str
    job_title: str = ""
    organization: str = ""
    phone: str = ""
    language: str = "en"
    replaces: Any = None


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who takes part in a review now."""

    participation_id: Any
    state_party_id: Any
    role: str
    email: str
    full_name: str


@dataclass(frozen=True, slots=True)
class NamingPlace:
    """A current review in which the State may name people: on which side it stands, and who takes part."""

    side: Side
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """Somebody whom the portal knows."""

    full_name: str
    is_secretariat: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the checks need to know. Those who act for a State are not told of people of other States or of accounts:
    for them ``accounts`` is empty and the seats are those of their own State.
    """

    state: str
    state_party_id: Any
    places: Mapping[str, NamingPlace]
    accounts: Mapping[str, KnownAccount] = field(default_factory=dict)

    def seat_of(self, naming: Naming) -> Seat | None:
        """In what capacity the person takes part in the review already."""
        place = self.places.get(naming.review)
        return next((seat for seat in place.seats if seat.email == naming.email), None) if place else None

    def focal_point(self, code: str) -> Seat | None:
        """The State's focal point of today."""
        role = ParticipationRole.FOCAL_POINT
        return next((seat for seat in self.own_seats(code) if seat.role == role), None)

    def own_seats(self, code: str) -> list[Seat]:
        place = self.places.get(code)
        return [seat for seat in place.seats if seat.state_party_id == self.state_party_id] if place else []


def field_problems(naming: Naming) -> dict[str, str]:
    """What is wrong with what was typed, by field, whatever the circumstances."""
    problems = {}
    if not naming.full_name:
        problems["full_name"] = _("Enter the name.")
    if naming.role not in ParticipationRole.values:
        problems["role"] = _("Choose the role.")
    if naming.language not in dict(UN_LANGUAGES):
        problems["language"] = _("Choose the language.")
    for name, most in _LENGTHS.items():
        try:
            clean_text(getattr(naming, name), maximum=most, field=name)
        except ServiceError as error:
            problems[name] = str(error)
    if "email" not in problems and (problem := address_problem(naming.email)):
        problems["email"] = problem
    return problems


def place_problems(naming: Naming, circumstances: Circumstances, others: Iterable[Naming] = ()) -> dict[str, str]:
    """What keeps the person from taking part, by field; ``others`` are named in the same note."""
    place = circumstances.places.get(naming.review)
    if place is None:
        message = _("There is no current review %(code)s in which %(state)s takes part.")
        return {"review": message % {"code": isolated(naming.review[:20]), "state": circumstances.state}}
    if (place.side, naming.role) not in ROLE_GRANTS:
        return {"role": _("A reviewing State has no national contributors.")}
    problem = _account_problem(naming, circumstances) or _seat_problem(naming, circumstances)
    if not problem and any(_is_same_person(naming, other) for other in others):
        problem = _("This person is named for this review already.")
    if problem:
        return {"email": problem}
    if naming.role == ParticipationRole.FOCAL_POINT and any(_is_same_place(naming, other) for other in others):
        return {"role": _("Another focal point is named for this review. A State has one focal point in a review.")}
    problem = _replacement_problem(naming, circumstances)
    return {"replaces": problem} if problem else {}


def describe_problem(naming: Naming, problem: str) -> str:
    """Whose row it is, and what is wrong with it."""
    message = _("%(person)s, review %(code)s: %(problem)s")
    return message % {"person": isolated(naming.full_name), "code": isolated(naming.review), "problem": problem}


def _account_problem(naming: Naming, circumstances: Circumstances) -> str:
    account = circumstances.accounts.get(naming.email)
    if account is None:
        return ""
    if account.is_secretariat:
        message = _("%(person)s belongs to the secretariat and takes part for no State.")
        return message % {"person": isolated(account.full_name)}
    return "" if account.is_active else _("The account with this address is closed.")


def _seat_problem(naming: Naming, circumstances: Circumstances) -> str:
    seat = circumstances.seat_of(naming)
    if seat is None:
        return ""
    if seat.state_party_id != circumstances.state_party_id:
        return _("This person takes part in this review for another State.")
    if seat.role == naming.role:
        message = _("%(person)s takes part in this review in this role already.")
        return message % {"person": isolated(seat.full_name)}
    return ""


def _replacement_problem(naming: Naming, circumstances: Circumstances) -> str:
    """``replaces`` that has ended meanwhile is no problem: the place is free."""
    replaced = next(
        (seat for seat in circumstances.own_seats(naming.review) if seat.participation_id == naming.replaces), None
    )
    if replaced is not None and replaced.role != naming.role:
        return _("A person takes the place of somebody in the same role.")
    focal_point = circumstances.focal_point(naming.review)
    if naming.role != ParticipationRole.FOCAL_POINT or focal_point in {None, replaced}:
        return ""
    message = _(
        "%(person)s is the focal point in review %(code)s. Say that the new focal point takes that place: "
        "a State has one focal point in a review."
    )
    return message % {"person": isolated(focal_point.full_name), "code": isolated(naming.review)}


def _is_same_person(one: Naming, other: Naming) -> bool:
    return (one.review, one.email) == (other.review, other.email)


def _is_same_place(one: Naming, other: Naming) -> bool:
    return (one.review, one.role) == (other.review, other.role)
