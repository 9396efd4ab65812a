from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import NotificationStatus
from core.models.base import BaseModel


class Notification(BaseModel):
    """A mail that is owed to one person, in that person's language.

    Invariants: one row, and so at most one mail, for each ``key``; one Message-ID for each row, however often it is
    handed over. Made by ``core.mail.notifications``; its state is changed by ``delivery`` and ``bounces`` there alone.

    It goes to the address of the account as it leaves, unless ``other_address`` says otherwise; no word in the context
    does. To an office without an account it is sent on behalf of ``recipient`` (docs/adr/0045). ``about`` are the codes
    of what the mail speaks of. While it is being sent ``claim`` names the worker that may end it, until
    ``lease_until``; ``handed_over_at`` is noted just before the words go to the mail server. Who dies after that leaves
    nobody who knows whether they arrived: each such time counts in ``doubts`` (docs/adr/0018). Of one that
    ``is_private`` nobody but its recipient learns, not even that it did not arrive (docs/adr/0049).
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
    about = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("about"))
    address = models.EmailField(_("sent to"), blank=True)
    other_address = models.EmailField(_("to be sent to, instead of the address of the account"), blank=True)
    claim = models.UUIDField(_("claim"), null=True)
    lease_until = models.DateTimeField(_("claimed until"), null=True)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True)
    doubts = models.PositiveSmallIntegerField(_("hand-overs without an answer"), default=0)
    bounced_at = models.DateTimeField(_("bounced at"), null=True)
    is_private = models.BooleanField(_("told to nobody"), default=False)
    opened_at = models.DateTimeField(_("led to the portal at"), null=True)

    audit_name = "core.notification"

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="another_address_is_of_a_mailbox",
                condition=models.Q(other_address="") | models.Q(other_address__regex=r"^[^@\s]+@[^@\s]+$"),
            )
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notification_due", condition=models.Q(status="queued")),
            models.Index(fields=["lease_until"], name="notification_lease", condition=models.Q(status="sending")),
            models.Index(fields=["recipient", "-created_at"], name="notification_recipient"),
            models.Index(
                fields=["recipient"],
                name="notification_missing",
                condition=models.Q(status__in=[NotificationStatus.FAILED, NotificationStatus.BOUNCED]),
            ),
        ]

    def __str__(self) -> str:
        return self.key
