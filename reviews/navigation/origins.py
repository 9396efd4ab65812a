"""The pages of a review on which documents are asked for."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.jobs import LabelledLink, PageOfOrigin
from core.language.i18n import in_own_order
from reviews.cases.models import Review


def origin_in(review: Review, address: str, label: str | Promise) -> PageOfOrigin:
    """The page at ``address`` that is called ``label``, below the review."""
    mechanism, code = review.mechanism.slug, review.code
    above = (
        LabelledLink(reverse("reviews:review-list", args=[mechanism]), _("Reviews")),
        LabelledLink(reverse("portal:review-detail", args=[mechanism, code]), in_own_order(code)),
    )
    return PageOfOrigin(address, label, above, caption=str(review.state_under_review), code=code)
