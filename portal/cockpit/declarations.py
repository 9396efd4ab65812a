"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit, jobs, policy as table
from core.web import navigation
from portal.cockpit import policy
from portal.cockpit.files import KINDS
from portal.cockpit.models import BulkAct, SavedView
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.view.saved": _("saved a view of the cockpit"),
    "reviews.view.changed": _("changed a view of the cockpit"),
    "reviews.view.deleted": _("deleted a view of the cockpit"),
    "reviews.bulk_act.confirmed": _("confirmed an act on many reviews"),
    "reviews.bulk_act.carried_on": _("carried on with an act on many reviews"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    for kind in KINDS:
        jobs.register(kind)
    navigation.register_part(navigation.PortalPart(60, _("Cockpit"), "cockpit", _address))
    for of_secretariat in (BulkAct, SavedView):
        audit.register(of_secretariat, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism))


def _address(user: Any, mechanism: str) -> str | None:
    if not user.secretariat_role:
        return None
    return reverse("portal:cockpit", args=[mechanism]) if mechanism else reverse("portal:cockpit-home")
