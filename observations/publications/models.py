"""What public documents are found by, as long as they are public."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from observations.texts.enums import ObservationKind
from observations.texts.models import Publication


class PublicationIndex(BaseModel):
    """What a public document is found by: its words in one form of letters and by their stems, articles and headings.

    A worker makes it with the files; it goes with the end of the publication. ``names_experts``: whether their names
    are among the words, so that it goes when one of them says no.
    """

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="index", verbose_name=_("publication"))
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
        indexes = [
            GinIndex(fields=["stems"], name="publication_stems"),
            GinIndex(fields=["letters"], opclasses=["gin_trgm_ops"], name="publication_letters"),
        ]

    def __str__(self) -> str:
        return str(self.publication)
