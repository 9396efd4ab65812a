"""The legal library of a State: its laws, by which words answers name them, and every wording that an entry had."""

from pathlib import PurePath

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.models import BaseModel
from questionnaires.laws.enums import LawKind, LawStatus
from reviews.cases.models import Review

LANGUAGES = 12  # characters of a language's code


class Law(BaseModel):
    """A law, regulation, case or policy of a State, entered once for all of its reviews.

    Confidential: read and written by those who take part for the State in a review of it. It is never deleted; one
    that is not to be cited any more is ``ended_at``. ``also_cited_as``: further words by which answers name it, one a
    line. Of the kind ``ELSEWHERE`` it is an answer to another mechanism, and its text is what has changed since.
    ``articles`` are what it implements: the code of an instrument, a space and a number. ``revision`` counts the
    saves, and each is a `LawVersion`. Written only by ``questionnaires.laws.services``.
    """

    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="laws", verbose_name=_("State"))
    kind = models.CharField(_("kind"), max_length=20, choices=LawKind, default=LawKind.LAW)
    title = models.CharField(_("title"), max_length=300)
    translation = models.CharField(_("title in translation"), max_length=300, blank=True)
    number = models.CharField(_("number"), max_length=100, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=LANGUAGES, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=LawStatus, default=LawStatus.IN_FORCE)
    since = models.DateField(_("from when"), null=True, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    also_cited_as = models.TextField(_("also cited as"), blank=True)
    articles = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("articles"))
    ended_at = models.DateTimeField(_("no longer used since"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    audit_name = "questionnaires.law"

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["title", "dated"]

    def __str__(self) -> str:
        return self.title


class LawName(BaseModel):
    """Words by which answers name a law (`questionnaires.laws.names.law_key`): of a State they mean one law."""

    law = models.ForeignKey(Law, models.CASCADE, related_name="names", verbose_name=_("law"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    key = models.TextField(_("words"))

    audit_name = "questionnaires.lawname"

    class Meta:
        verbose_name = _("name of a law")
        verbose_name_plural = _("names of laws")
        constraints = [models.UniqueConstraint(fields=["state_party", "key"], name="one_law_a_name")]

    def __str__(self) -> str:
        return self.key


def _place_of_law_file(file: models.Model, name: str) -> str:
    """Under the key of the row: what a person calls a file is kept in a column, not on the disk."""
    return f"laws/{file.pk}{PurePath(name).suffix.lower()}"


class LawFile(BaseModel):
    """The text of a law as a file, in one language. It stays as it came in and is never deleted: what was sent names
    it, with its hash. One that is not with the entry any more is ``ended_at``. Written only by ``laws.services``.
    """

    law = models.ForeignKey(Law, models.CASCADE, related_name="files", verbose_name=_("law"))
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=LANGUAGES, blank=True)
    file = models.FileField(_("file"), upload_to=_place_of_law_file, max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    ended_at = models.DateTimeField(_("no longer used since"), null=True, blank=True)

    audit_name = "questionnaires.lawfile"

    class Meta:
        verbose_name = _("file of a law")
        verbose_name_plural = _("files of laws")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["law", "sha256"], condition=models.Q(ended_at=None), name="one_file_of_a_law_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.law_id}: {self._meta.verbose_name}"


class LawVersion(BaseModel):
    """What an entry was at one save, by whom, and in which review he or she acted; append-only."""

    law = models.ForeignKey(Law, models.CASCADE, related_name="versions", verbose_name=_("law"))
    review = models.ForeignKey(Review, models.PROTECT, related_name="+", verbose_name=_("review"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    audit_name = "questionnaires.lawversion"

    class Meta:
        verbose_name = _("version of a law")
        verbose_name_plural = _("versions of laws")
        ordering = ["law", "number"]
        constraints = [models.UniqueConstraint(fields=["law", "number"], name="one_version_of_a_law_a_number")]

    def __str__(self) -> str:
        return f"{self.law_id} r{self.number}"
