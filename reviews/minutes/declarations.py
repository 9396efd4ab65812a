"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from reviews.capacities import place_of_piece
from reviews.drafts import register_drafts
from reviews.minutes import policy
from reviews.minutes.models import MeetingNotes
from reviews.minutes.selectors import unsent_notes
from reviews.minutes.services import follow_team
from reviews.opening import follows_team

VERBS = {
    "reviews.notes.begun": _("began to draft the notes of a meeting of the experts"),
    "reviews.notes.discarded": _("discarded a draft of the notes of a meeting of the experts"),
    "reviews.notes.laid": _("laid the notes of a meeting of the experts before the States"),
    "reviews.notes.changed": _("changed the notes of a meeting of the experts"),
    "reviews.notes.answered": _("said for a State whether it agrees to the notes of a meeting"),
    "reviews.notes.agreed": _("completed the agreement on the notes of a meeting"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    follows_team(follow_team)
    audit.register(MeetingNotes, place_of_piece)
    register_drafts(unsent_notes)
