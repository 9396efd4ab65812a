"""Accounts of a State's permanent mission: it names the State's people and sees who is missing, and no review.

Source: resolution 10/1, annex I, paragraph 7. Called by the one door alone (``reviews.access``).
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.affiliations import affiliate_mission, end_mission, open_affiliation
from accounts.invitations import find_or_invite
from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import Affiliation, User
from core import audit
from core.database.identity import giving_keys
from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import require
from reviews.capacities import forget_capacities
from reviews.cases.models import Participation
from reviews.programme import place_in_mechanism
from reviews.speakers.mails import notify_mission
from reviews.speakers.selectors import NominatingState


def check_mission_member(place: NominatingState, email: str) -> None:
    """Raise ServiceError for somebody of the secretariat, of another State, or whose account is closed."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        return
    if user.secretariat_role:
        message = _("%(person)s belongs to the secretariat and works for no State.")
        raise ServiceError(message % {"person": isolated(str(user))}, field="email")
    if not user.is_active:
        raise ServiceError(_("The account with this address is closed."), field="email")
    elsewhere = Affiliation.objects.filter(open_affiliation(), user=user).exclude(state_party=place.state_party)
    if other := elsewhere.select_related("state_party").first():
        message = _("%(person)s belongs to %(state)s.")
        raise ServiceError(message % {"person": isolated(str(user)), "state": other.state_party}, field="email")


@transaction.atomic
@giving_keys()
def register_mission_member(
    *, actor: Actor, place: NominatingState, email: str, full_name: str, language: str
) -> Affiliation:
    """Register somebody for the permanent mission, invited where he or she is new here.

    Raises ServiceError like ``check_mission_member``.
    """
    require(actor, AccountAction.CARRY_OUT, place)
    check_mission_member(place, email)
    user = find_or_invite(actor=actor, email=email, full_name=full_name, language=language)
    affiliation = affiliate_mission(user, place.state_party)
    forget_capacities(user)
    audit.record(actor, "reviews.mission.registered", affiliation, **_facts(actor, place))
    notify_mission(user, place.mechanism, place.state_party, key=str(affiliation.pk))
    return affiliation


@transaction.atomic
@giving_keys()
def end_mission_member(*, actor: Actor, place: NominatingState, user: User) -> None:
    """End the access at once; notes that the person has recorded stay. Doing it twice changes nothing."""
    require(actor, AccountAction.CARRY_OUT, place)
    locked = (
        Affiliation.objects.select_for_update(of=("self",))
        .select_related("user", "state_party")
        .filter(open_affiliation(), user=user, state_party=place.state_party, is_permanent_mission=True)
        .first()
    )
    if locked is None:
        return
    takes_part = Participation.objects.filter(user=locked.user, state_party=locked.state_party, ended_at=None)
    end_mission(locked, stays_with_state=takes_part.exists())
    forget_capacities(locked.user)
    audit.record(actor, "reviews.mission.ended", locked, **_facts(actor, place))


def _facts(actor: Actor, place: NominatingState) -> dict[str, Any]:
    """An affiliation belongs to no mechanism; the act is kept where the State reads the acts on its notes verbales."""
    where = place_in_mechanism(actor, place.mechanism, state=place.state_party)
    return {"after": {"state": place.state_party.iso3}, "place": where}
