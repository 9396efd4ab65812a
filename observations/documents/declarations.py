"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, jobs
from observations.documents.selectors import documents_of
from observations.documents.services import KINDS
from reviews.symbols import register_documents

VERBS = {
    "reviews.document.requested": _("asked for a document"),
    "reviews.document.taken": _("took a document"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    for kind in KINDS:
        jobs.register(kind)
    register_documents(documents_of)
