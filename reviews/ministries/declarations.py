"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit
from core.audit import AuditPlace
from reviews.capacities import place_in_review
from reviews.ministries.models import Ministry

VERBS = {
    "reviews.contributor.placed": _("noted of which ministry a national contributor is"),
    "reviews.ministry.joined": _("joined two spellings of a ministry"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(Ministry, _of_ministry)


def _of_ministry(actor: Actor, verb: str, ministry: Ministry) -> AuditPlace:
    return place_in_review(actor, ministry.review, room_id=ministry.room_id)
