"""A State agrees that everybody may read which step its reviews have reached, and ends that when it likes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.nominations.enums import NominationAction
from reviews.speakers import NominatingState
from reviews.states.models import StatusConsent
from reviews.states.selectors import is_open, standing_consent


@transaction.atomic
def agree_to_public_status(*, actor: User, place: NominatingState) -> StatusConsent:
    """Agree for the State; doing it twice changes nothing. Raises ServiceError where the mechanism has no such page."""
    require(actor, NominationAction.SET_STATUS_CONSENT, place)
    if not is_open(place.mechanism):
        raise ServiceError(_("This mechanism has no public page of the steps that reviews have reached."))
    StateParty.objects.select_for_update().get(pk=place.state_party.pk)
    if consent := standing_consent(place):
        return consent
    consent = StatusConsent.objects.create(mechanism=place.mechanism, state_party=place.state_party, given_by=actor)
    audit.record(actor, "reviews.status.agreed", consent, after={"state": place.state_party.iso3})
    return consent


@transaction.atomic
def end_public_status(*, actor: User, place: NominatingState) -> None:
    """End the consent: the State's reviews are off the public page at once. Doing it twice changes nothing."""
    require(actor, NominationAction.SET_STATUS_CONSENT, place)
    StateParty.objects.select_for_update().get(pk=place.state_party.pk)
    consent = standing_consent(place)
    if consent is None:
        return
    consent.ended_at, consent.ended_by = timezone.now(), actor
    consent.save(update_fields=["ended_at", "ended_by", "updated_at"])
    audit.record(actor, "reviews.status.ended", consent, after={"state": place.state_party.iso3})
