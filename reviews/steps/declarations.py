"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.review.advanced": _("moved the review to the next step"),
    "reviews.review.moved_back": _("moved the review back to the step before"),
    "reviews.review.course_brought_in": _("brought in how far the review had come elsewhere"),
    "reviews.review.processed": _("recorded that the documentation was processed"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
