"""The words that hints look for, by language: reference data of the institution."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_lazy as _

from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from observations.hints.enums import WatchedKind
from observations.hints.watched import SHORTEST_STEM, may_be_stem


class WatchedWord(BaseModel):
    """A word or a phrase of one language that is worth a second look in an observation, or an abbreviation that is not.

    ``is_stem``: words that only begin with it are found too.
    """

    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    kind = models.CharField(_("kind"), max_length=10, choices=WatchedKind)
    words = models.CharField(_("word or phrase"), max_length=60)
    is_stem = models.BooleanField(_("with any ending"), default=False)

    audit_name = "observations.watchedword"

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["language", "kind", "words"]
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="one_watched_word_a_language")]

    def clean(self) -> None:
        self.words = " ".join(self.words.split())
        if self.is_stem and (self.kind == WatchedKind.KNOWN or not may_be_stem(self.words, self.language)):
            message = gettext(
                "Only one word of at least %(number)d letters is found with any ending, and none in Chinese."
            )
            raise ValidationError({"is_stem": message % {"number": SHORTEST_STEM}})

    def __str__(self) -> str:
        return self.words
