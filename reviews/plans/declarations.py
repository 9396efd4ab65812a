"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.mail.reports import register_told

VERBS = {
    "reviews.plan.drafted": _("drafted a version of the step plan"),
    "reviews.plan.changed": _("changed a draft version of the step plan"),
    "reviews.plan.discarded": _("discarded a draft version of the step plan"),
    "reviews.plan.published": _("published a version of the step plan"),
    "reviews.plan.moved": _("moved the review to another version of the step plan"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("reviews/plan_moved")
