"""What this feature declares to the kernel: how its acts are called in the record, where they are kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit
from core.audit import AuditPlace
from dialogue.joint.models import JointClearance
from reviews.capacities import place_in_review

VERBS = {
    "dialogue.feedback.cleared_jointly": _("cleared the joint feedback for the own State"),
    "dialogue.feedback.clearance_taken_back": _("took back the clearance of the joint feedback for the own State"),
}


def _place(actor: Actor, _verb: str, clearance: Any) -> AuditPlace:
    """Until all have cleared it, that a State has is told to the reviewing States alone: it stays in its own room."""
    return place_in_review(actor, clearance.feedback.review, room_id=clearance.state_party_id)


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(JointClearance, _place)
