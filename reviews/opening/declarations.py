"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.review.opened": _("opened the review"),
    "reviews.review.regrouped": _("put the review into the group that was drawn"),
    "reviews.review.team_changed": _("let other States review, as they were drawn"),
    "reviews.review.withdrawn": _("withdrew the review"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
