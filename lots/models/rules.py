from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models import Mechanism
from reviews.models.programme import Evidenced


class DrawRule(Evidenced):
    """A rule of the drawing of lots, with its evidence. Where ``switch`` is set it can be chosen for a draw.

    ``default`` is the value of the switch that a draw begins with (``lots.algorithm.switches``).
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="draw_rules", verbose_name=_("mechanism"))
    key = models.SlugField(_("key"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("rule"))
    switch = models.CharField(_("switch"), max_length=30, blank=True)
    default = models.CharField(_("value to begin with"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("rule of the draw")
        verbose_name_plural = _("rules of the draw")
        ordering = ["mechanism", "order"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "key"], name="one_draw_rule_a_key")]

    def __str__(self) -> str:
        return self.name
