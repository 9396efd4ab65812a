from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import BaseModel
from reviews.enums import ParticipationRole, Side
from reviews.models.review import Review


class Participation(BaseModel):
    """A person takes part in a review: for which State, as what, from when until when.

    Invariants: one active focal point for each State and review; one active participation for each person and
    review. Written only by ``reviews.services.participation``, which keeps the grants in step.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="participations", verbose_name=_("review"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="participations", verbose_name=_("State"))
    role = models.CharField(_("role"), max_length=30, choices=ParticipationRole)
    side = models.CharField(_("side"), max_length=20, choices=Side)
    note_verbale = models.CharField(_("note verbale"), max_length=100, blank=True)
    started_at = models.DateTimeField(_("from"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["side", "state_party__iso3", "started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "state_party"],
                condition=models.Q(role=ParticipationRole.FOCAL_POINT, ended_at=None),
                name="one_active_focal_point",
            ),
            models.UniqueConstraint(
                fields=["review", "user"], condition=models.Q(ended_at=None), name="one_active_hat_a_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"
