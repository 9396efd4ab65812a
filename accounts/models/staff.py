from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.states import StateParty
from accounts.models.users import User
from core.models import BaseModel


class StaffSession(BaseModel):
    """A member of the secretariat holds the rare powers for a while, for a reason that the State concerned may read.

    ``state_party`` is empty where no single State is concerned (reference data). Over at ``expires_at``, or earlier at
    ``ended_at``. Written only by ``accounts.services.staff_sessions``.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="staff_sessions", verbose_name=_("person"))
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State concerned")
    )
    reason = models.TextField(_("reason"))
    started_at = models.DateTimeField(_("started at"))
    expires_at = models.DateTimeField(_("ends by itself at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff session")
        verbose_name_plural = _("staff sessions")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(ended_at=None), name="one_open_staff_session")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.started_at:%Y-%m-%d %H:%M}"
