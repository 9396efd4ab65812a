"""Internal threads of a State, in its room alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogue.threads.enums import ThreadSubject
from reviews.cases.models import ConfidentialModel


class Aside(ConfidentialModel):
    """What people of one State say to each other about something that the States exchange, until it is resolved.

    ``subject`` and ``matter`` name that as a thread of messages does. It never leaves the room of its State, also where
    the reviewing States share theirs.
    """

    subject = models.CharField(_("about"), max_length=20, choices=ThreadSubject)
    matter = models.CharField(_("about which"), max_length=300, blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("resolved by")
    )

    audit_name = "dialogue.aside"

    class Meta:
        verbose_name = _("internal thread")
        verbose_name_plural = _("internal threads")
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(name="aside_lies_in_a_room", condition=Q(room__isnull=False))]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.subject}"


class AsideNote(ConfidentialModel):
    """One note of an internal thread; append-only. ``mentioned`` is told of it, and has looked at it since or not."""

    aside = models.ForeignKey(Aside, models.CASCADE, related_name="notes", verbose_name=_("internal thread"))
    text = models.TextField(_("text"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    mentioned = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("mentions")
    )
    seen_at = models.DateTimeField(_("seen at"), null=True)

    audit_name = "dialogue.asidenote"

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(name="aside_note_lies_in_a_room", condition=Q(room__isnull=False))]

    def __str__(self) -> str:
        return f"{self.aside_id}: {self.written_by_id}"
