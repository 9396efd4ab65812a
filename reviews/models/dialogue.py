from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.models import MarkdownField, RenderedField
from reviews.enums import MeetingMeans
from reviews.models.confidential import ConfidentialModel
from reviews.models.participation import Participation


def _place_of_file(supplement: models.Model, name: str) -> str:
    """Under the key of the row: what a person calls a file is kept in a column, not on the disk."""
    return f"supplements/{supplement.pk}{PurePath(name).suffix.lower()}"


class SupplementaryInformation(ConfidentialModel):
    """A source that the State under review provides beyond its answers; the list of observations names it.

    It lies in the room of the State under review until its focal point sends it (procedures and rules, para. 19).
    ``revision`` counts the saves: one that rests on an older revision does not overwrite.
    """

    title = models.CharField(_("title"), max_length=300)
    pages = models.CharField(_("relevant pages"), max_length=100, blank=True)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    file = models.FileField(_("file"), upload_to=_place_of_file, blank=True, max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("supplementary information")
        verbose_name_plural = _("supplementary information")
        ordering = ["created_at"]

    @property
    def text(self) -> str:
        """What people wrote, for a page that shows how it stands now beside what somebody else typed."""
        return "\n".join(filter(None, [self.title, self.pages, self.link, self.file_name]))

    def __str__(self) -> str:
        return f"{self.review}: {self._meta.verbose_name}"  # what it is called is content, and the audit holds none


class DialogueMeeting(ConfidentialModel):
    """A meeting of the experts outside the portal: when, how, who took part, what was talked about."""

    held_on = models.DateField(_("held on"))
    means = models.CharField(_("means"), max_length=20, choices=MeetingMeans)
    participants = models.ManyToManyField(Participation, related_name="+", verbose_name=_("participants"))
    others = models.CharField(_("others who took part"), max_length=500, blank=True)
    subject = MarkdownField(_("what was talked about"), blank=True)
    subject_html = RenderedField(_("the text as it is shown"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded for")
    )

    class Meta:
        verbose_name = _("meeting of the experts")
        verbose_name_plural = _("meetings of the experts")
        ordering = ["held_on", "created_at"]

    def __str__(self) -> str:
        return f"{self.review}: {self.held_on}"
