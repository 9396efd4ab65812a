from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import NotificationStatus
from core.models.base import BaseModel


class Notification(BaseModel):
    """A mail that is owed to one person, in that person's language.

    Invariant: one row, and so at most one mail, for each ``key``. Written by ``core.notifications.queue``.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("recipient")
    )
    key = models.CharField(_("key"), max_length=200, unique=True)
    template = models.CharField(_("template"), max_length=100)
    context = models.JSONField(_("context"), default=dict)
    status = models.CharField(_("status"), max_length=10, choices=NotificationStatus, default=NotificationStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["created_at"]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notification_due", condition=models.Q(status="queued"))
        ]

    def __str__(self) -> str:
        return self.key
