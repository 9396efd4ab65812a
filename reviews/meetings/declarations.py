"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from reviews.capacities import place_of_piece
from reviews.meetings import policy
from reviews.meetings.models import DialogueMeeting, PlannedMeeting
from reviews.meetings.services import follow_team
from reviews.opening import follows_team

VERBS = {
    "reviews.meeting.recorded": _("recorded a meeting of the experts"),
    "reviews.meeting.invited": _("invited to a meeting of the experts"),
    "reviews.meeting.answered": _("answered an invitation to a meeting of the experts"),
    "reviews.meeting.agreed": _("completed the agreement on a meeting of the experts"),
    "reviews.meeting.changed": _("changed a meeting of the experts to come"),
    "reviews.meeting.cancelled": _("cancelled a meeting of the experts"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    follows_team(follow_team)
    for model in (DialogueMeeting, PlannedMeeting):
        audit.register(model, place_of_piece)
