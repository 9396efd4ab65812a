"""What a State sends and may recall: as long as nobody of another State has opened it (docs/adr/0060 and 0075)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty


class Recallable(models.Model):
    """``opened_by``: the State whose person was the first to read what was sent; once, and never taken back.

    ``recalled_at`` and ``recall_reason``, which is for the own State alone, hold until the next sending.
    """

    opened_at = models.DateTimeField(_("opened at"), null=True)
    opened_by = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("first opened by")
    )
    recalled_at = models.DateTimeField(_("recalled at"), null=True)
    recall_reason = models.TextField(_("why it was recalled"), blank=True, default="", db_default="")

    class Meta:
        abstract = True


class SentPiece(Recallable):
    """What is sent once, and again where it was recalled: ``times_sent`` counts, and is the number of what stands."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    times_sent = models.PositiveSmallIntegerField(_("times sent"), default=0, db_default=0)

    class Meta:
        abstract = True

    @property
    def next_number(self) -> int:
        """The sending that would be the next; one that was recalled keeps its number."""
        return self.times_sent + 1


class DraftReading(models.Model):
    """A person of the own State has read a draft as it stood (``sha256``, of what would be sent); append-only.

    ``is_fine``: nothing to add. Otherwise ``word`` says at what to look again.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    is_fine = models.BooleanField(_("nothing to add"))
    word = models.TextField(_("at what to look again"), blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read by"))

    class Meta:
        abstract = True


OPENED_ONLY_WHERE_SENT = models.Q(opened_at=None, opened_by=None) | models.Q(
    opened_at__isnull=False, opened_by__isnull=False, sent_at__isnull=False
)
SENT_LIES_ON_THE_TABLE = models.Q(sent_at=None, room__isnull=False) | models.Q(sent_at__isnull=False, room=None)
