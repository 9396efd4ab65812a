"""How people last narrowed lists."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.programme.models import Mechanism


class LastFilter(BaseModel):
    """How somebody last narrowed a list, for whoever comes back to it; its person alone reads it.

    ``page`` says which list. ``query`` is what follows the question mark of the address: checked values of the filter,
    and how the list is sorted and shown. Where nothing narrowed there is no row.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="+", verbose_name=_("mechanism"))
    page = models.CharField(_("page"), max_length=20)
    query = models.TextField(_("filter"))

    audit_name = "reviews.lastfilter"

    class Meta:
        verbose_name = _("last filter of a list")
        verbose_name_plural = _("last filters of lists")
        constraints = [
            models.UniqueConstraint(fields=["user", "mechanism", "page"], name="one_last_filter_a_person_and_list")
        ]

    def __str__(self) -> str:
        return f"{self.page}: {self.query}"
