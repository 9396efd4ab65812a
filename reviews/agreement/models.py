"""What the answers of States have in common."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel


class StateAnswer(BaseModel):
    """A State's yes or no with a word why, given for it by one of its people.

    The feature adds what is answered, and a constraint: one answer a State and revision.
    """

    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    agrees = models.BooleanField(_("agrees"))
    note = models.TextField(_("note"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["answered_at"]
