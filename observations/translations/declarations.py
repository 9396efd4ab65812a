"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit, jobs, policy as table
from core.audit import AuditPlace
from observations.language_sets import follows_set
from observations.translations import policy
from observations.translations.documents import KINDS
from observations.translations.models import TranslationOrder
from observations.translations.over_set import note_whole
from observations.translations.services import follow_cancelling, follow_team
from observations.versions import follows_cancelling
from reviews.capacities import capacity_of, chain_of_review, place_of_piece, place_of_request
from reviews.opening import follows_team

_OF_WHO_ASKS = frozenset({"observations.translation_document.requested", "observations.translation_document.taken"})
VERBS = {
    "observations.translation.ordered": _("ordered a translation of a text"),
    "observations.translation.taken_out": _("took a translation out as a file"),
    "observations.translation.taken_in": _("took a file into a translation"),
    "observations.translation.handed_in": _("handed a translation in"),
    "observations.translation.confirmed": _("confirmed a translation"),
    "observations.translation.ended": _("ended an order of a translation"),
    "observations.translation_document.requested": _("asked for the document of a translation"),
    "observations.translation_document.taken": _("took the document of a translation"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(TranslationOrder, place_of_order)
    follows_team(follow_team)
    follows_cancelling(follow_cancelling)
    follows_set(note_whole)
    for kind in KINDS:
        jobs.register(kind)


def place_of_order(actor: Actor, verb: str, order: Any) -> AuditPlace:
    """In the room of the State that ordered it; what its translator does too, who acts for no State of the review."""
    if verb in _OF_WHO_ASKS:
        return place_of_request(actor, order.review)
    if order.room_id is not None and capacity_of(actor, order.review) is None:
        code = order.ordered_for.iso3
        return AuditPlace(chain=chain_of_review(order.review), concerned_states=(code,), room=code)
    return place_of_piece(actor, verb, order)
