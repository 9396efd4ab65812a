"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from reviews.programme import place_in_mechanism
from reviews.reading import policy
from reviews.reading.models import ReadingItem

VERBS = {
    "reviews.readingitem.added": _("put a publication or tool on the list for experts"),
    "reviews.readingitem.changed": _("changed a publication or tool on the list for experts"),
    "reviews.readingitem.withdrawn": _("withdrew a publication or tool from the list for experts"),
    "reviews.readingitem.put_back": _("put a publication or tool back on the list for experts"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(ReadingItem, lambda actor, verb, item: place_in_mechanism(actor, item.mechanism))
