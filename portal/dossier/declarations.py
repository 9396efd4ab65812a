"""What this feature declares to the kernel: how its acts are called, who may, its document, its page of a review."""

from django.utils.translation import gettext_lazy as _

from core import audit, jobs, policy as table
from portal.dossier import policy
from portal.dossier.circulated import documents_of
from portal.dossier.services import KIND, KINDS
from reviews.navigation import ReviewPart, ReviewTab, open_to_readers, register_tab
from reviews.symbols import register_documents

VERBS = {
    "portal.dossier.requested": _("asked for the whole record"),
    "portal.dossier.made": _("was made the whole record"),
    "portal.dossier.taken": _("took the whole record away"),
    "portal.exchange.requested": _("asked for a document of the exchange"),
    "portal.exchange.taken": _("took a document of the exchange"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    for kind in (KIND, *KINDS):
        jobs.register(kind)
    register_documents(documents_of)
    register_tab(ReviewTab(ReviewPart.RECORD, 20, _("Whole record"), open_to_readers("portal:dossier")))
