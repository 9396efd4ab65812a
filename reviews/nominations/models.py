from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.nominations.enums import NoteStatus
from reviews.programme.models import Mechanism


def _place_of_scan(note: models.Model, name: str) -> str:
    """Under the key of the row: what a person calls a file is kept in a column, not on the disk."""
    return f"notes-verbales/{note.pk}{PurePath(name).suffix.lower()}"


class NoteVerbale(BaseModel):
    """A note verbale in which a State names people for its reviews, with the scanned document.

    Nobody checks what he or she has recorded, nor what came by a link for which he or she wrote to the mission or put
    its address on the list (``written_by``, ``listed_by``). Written only by
    ``reviews.nominations.services.nominations``.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+", verbose_name=_("mechanism"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="notes_verbales", verbose_name=_("State"))
    number = models.CharField(_("number"), max_length=100)
    dated_on = models.DateField(_("date of the note"))
    scan = models.FileField(_("scanned note"), upload_to=_place_of_scan, blank=True, max_length=200)
    scan_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=NoteStatus, default=NoteStatus.RECORDING)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    came_by_link = models.BooleanField(_("named by the mission through its link"), default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wrote to the mission"),
    )
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("listed its address"),
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)

    audit_name = "reviews.noteverbale"

    class Meta:
        verbose_name = _("note verbale")
        verbose_name_plural = _("notes verbales")
        ordering = ["-dated_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "state_party", "number"], name="a_note_is_recorded_once"),
            models.CheckConstraint(
                name="two_people_record_and_check",
                condition=models.Q(checked_by=None) | ~models.Q(checked_by=models.F("recorded_by")),
            ),
            models.CheckConstraint(
                name="who_opened_the_link_does_not_check",
                condition=models.Q(checked_by=None)
                | (
                    (models.Q(written_by=None) | ~models.Q(checked_by=models.F("written_by")))
                    & (models.Q(listed_by=None) | ~models.Q(checked_by=models.F("listed_by")))
                ),
            ),
        ]

    @property
    def work_state(self) -> WorkState:
        return NoteStatus(self.status).work_state

    def __str__(self) -> str:
        return self.number


class Nomination(BaseModel):
    """One person named in a note verbale for one review; ``participation`` is what came of it.

    ``replaces`` is the participation that ends in the same moment.
    """

    note = models.ForeignKey(NoteVerbale, models.CASCADE, related_name="nominations", verbose_name=_("note verbale"))
    review = models.ForeignKey(Review, models.CASCADE, related_name="nominations", verbose_name=_("review"))
    role = models.CharField(_("role"), max_length=30, choices=ParticipationRole)
    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("name"), max_length=150)
    job_title = models.CharField(_("title"), max_length=150, blank=True)
    organization = models.CharField(_("ministry or office"), max_length=200, blank=True)
    phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES, default="en")
    replaces = models.ForeignKey(
        Participation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replaces")
    )
    participation = models.OneToOneField(
        Participation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nomination",
        verbose_name=_("participation"),
    )

    audit_name = "reviews.nomination"

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["review__code", "role", "full_name"]
        constraints = [
            models.UniqueConstraint(fields=["note", "review", "email"], name="one_nomination_a_person_and_review")
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.get_role_display()}"
