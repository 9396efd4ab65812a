"""A private consultation between States of one review, with or without the secretariat.

Row-level security gives these rows to the focal points and experts of its States, to the officer who was
invited, and to nobody else; not even where the portal looks past the rooms (docs/adr/0049).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel, MarkdownField, RenderedField
from reviews.cases.models import Review


class Concern(BaseModel):
    """Opened by one State. Who takes part is settled at the opening and never changes: another one can be opened.

    ``officer`` is the person who was in charge then and was invited; whoever is in charge later is let in by nothing.
    Of what was written until ``officer_settled_until`` nothing waits for that person.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer who takes part"),
    )
    officer_settled_until = models.DateTimeField(_("nothing to add until, the officer"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    audit_name = "reviews.concern"

    class Meta:
        verbose_name = _("private consultation on a concern")
        verbose_name_plural = _("private consultations on concerns")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.review)


class ConcernState(BaseModel):
    """A State that takes part, the one that opened it included; it has nothing to add up to ``settled_until``."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="states", verbose_name=_("consultation"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    settled_until = models.DateTimeField(_("nothing to add until"), null=True, blank=True)

    audit_name = "reviews.concernstate"

    class Meta:
        verbose_name = _("State of a private consultation")
        verbose_name_plural = _("States of a private consultation")
        ordering = ["concern", "state_party__iso3"]
        constraints = [models.UniqueConstraint(fields=["concern", "state_party"], name="a_state_once_a_concern")]

    def __str__(self) -> str:
        return str(self.state_party)


class ConcernMessage(BaseModel):
    """What somebody wrote; ``state_party`` is None for the secretariat. Append-only."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="messages", verbose_name=_("consultation"))
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State")
    )
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    text = MarkdownField(_("text"))
    text_html = RenderedField(_("the text as it is shown"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )

    audit_name = "reviews.concernmessage"

    class Meta:
        verbose_name = _("message of a private consultation")
        verbose_name_plural = _("messages of a private consultation")
        ordering = ["concern", "created_at"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
