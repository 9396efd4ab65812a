"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit, policy as table
from core.audit import AuditPlace
from core.mail.reports import register_told
from reviews.capacities import place_in_review
from reviews.nominations import policy
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.nominations.asked": _("asked for the people whom States have not named"),
    "reviews.note.recorded": _("recorded a note verbale"),
    "reviews.note.changed": _("changed a note verbale"),
    "reviews.note.submitted": _("submitted a note verbale for the check"),
    "reviews.note.returned": _("returned a note verbale"),
    "reviews.note.discarded": _("discarded a note verbale"),
    "reviews.note.approved": _("approved a note verbale"),
    "reviews.nomination.removed": _("took a person off a note verbale"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("reviews/note_news")
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Nomination, lambda actor, verb, row: place_in_review(actor, row.review, room_id=_named_by(row)))
    audit.register(NoteVerbale, _of_note)


def _of_note(actor: Actor, verb: str, note: NoteVerbale) -> AuditPlace:
    return place_in_mechanism(actor, note.mechanism, state=note.state_party)


def _named_by(nomination: Nomination) -> Any:
    """Whom a State names is its own affair until the participation that comes of it is registered."""
    return nomination.note.state_party_id
