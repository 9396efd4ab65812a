"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.text.proposal_cancelled": _("cancelled the proposed version by an edit"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
