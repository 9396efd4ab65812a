"""Ministries and offices of a State, and their people."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.cases.models import ConfidentialModel, Participation


class Ministry(ConfidentialModel):
    """A ministry or office that a State has asked in a review, under the name by which its focal point calls it.

    It stays when nobody of it takes part any more. Two spellings of one are joined (``services.join_ministries``):
    the one that was ``joined_into`` the other stands for that from then on.
    """

    name = models.CharField(_("name"), max_length=200)
    joined_into = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, verbose_name=_("joined into"))

    audit_name = "reviews.ministry"

    class Meta:
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")
        constraints = [
            models.CheckConstraint(name="ministry_lies_in_a_room", condition=models.Q(room__isnull=False)),
            models.UniqueConstraint("review", "room", Lower("name"), name="one_ministry_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class MinistryMember(BaseModel):
    """A national contributor is of this ministry; who ends stays of it."""

    ministry = models.ForeignKey(Ministry, models.CASCADE, related_name="members", verbose_name=_("ministry"))
    participation = models.OneToOneField(
        Participation, models.CASCADE, related_name="membership", verbose_name=_("contributor")
    )

    audit_name = "reviews.ministrymember"

    class Meta:
        verbose_name = _("contributor of a ministry")
        verbose_name_plural = _("contributors of ministries")

    def __str__(self) -> str:
        return f"{self.ministry_id}: {self.participation_id}"
