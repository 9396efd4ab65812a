"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.supplement.added": _("added a draft of supplementary information"),
    "reviews.supplement.changed": _("changed a draft of supplementary information"),
    "reviews.supplement.discarded": _("discarded a draft of supplementary information"),
    "reviews.supplement.sent": _("sent supplementary information"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
