from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import SecretariatRole
from accounts.states.models import StateParty
from core.enums import WorkState
from core.language.i18n import isolated
from core.models import BaseModel
from reviews.access.enums import AccessKind, AccessStatus
from reviews.cases.models import Participation
from reviews.nominations.models import NoteVerbale
from reviews.programme.models import Mechanism

PENDING = (AccessStatus.PREPARED, AccessStatus.TOLD, AccessStatus.DUE)


def _place_of_scan(request: models.Model, name: str) -> str:
    return f"access-requests/{request.pk}{PurePath(name).suffix.lower()}"


class AccessRequest(BaseModel):
    """The one door into a State's room: an act on access that two officers and the State itself stand behind.

    Prepared by one officer and approved by another (or, ``is_alone``, by nobody where no other is left); then told to
    all of the State's people, and carried out when one of them confirms or at ``effective_at``. What is asked for never
    changes: a request that was returned is prepared anew. ``about`` names the thing acted on, so that no two requests
    on it are open at once. Without a State it is about a person of the secretariat. Written only by
    ``reviews.access.services``.
    """

    kind = models.CharField(_("act"), max_length=20, choices=AccessKind)
    status = models.CharField(_("status"), max_length=10, choices=AccessStatus, default=AccessStatus.PREPARED)
    about = models.CharField(_("thing acted on"), max_length=400)
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("State")
    )
    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mechanism")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("participation")
    )
    note = models.ForeignKey(
        NoteVerbale, models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name=_("note verbale")
    )
    wanted = models.JSONField(_("what is asked for"), default=dict, blank=True)
    number = models.CharField(_("number of the note verbale"), max_length=100, blank=True)
    scan = models.FileField(_("scanned note"), upload_to=_place_of_scan, blank=True, max_length=200)
    scan_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    is_alone = models.BooleanField(_("taken on by the only officer left"), default=False)
    told_at = models.DateTimeField(_("told to the State at"), null=True, blank=True)
    effective_at = models.DateTimeField(_("takes effect at"), null=True, blank=True)
    delayed_at = models.DateTimeField(_("delayed at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("why it was returned, delayed or refused"), blank=True)
    done_at = models.DateTimeField(_("in effect since"), null=True, blank=True)

    audit_name = "reviews.accessrequest"

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=models.Q(status__in=PENDING), name="one_open_request_about_a_thing"
            ),
            models.CheckConstraint(
                name="two_people_prepare_and_approve",
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("prepared_by")),
            ),
            models.CheckConstraint(
                name="nothing_is_done_by_one_officer",
                condition=models.Q(status__in=[s for s in AccessStatus if s not in {"told", "due", "done"}])
                | models.Q(approved_by__isnull=False)
                | models.Q(is_alone=True),
            ),
            models.CheckConstraint(
                name="what_the_state_was_told_has_a_time",
                condition=~models.Q(status__in=["told", "due"])
                | models.Q(told_at__isnull=False, effective_at__isnull=False),
            ),
        ]

    @property
    def work_state(self) -> WorkState | None:
        return AccessStatus(self.status).work_state

    def __str__(self) -> str:
        """The act; of somebody who has no account yet, with whom it adds and as what."""
        act = str(self.get_kind_display())
        if self.kind != AccessKind.MEMBER:
            return act
        words = {"act": act, "person": isolated(self.wanted.get("full_name", "")), "role": self.role_wanted}
        return _("%(act)s: %(person)s, %(role)s") % words

    @property
    def role_wanted(self) -> str:
        """The role in the secretariat that it gives, in words."""
        return str(dict(SecretariatRole.choices).get(self.wanted.get("role", ""), _("None")))

    @property
    def note_number(self) -> str:
        return self.note.number if self.note else self.number

    @property
    def stored_scan(self) -> FieldFile:
        """The scan that stands behind it: that of the note verbale where it is one with people."""
        stored: Any = self.note.scan if self.note else self.scan
        return stored

    @property
    def stored_scan_name(self) -> str:
        return self.note.scan_name if self.note else self.scan_name
