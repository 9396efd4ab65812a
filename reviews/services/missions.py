"""Accounts of a State's permanent mission: it names the State's people and sees who is missing, and no review.

Source: resolution 10/1, annex I, paragraph 7.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Affiliation, User
from accounts.services.invitations import invite
from accounts.services.missions import affiliate_mission, end_mission
from accounts.services.users import register_user
from core import audit
from core.errors import ServiceError
from core.i18n import isolated
from core.policy import require
from reviews.enums import NominationAction
from reviews.models import Participation
from reviews.notifications import notify_mission
from reviews.permissions import forget_hats
from reviews.permissions.nominations import NominatingState, open_affiliation
from reviews.selectors.record import place_in_mechanism


@transaction.atomic
def register_mission_member(
    *, actor: User, place: NominatingState, email: str, full_name: str, language: str
) -> tuple[Affiliation, bool]:
    """Register somebody for the permanent mission; the second value: the person is new, and invited.

    Raises ServiceError for somebody of the secretariat or of another State.
    """
    require(actor, NominationAction.REGISTER_MISSION, place)
    user, is_new = register_user(actor=actor, email=email, full_name=full_name, language=language)
    if user.secretariat_role:
        message = _("%(person)s belongs to the secretariat and works for no State.")
        raise ServiceError(message % {"person": isolated(str(user))}, field="email")
    elsewhere = Affiliation.objects.filter(open_affiliation(), user=user).exclude(state_party=place.state_party)
    if other := elsewhere.select_related("state_party").first():
        message = _("%(person)s belongs to %(state)s.")
        raise ServiceError(message % {"person": isolated(str(user)), "state": other.state_party}, field="email")
    if is_new:
        invite(actor, user)
    affiliation = affiliate_mission(user, place.state_party)
    forget_hats(user)
    audit.record(actor, "reviews.mission.registered", affiliation, **_facts(actor, place))
    notify_mission(user, place.mechanism, place.state_party, key=str(affiliation.pk))
    return affiliation, is_new


@transaction.atomic
def end_mission_member(*, actor: User, place: NominatingState, affiliation: Affiliation) -> None:
    """End the access at once; notes that the person has recorded stay. Doing it twice changes nothing."""
    require(actor, NominationAction.END_MISSION, place)
    locked = (
        Affiliation.objects.select_for_update(of=("self",))
        .select_related("user", "state_party")
        .filter(open_affiliation(), pk=affiliation.pk, state_party=place.state_party, is_permanent_mission=True)
        .first()
    )
    if locked is None:
        return
    takes_part = Participation.objects.filter(user=locked.user, state_party=locked.state_party, ended_at=None)
    end_mission(locked, stays_with_state=takes_part.exists())
    forget_hats(locked.user)
    audit.record(actor, "reviews.mission.ended", locked, **_facts(actor, place))


def _facts(actor: User, place: NominatingState) -> dict[str, Any]:
    """An affiliation belongs to no mechanism; the act is kept where the State reads the acts on its notes verbales."""
    where = place_in_mechanism(actor, place.mechanism, state=place.state_party)
    return {"after": {"state": place.state_party.iso3}, "place": where}
