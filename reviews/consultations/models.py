"""Proposals for working languages and dates, the words of the States on them, and silence that will count."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.cases.models import Review


class ConsultationProposal(BaseModel):
    """Working languages and dates that one party of a review proposes to the others. Never changed once made.

    Only the last one of a review stands; it is agreed when every State of the review has confirmed it. ``dates``
    maps the short names of milestones to dates in ISO form; ``proposed_for`` is empty for the secretariat.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="proposals", verbose_name=_("review"))
    number = models.PositiveSmallIntegerField(_("number"))
    languages = ArrayField(
        models.CharField(max_length=10, choices=UN_LANGUAGES), size=6, verbose_name=_("working languages")
    )
    reason = models.TextField(_("reason for a third language"), blank=True)
    dates = models.JSONField(_("dates"), default=dict)
    note = models.TextField(_("note to the other States"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed for")
    )

    audit_name = "reviews.consultationproposal"

    class Meta:
        verbose_name = _("proposal on languages and dates")
        verbose_name_plural = _("proposals on languages and dates")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="one_proposal_a_number")]

    def __str__(self) -> str:
        return f"{self.review}: {self.number}"


class ConsultationConfirmation(BaseModel):
    """A focal point confirmed a proposal for a State. Append-only.

    Without a focal point it is the State's silence that counts, where the mechanism has such a rule
    (``reviews.consultations.services``).
    """

    proposal = models.ForeignKey(
        ConsultationProposal, models.CASCADE, related_name="confirmations", verbose_name=_("proposal")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    focal_point = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("focal point")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)

    agrees = True  # whoever does not, proposes otherwise

    audit_name = "reviews.consultationconfirmation"

    class Meta:
        verbose_name = _("confirmation of a proposal")
        verbose_name_plural = _("confirmations of proposals")
        ordering = ["confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "state_party"], name="one_confirmation_a_proposal_and_state")
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.state_party}"

    @property
    def is_silence(self) -> bool:
        return self.focal_point_id is None


class SilenceNotice(BaseModel):
    """A State was told from which day on its silence counts as its confirmation of a proposal.

    The day was told by mail and stands, whatever becomes of the rule's length afterwards.
    """

    proposal = models.ForeignKey(
        ConsultationProposal, models.CASCADE, related_name="silence_notices", verbose_name=_("proposal")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    counts_on = models.DateField(_("day on which silence counts"))

    audit_name = "reviews.silencenotice"

    class Meta:
        verbose_name = _("notice of the day on which silence counts")
        verbose_name_plural = _("notices of the day on which silence counts")
        ordering = ["counts_on"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "state_party"], name="one_silence_notice_a_proposal_and_state")
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.state_party}"
