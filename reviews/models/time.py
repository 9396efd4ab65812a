from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.enums import TimeChangeKind, TimeChangeStatus
from reviews.models.review import Review, ReviewMilestone

_EXTENSION, _PAUSE, _ASKED = TimeChangeKind.EXTENSION, TimeChangeKind.PAUSE, TimeChangeStatus.ASKED


class TimeChange(BaseModel):
    """More time for one milestone (extension), or a pause of the whole review: asked for by one, agreed by the others.

    ``until`` is the new indicative date of the milestone, or the last day of the pause, whose first is ``starts_on``.
    ``asked_for`` is empty for the secretariat. ``recorded_how`` says how an agreement was reached that an officer
    recorded in place of answers given here. ``ended_on`` is the day on which the clock of a pause ran again before its
    time. Invariants: one open request a milestone, and one open pause a review; it is decided once.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="time_changes", verbose_name=_("review"))
    kind = models.CharField(_("kind"), max_length=10, choices=TimeChangeKind)
    milestone = models.ForeignKey(
        ReviewMilestone, models.CASCADE, null=True, related_name="time_changes", verbose_name=_("milestone")
    )
    starts_on = models.DateField(_("first day of the pause"), null=True)
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_for = models.ForeignKey(StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=TimeChangeStatus, default=_ASKED)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    recorded_how = models.TextField(_("how it was agreed"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    ended_on = models.DateField(_("ended early on"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )

    class Meta:
        verbose_name = _("extension or pause")
        verbose_name_plural = _("extensions and pauses")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="a_time_change_has_what_its_kind_needs",
                condition=models.Q(kind=_EXTENSION, milestone__isnull=False, starts_on=None)
                | models.Q(kind=_PAUSE, milestone=None, starts_on__isnull=False, until__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                name="one_open_extension_a_milestone",
                condition=models.Q(kind=_EXTENSION, status=_ASKED),
            ),
            models.UniqueConstraint(
                fields=["review"], name="one_open_pause_a_review", condition=models.Q(kind=_PAUSE, status=_ASKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.get_kind_display()}"


class TimeChangeAnswer(BaseModel):
    """A State's word on an extension or a pause, given by its focal point. Append-only."""

    change = models.ForeignKey(TimeChange, models.CASCADE, related_name="answers", verbose_name=_("extension or pause"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    agrees = models.BooleanField(_("agrees"))
    note = models.TextField(_("note"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), default=timezone.now)

    class Meta:
        verbose_name = _("answer on an extension or a pause")
        verbose_name_plural = _("answers on extensions and pauses")
        ordering = ["answered_at"]
        constraints = [models.UniqueConstraint(fields=["change", "state_party"], name="one_answer_a_change_and_state")]

    def __str__(self) -> str:
        return f"{self.change}: {self.state_party}"
