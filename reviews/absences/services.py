"""When somebody is away. Nobody says so for somebody else.

It is kept in the record of the portal, not in that of a review.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.absences.models import Absence
from reviews.absences.selectors import possible_deputies


@transaction.atomic
def record_absence(*, actor: User, starts_on: dt.date, ends_on: dt.date, deputy: User | None) -> Absence:
    """Note that ``actor`` is away (both days included) and who of the own State takes over in common reviews."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    if ends_on < starts_on:
        raise ServiceError(_("The last day comes before the first."), field="ends_on")
    if ends_on < timezone.localdate():
        raise ServiceError(_("This absence is over already."), field="ends_on")
    if deputy is not None and deputy not in possible_deputies(actor):
        raise ServiceError(_("Choose a colleague of your own State."), field="deputy")
    if Absence.objects.filter(user=actor, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ServiceError(_("You have recorded an absence in this time already."), field="starts_on")
    absence = Absence.objects.create(user=actor, starts_on=starts_on, ends_on=ends_on, deputy=deputy)
    facts = {"from": starts_on.isoformat(), "until": ends_on.isoformat(), "deputy": str(deputy.pk) if deputy else None}
    audit.record(actor, "reviews.absence.recorded", actor, after=facts)
    return absence


@transaction.atomic
def remove_absence(*, actor: User, absence: Absence) -> None:
    """Take back an absence of one's own (another one's is not found, see ``absences_of``)."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    facts = {"from": absence.starts_on.isoformat(), "until": absence.ends_on.isoformat()}
    absence.delete()
    audit.record(actor, "reviews.absence.removed", actor, before=facts)
