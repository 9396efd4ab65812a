"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, jobs
from observations.documents.services import KINDS

VERBS = {
    "reviews.document.requested": _("asked for a document"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    for kind in KINDS:
        jobs.register(kind)
