"""What something that a State has opened beyond its review is found by, for those who read it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.audiences.enums import SharingAudience
from reviews.cases.models import Review


class OpenedWords(BaseModel):
    """The words of what was opened to an audience, by their stems and in one form of letters, with its articles.

    ``opened``: the row that opens it, of whatever feature; its words are read by whom it is open to, as row security
    has it, and go with its end. ``names_experts``: whether names of experts are among the words, so that these go when
    one of them says no. Written only by ``reviews.audiences.services``.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    audience = models.CharField(_("shared with"), max_length=20, choices=SharingAudience)
    opened = models.UUIDField(_("what was opened"), unique=True)
    language = models.CharField(_("language"), max_length=10)
    names_experts = models.BooleanField(_("names experts"), default=False)
    letters = models.TextField(_("words"))
    stems = SearchVectorField(_("stems of the words"))
    articles = ArrayField(models.PositiveSmallIntegerField(), default=list, verbose_name=_("articles"))
    headings = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("headings"))

    audit_name = "reviews.openedwords"

    class Meta:
        verbose_name = _("words of what was opened")
        verbose_name_plural = _("words of what was opened")

    def __str__(self) -> str:
        return f"{self.review_id}: {self.audience} {self.opened}"
