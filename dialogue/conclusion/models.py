from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.agreement.models import StateAnswer
from reviews.cases.models import Review


class ConclusionAnswer(StateAnswer):
    """A State's word on whether the dialogue is concluded, given by its focal point. Append-only; the last one holds.

    ``open_requests``: keys of the requests for clarification that waited for an answer when a yes was given, and of the
    threads of messages that were open. It does not cover those that come afterwards. ``is_recorded``: the State gave
    its word in another place, as an officer has noted; ``note`` says how.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="conclusion_answers", verbose_name=_("review"))
    open_requests = ArrayField(models.UUIDField(), verbose_name=_("requests that were open"), default=list, blank=True)
    is_recorded = models.BooleanField(_("was recorded by the secretariat"), default=False)

    audit_name = "dialogue.conclusionanswer"

    class Meta(StateAnswer.Meta):
        verbose_name = _("answer on the conclusion of the dialogue")
        verbose_name_plural = _("answers on the conclusion of the dialogue")

    def __str__(self) -> str:
        return f"{self.review}: {self.state_party}"
