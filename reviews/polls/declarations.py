"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from reviews.capacities import place_of_piece
from reviews.opening import follows_team
from reviews.polls import policy
from reviews.polls.models import MeetingPoll
from reviews.polls.services import follow_team

VERBS = {
    "reviews.poll.proposed": _("asked which times suit for a meeting of the experts"),
    "reviews.poll.answered": _("said which times suit for a meeting of the experts"),
    "reviews.poll.changed": _("changed the times of a poll for a meeting of the experts"),
    "reviews.poll.decided": _("picked a time of a poll for a meeting of the experts"),
    "reviews.poll.withdrawn": _("withdrew a poll for a meeting of the experts"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    follows_team(follow_team)
    audit.register(MeetingPoll, place_of_piece)
