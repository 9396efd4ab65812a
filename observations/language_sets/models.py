"""The languages in which, beside its own, a version of a text is agreed."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.language.i18n import UN_LANGUAGES
from observations.texts.models import TextVersion
from reviews.cases.models import ConfidentialModel


class LanguageSet(ConfidentialModel):
    """Proposed for a State, and agreed once every State that agrees on the text has cleared it (``Clearance``).

    ``languages`` are codes in their order, none for the authentic text alone. ``sha256`` is the hash of them and of the
    version, which is what a State clears. ``completed_at``: when the text was first agreed in all of them. One that is
    agreed stands until another one is; one that is not gives way to
    the next proposal. It lies on the shared table. Changed by ``language_sets.services`` alone.
    """

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="language_sets", verbose_name=_("version"))
    languages = ArrayField(
        models.CharField(max_length=10, choices=UN_LANGUAGES), default=list, verbose_name=_("languages")
    )
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_for = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("proposed for"))
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True)
    completed_at = models.DateTimeField(_("completed at"), null=True)

    audit_name = "observations.languageset"

    class Meta:
        verbose_name = _("languages of a version")
        verbose_name_plural = _("languages of versions")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(name="language_set_lies_on_the_table", condition=models.Q(room=None)),
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(agreed_at=None, replaced_at=None),
                name="one_proposed_language_set_a_version",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=models.Q(agreed_at__isnull=False, replaced_at=None),
                name="one_agreed_language_set_a_version",
            ),
        ]

    @property
    def content(self) -> dict[str, Any]:
        """What a State clears, and its hash is made of."""
        return {"version": self.version.number, "sha256": self.version.sha256, "languages": self.languages}

    @property
    def names(self) -> list[str]:
        """Of its languages, in the language of the page."""
        return [str(name) for code, name in UN_LANGUAGES if code in self.languages]

    def __str__(self) -> str:
        return f"{self.version}: {', '.join(self.languages)}"
