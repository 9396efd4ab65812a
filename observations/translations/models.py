"""Translations of texts: who was asked for one, what it says segment by segment; and terms in the six languages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from observations.texts.models import AgreedText, TextVersion
from observations.translations.enums import TranslationStatus
from observations.translations.segments import MACHINE
from reviews.cases.models import ConfidentialModel
from reviews.programme.models import Evidenced


class Term(Evidenced):
    """What a concept is called in one language: reference data of the institution, offered while one translates."""

    concept = models.SlugField(_("concept"), max_length=60)
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    words = models.CharField(_("term"), max_length=120)

    audit_name = "observations.term"

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["concept", "language"]
        constraints = [models.UniqueConstraint(fields=["concept", "language"], name="one_term_a_concept_and_language")]

    def __str__(self) -> str:
        return self.words


class TranslationOrder(ConfidentialModel):
    """One version of a text, ordered from one translator in one other language (``language``), and what came of it.

    It lies in the room of the State that ordered it until that State's focal point confirms it; then it lies on the
    shared table and never changes. ``document`` is a copy of the frozen version, so that a translator, who reads no
    row of the review, reads this one: as long as the order has not ended. ``words`` are the translated segments by
    their keys (``segments``), ``revision`` counts their saves. Changed by ``translations.services`` alone.
    """

    agreed_text = models.ForeignKey(AgreedText, models.CASCADE, related_name="translations", verbose_name=_("text"))
    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="translations", verbose_name=_("version"))
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("translator")
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("ordered by")
    )
    ordered_for = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("ordered for"))
    due_on = models.DateField(_("due on"))
    word_count = models.PositiveIntegerField(_("words"))
    remark = models.TextField(_("remark"), blank=True)
    document = models.JSONField(_("document"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    words = models.JSONField(_("translated segments"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_sha256 = models.CharField(_("SHA-256 of the translation"), max_length=64, blank=True)

    audit_name = "observations.translationorder"

    class Meta:
        verbose_name = _("translation of a text")
        verbose_name_plural = _("translations of texts")
        ordering = ["language", "created_at"]
        constraints = [
            models.CheckConstraint(
                name="translation_confirmed_lies_on_the_table",
                condition=models.Q(room__isnull=False, confirmed_at=None, confirmed_sha256="")
                | models.Q(room=None, confirmed_at__isnull=False, ended_at__isnull=False)
                & ~models.Q(confirmed_sha256=""),
            ),
            models.UniqueConstraint(
                fields=["agreed_text", "language", "room"],
                condition=models.Q(ended_at=None),
                name="one_running_translation_a_state_and_language",
            ),
        ]

    @property
    def status(self) -> TranslationStatus:
        if self.confirmed_at:
            return TranslationStatus.CONFIRMED
        if self.ended_at:
            return TranslationStatus.ENDED
        if self.handed_in_at:
            return TranslationStatus.HANDED_IN
        written = [each for each in self.words.values() if each.get("text")]
        if not written:
            return TranslationStatus.NOT_BEGUN
        is_machine = any(each.get("by") == MACHINE for each in written)
        return TranslationStatus.MACHINE if is_machine else TranslationStatus.HUMAN

    @property
    def symbol(self) -> str:
        """By which the document is known, also to a translator, who reads no row of the review."""
        return str(self.document["symbol"])

    @property
    def original_language(self) -> str:
        """That of the version; the text may be in another one by now."""
        return str(dict(UN_LANGUAGES)[self.document["language"]])

    def __str__(self) -> str:
        return f"{self.document.get('symbol', '')}: {self.get_language_display()}"
