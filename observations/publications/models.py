"""What public documents are found by, as long as they are public; and the translations that are open with one."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from observations.texts.enums import ObservationKind
from observations.texts.models import Publication
from observations.translations.models import TranslationOrder


class PublicationIndex(BaseModel):
    """What a public document is found by: its words in one form of letters and by their stems, articles and headings.

    A row for its own language, and one for each in which it is public too, with the words alone. A worker makes them
    with the files; they go with the end of the publication. ``names_experts``: whether their names are among the words,
    so that the row goes when one of them says no.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="index", verbose_name=_("publication"))
    language = models.CharField(_("language"), max_length=10)
    names_experts = models.BooleanField(_("names experts"), db_default=True)
    letters = models.TextField(_("words"))
    stems = SearchVectorField(_("stems of the words"))
    articles = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("articles"))
    headings = ArrayField(
        models.CharField(max_length=30, choices=ObservationKind), default=list, verbose_name=_("headings")
    )

    audit_name = "observations.publicationindex"

    class Meta:
        verbose_name = _("words of a public document")
        verbose_name_plural = _("words of public documents")
        constraints = [
            models.UniqueConstraint(fields=["publication", "language"], name="words_of_a_publication_once_a_language")
        ]
        indexes = [
            GinIndex(fields=["stems"], name="publication_stems"),
            GinIndex(fields=["letters"], opclasses=["gin_trgm_ops"], name="publication_letters"),
        ]

    def __str__(self) -> str:
        return str(self.publication)


class PublishedTranslation(BaseModel):
    """A confirmed translation that the State under review opened with its text, as long as that is open.

    ``document`` is what outsiders read of it; where names are published it holds the wording without them too.
    ``is_agreed``: the States have agreed on the text in this language, as far as a worker has seen, who makes the files
    too. What is public is found by the rows of ``PublicationIndex`` in its language.
    """

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="translations", verbose_name=_("publication")
    )
    order = models.ForeignKey(TranslationOrder, models.PROTECT, related_name="+", verbose_name=_("translation"))
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    document = models.JSONField(_("document"))
    sha256 = models.CharField(_("SHA-256 of the translation"), max_length=64)
    is_agreed = models.BooleanField(_("agreed in this language"), default=False)
    pdf = models.FileField(_("PDF"), upload_to="publications/%Y/", blank=True, max_length=200)
    docx = models.FileField(_("Word"), upload_to="publications/%Y/", blank=True, max_length=200)
    xml = models.FileField("Akoma Ntoso", upload_to="publications/%Y/", blank=True, max_length=200)

    audit_name = "observations.publishedtranslation"

    class Meta:
        verbose_name = _("published translation")
        verbose_name_plural = _("published translations")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "language"], name="one_published_translation_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.publication}: {self.get_language_display()}"
