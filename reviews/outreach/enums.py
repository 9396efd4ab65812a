from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import WorkState


class LetterKind(models.TextChoices):
    """Why a mail with a link goes to an office of a State."""

    WRITTEN = "written", _("Written by an officer")
    REPEATED = "repeated", _("Sent again, since nobody was named")
    RENEWED = "renewed", _("Asked for by the holder of a link that had run out")


class ReceivedStatus(models.TextChoices):
    """What became of what a mission has sent by its link."""

    RECEIVED = "received", _("To be taken over")
    TAKEN_OVER = "taken_over", _("Taken over into a note verbale")
    SET_ASIDE = "set_aside", _("Set aside")

    @property
    def work_state(self) -> WorkState | None:
        return {
            ReceivedStatus.RECEIVED: WorkState.READY,
            ReceivedStatus.TAKEN_OVER: WorkState.DONE,
            ReceivedStatus.SET_ASIDE: None,
        }[self]


class Stand(models.TextChoices):
    """How far a State is; several may be true of one State at the same time."""

    UNNAMED = "unnamed", _("Nobody named yet")
    WITHOUT_CONTACT = "without_contact", _("No contact in the list")
    UNWRITTEN = "unwritten", _("Not written to")
    WRITTEN = "written", pgettext_lazy("a State", "Written to")
    UNANSWERED = "unanswered", _("Written to, nobody named yet")
    OPENED = "opened", _("Link opened")
    NAMED = "named", _("Named, being checked")
    CHECKED = "checked", _("Checked: has its focal point")
    SIGNED_IN = "signed_in", _("Focal point has begun")
    BOUNCED = "bounced", _("Mail came back")
