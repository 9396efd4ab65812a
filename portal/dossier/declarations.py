"""What this feature declares to the kernel: how its acts are called, who may, its document, its page of a review."""

from django.utils.translation import gettext_lazy as _

from core import audit, jobs, policy as table
from portal.dossier import policy
from portal.dossier.services import KIND
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab

VERBS = {
    "portal.dossier.requested": _("asked for the whole record"),
    "portal.dossier.made": _("was made the whole record"),
    "portal.dossier.taken": _("took the whole record away"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    jobs.register(KIND)
    register_tab(ReviewTab(ReviewPart.RECORD, 20, _("Whole record"), open_to_readers("portal:dossier")))
