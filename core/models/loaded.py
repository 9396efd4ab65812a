from django.conf import settings
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


class ProposedRow(BaseModel):
    """What the files of this release would have otherwise in a row that a person changed (``portal.reference``).

    ``key`` and ``row`` are those of LoadedRow, ``release`` the columns as the files have them. ``is_new``: the files
    say something else than they did before, and nobody has decided on it yet. ``declined_at``: an administrator keeps
    what the institution has; that ends when the files change again. The loader writes the row, the services what is
    decided.
    """

    table = models.CharField(_("table"), max_length=100)
    key = models.CharField(_("key"), max_length=300)
    row = models.UUIDField(_("row"))
    release = models.JSONField(_("values of the release"), default=dict)
    is_new = models.BooleanField(_("is new in this release"), default=False)
    declined_at = models.DateTimeField(_("declined at"), null=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("declined by")
    )

    audit_name = "core.proposedrow"

    class Meta:
        verbose_name = _("difference of the release")
        verbose_name_plural = _("differences of the release")
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="proposed_once_a_key")]

    def __str__(self) -> str:
        return f"{self.table}: {self.key}"
