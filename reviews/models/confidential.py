from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.models.review import Review


class ConfidentialModel(BaseModel):
    """A row with content: which review it belongs to, in whose room it lies, in which language it is written.

    ``room`` is the State whose room it is; empty means the shared table of all States of the review. Content moves
    from a room to the table only by the act of a focal point.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    room = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)

    class Meta:
        abstract = True
