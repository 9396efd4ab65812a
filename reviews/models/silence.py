from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.models.consultation import ConsultationProposal


class SilenceNotice(BaseModel):
    """A State was told from which day on its silence counts as its confirmation of a proposal.

    The day was told by mail and stands, whatever becomes of the rule's length afterwards.
    """

    proposal = models.ForeignKey(
        ConsultationProposal, models.CASCADE, related_name="silence_notices", verbose_name=_("proposal")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    counts_on = models.DateField(_("day on which silence counts"))

    class Meta:
        verbose_name = _("notice of the day on which silence counts")
        verbose_name_plural = _("notices of the day on which silence counts")
        ordering = ["counts_on"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "state_party"], name="one_silence_notice_a_proposal_and_state")
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.state_party}"
