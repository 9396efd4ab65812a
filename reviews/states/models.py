from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel
from reviews.programme.models import Evidenced, Mechanism


class PublicStatus(Evidenced):
    """Whether a mechanism has a public page of the steps that reviews have reached; without a row it has none.

    The secretariat decides it as reference data. A State's reviews stand on the page only with its StatusConsent.
    """

    mechanism = models.OneToOneField(
        Mechanism, models.PROTECT, related_name="public_status", verbose_name=_("mechanism")
    )
    is_open = models.BooleanField(_("the page is open to the public"), default=False)

    audit_name = "reviews.publicstatus"

    class Meta:
        verbose_name = _("public page of steps reached")
        verbose_name_plural = _("public pages of steps reached")
        ordering = ["mechanism"]

    def __str__(self) -> str:
        return str(self.mechanism)


class StatusConsent(BaseModel):
    """A State agrees that everybody may read which step its own reviews have reached, until it ends that.

    Invariant: one that is not ended for each mechanism and State. Written only by ``reviews.states.services``.
    """

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="status_consents", verbose_name=_("mechanism")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="status_consents", verbose_name=_("State"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"))
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "reviews.statusconsent"

    class Meta:
        verbose_name = _("consent to the public status")
        verbose_name_plural = _("consents to the public status")
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["mechanism", "state_party"],
                condition=models.Q(ended_at=None),
                name="one_status_consent_a_state",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mechanism}: {self.state_party}"
