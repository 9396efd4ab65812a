"""How experts meet, how a meeting stands, and what is done with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import WorkState


class MeetingMeans(models.TextChoices):
    """How the experts met; the list of observations names the means used (annex II, paragraph 5)."""

    VIDEOCONFERENCE = "videoconference", _("Videoconference")
    CONFERENCE_CALL = "conference_call", _("Conference call")
    VIRTUAL_NETWORK = "virtual_network", _("Virtual network")
    IN_PERSON = "in_person", _("Meeting in person")


class MeetingStatus(models.TextChoices):
    """Of a meeting to come. A no leaves it open: another time is found, or it is cancelled."""

    INVITED = "invited", _("Waiting for answers")
    NOT_AGREED = "not_agreed", _("Not agreed")
    AGREED = "agreed", _("Agreed")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def work_state(self) -> WorkState | None:
        return {
            MeetingStatus.INVITED: WorkState.WITH_OTHERS,
            MeetingStatus.NOT_AGREED: WorkState.RETURNED,
            MeetingStatus.AGREED: WorkState.READY,
            MeetingStatus.CANCELLED: None,
        }[self]


class MeetingAction(models.TextChoices):
    """What is done about meetings of the experts to come."""

    INVITE = "meetings.invite", _("Invite to a meeting")
    ANSWER = "meetings.answer", _("Answer an invitation to a meeting for a State")
    CHANGE = "meetings.change", _("Change a meeting to come")
    CANCEL = "meetings.cancel", _("Cancel a meeting")
    DOWNLOAD = "meetings.download", _("Take the calendar entry of a meeting along")
