from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import BaseModel


class LoadedRow(BaseModel):
    """What the loader of the reference data last loaded of one row; a row that differs from it a person changed.

    ``key`` are the columns by which the files name the row, ``row`` is its key in the database, which stays when
    somebody renames it. Written by the loader alone (``portal.reference.memory``).
    """

    table = models.CharField(_("table"), max_length=100)
    key = models.CharField(_("key"), max_length=300)
    row = models.UUIDField(_("row"))
    values = models.JSONField(_("values as loaded"), default=dict)

    audit_name = "core.loadedrow"

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="loaded_once_a_key")]

    def __str__(self) -> str:
        return f"{self.table}: {self.key}"
