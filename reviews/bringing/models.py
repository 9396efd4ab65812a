"""Files by which running reviews are brought in, and what came of them in each review (docs/adr/0050)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.models import BaseModel
from reviews.bringing.enums import BroughtKind, FileStatus, StateWord
from reviews.cases.models import Review
from reviews.programme.models import Instrument, Mechanism

_PERSON, _STATE = settings.AUTH_USER_MODEL, StateParty


class BroughtFile(BaseModel):
    """What was read of a file, for officers alone. One brings it in, another confirms it, and a worker carries it out.

    ``content`` is what the kind makes of the file, each row with its line; ``sha256`` is that of the bytes that were
    uploaded. ``review`` is empty for a file about several; ``instrument`` is that of a text on one alone. Only the
    status changes, by ``reviews.bringing.services``.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+", verbose_name=_("mechanism"))
    kind = models.CharField(_("kind"), max_length=20, choices=BroughtKind)
    review = models.ForeignKey(
        Review, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("review")
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    file_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    content = models.JSONField(_("what was read"))
    brought_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    status = models.CharField(_("status"), max_length=20, choices=FileStatus, default=FileStatus.PREPARED)
    decided_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("why it was set aside"), blank=True)

    audit_name = "reviews.broughtfile"

    class Meta:
        verbose_name = _("file brought in")
        verbose_name_plural = _("files brought in")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="two_officers_bring_in",
                condition=~Q(status=FileStatus.BROUGHT_IN)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("brought_by")),
            ),
            models.UniqueConstraint(
                name="one_open_file_a_text",
                fields=["review", "kind", "instrument"],
                condition=Q(status=FileStatus.PREPARED) | Q(status=FileStatus.WAITING),
            ),
        ]

    @property
    def work_state(self) -> WorkState | None:
        return FileStatus(self.status).work_state

    def __str__(self) -> str:
        return self.get_kind_display()


class BroughtPiece(BaseModel):
    """Something in a review that was brought in and not made here: who did it, who checked it, out of which file.

    ``state_party`` is the State whose own it is, which is told and may confirm it or object; empty where it is nobody's
    alone; ``instrument`` that of a text on one alone. Of one kind the newest of a review, State and instrument counts.
    Written by a worker; only the word of the State changes.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="brought_pieces", verbose_name=_("review"))
    kind = models.CharField(_("kind"), max_length=20, choices=BroughtKind)
    file = models.ForeignKey(BroughtFile, models.PROTECT, related_name="pieces", verbose_name=_("file"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    brought_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    checked_by = models.ForeignKey(_PERSON, models.PROTECT, related_name="+", verbose_name=_("checked by"))
    state_party = models.ForeignKey(
        _STATE, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State whose own it is")
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("instrument")
    )
    word = models.CharField(
        _("word of the State"), max_length=10, choices=StateWord, default=StateWord.NONE, blank=True
    )
    word_by = models.ForeignKey(
        _PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("said by")
    )
    word_at = models.DateTimeField(_("said at"), null=True, blank=True)
    reason = models.TextField(_("why the State objects"), blank=True)

    audit_name = "reviews.broughtpiece"

    class Meta:
        verbose_name = _("piece brought in")
        verbose_name_plural = _("pieces brought in")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["file", "review", "state_party"], name="a_file_once_a_review"),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.get_kind_display()}"

    @property
    def what(self) -> str:
        """Its kind in words, with the instrument of a text."""
        return f"{self.get_kind_display()}, {self.instrument}" if self.instrument else self.get_kind_display()
