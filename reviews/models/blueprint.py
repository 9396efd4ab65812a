from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.enums import ObservationKind, TextKind
from reviews.models.mechanism import Mechanism
from reviews.models.programme import Evidenced


class BlueprintText(Evidenced):
    """A fixed text of the list of observations or of the summary, with places to fill (``reviews.blueprint``)."""

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="blueprint_texts", verbose_name=_("mechanism")
    )
    kind = models.CharField(_("document"), max_length=30, choices=TextKind)
    key = models.SlugField(_("key"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("fixed text of a document")
        verbose_name_plural = _("fixed texts of documents")
        ordering = ["mechanism", "kind", "key"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "kind", "key"], name="one_blueprint_text_a_key")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"


class ObservationHeading(Evidenced):
    """A heading of the list of observations; code knows only its kind."""

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="observation_headings", verbose_name=_("mechanism")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=ObservationKind)
    letter = models.CharField(_("letter"), max_length=4)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=100)
    text = models.CharField(_("heading as the list prints it"), max_length=300)

    class Meta:
        verbose_name = _("heading of observations")
        verbose_name_plural = _("headings of observations")
        ordering = ["mechanism", "order"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "kind"], name="one_heading_a_kind")]

    def __str__(self) -> str:
        return self.name
