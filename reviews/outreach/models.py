from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.contacts.models import StateContact
from accounts.links.models import StateLink
from accounts.states.models import StateParty
from core.enums import WorkState
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel, Notification
from reviews.nominations.models import NoteVerbale
from reviews.outreach.enums import LetterKind, ReceivedStatus
from reviews.programme.models import Mechanism


class NominationLetter(BaseModel):
    """A mail that is owed to an office of a State, asking it to name the State's people by its link.

    A page writes the row and nothing more; a worker makes link and mail, both in one transaction, and notes them here.
    So no page sends a mail to an address that it names (docs/adr/0045). ``is_dropped``: the office left the list, or
    changed its address, before the mail was made. ``listed_by``: who had put the address on the list. Written only by
    ``reviews.outreach.services.sending`` and ``repeats``.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+", verbose_name=_("mechanism"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="letters", verbose_name=_("State"))
    contact = models.ForeignKey(
        StateContact, models.SET_NULL, null=True, blank=True, related_name="letters", verbose_name=_("contact")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind, default=LetterKind.WRITTEN)
    office = models.CharField(_("mission or office"), max_length=200)
    address = models.EmailField(_("sent to"))
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("address listed by"),
    )
    link = models.OneToOneField(
        StateLink, models.PROTECT, null=True, blank=True, related_name="letter", verbose_name=_("link")
    )
    notification = models.OneToOneField(
        Notification, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mail")
    )
    is_dropped = models.BooleanField(_("was not sent, since the office had left the list"), default=False)

    audit_name = "reviews.nominationletter"

    class Meta:
        verbose_name = _("letter to an office of a State")
        verbose_name_plural = _("letters to offices of States")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["mechanism", "state_party"], name="letters_of_state"),
            models.Index(fields=["created_at"], name="letters_owed", condition=models.Q(link=None, is_dropped=False)),
        ]

    def __str__(self) -> str:
        return f"{self.state_party}: {self.office}"


def _place_of_scan(received: models.Model, name: str) -> str:
    return f"received-nominations/{received.pk}{PurePath(name).suffix.lower()}"


class ReceivedNomination(BaseModel):
    """What a mission has sent by its link: a note verbale with the people whom it names, as they were typed.

    No account, and no note yet: an officer takes it over into a ``NoteVerbale``, which another one checks. ``people``
    are dictionaries with ``role``, ``full_name``, ``job_title``, ``organization``, ``email``, ``language`` and
    ``reviews`` (codes). The same is received once (``digest``). Nothing of what was sent changes; written only by
    ``reviews.outreach.services.received``. ``told_at``: when the officers were told.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="+", verbose_name=_("mechanism"))
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, related_name="received_nominations", verbose_name=_("State")
    )
    link = models.ForeignKey(StateLink, models.PROTECT, related_name="received", verbose_name=_("link"))
    number = models.CharField(_("number"), max_length=100)
    dated_on = models.DateField(_("date of the note"))
    scan = models.FileField(_("scanned note"), upload_to=_place_of_scan, max_length=200)
    scan_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    people = models.JSONField(_("people"))
    digest = models.CharField(_("SHA-256 of all that was sent"), max_length=64)
    told_at = models.DateTimeField(_("officers were told at"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=ReceivedStatus, default=ReceivedStatus.RECEIVED)
    # The database empties it, whoever discards the note: a State does not see this row. Its constraint is written in
    # SQL (``the_note_may_go``, reviews.0003), since Django makes none that acts.
    note = models.OneToOneField(
        NoteVerbale,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
        verbose_name=_("note verbale"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("why it was set aside"), blank=True)

    audit_name = "reviews.receivednomination"

    class Meta:
        verbose_name = _("nomination received by link")
        verbose_name_plural = _("nominations received by link")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["link", "digest"], name="the_same_is_received_once")]

    @property
    def work_state(self) -> WorkState | None:
        return ReceivedStatus(self.status).work_state

    def __str__(self) -> str:
        return self.number

    @property
    def is_waiting(self) -> bool:
        """Whether an officer has to take it over; again, where the note that came of it was discarded."""
        return self.status == ReceivedStatus.RECEIVED or (
            self.status == ReceivedStatus.TAKEN_OVER and self.note_id is None
        )
