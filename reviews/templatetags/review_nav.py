"""The pages of a review that its reader may open."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.policy import can
from reviews.cases import has_begun
from reviews.cases.enums import ReviewAction

register = template.Library()
_EVERYBODY = (
    ("overview", "portal:review-detail", _("Overview")),
    ("participants", "reviews:participant-list", _("Participants")),
    ("consultations", "reviews:consultation", _("Consultations")),
    ("dates", "reviews:dates", _("Dates")),
)
# What the States exchange exists once the answers have been sent.
_READERS = (
    ("desk", "portal:desk", _("Review desk")),
    ("feedback", "dialogue:feedback-list", _("Feedback")),
    ("clarifications", "dialogue:clarification-list", _("Clarifications")),
    ("dialogue", "dialogue:dialogue", _("Dialogue")),
    ("observations", "observations:observation-list", _("Observations")),
    ("texts", "observations:text-list", _("Documents")),
)
_RECORD = ("record", "reviews:record", _("Record of acts"))


@register.inclusion_tag("reviews/cases/_review_nav_links.html", takes_context=True)
def review_nav(context: dict[str, Any], current: str) -> dict[str, Any]:
    """``current`` is the short name of the page that is shown."""
    review, user = context["review"], context["request"].user
    pages = list(_EVERYBODY)
    if has_begun(review) and can(user, ReviewAction.READ_TABLE, review):
        pages += _READERS
    if can(user, ReviewAction.READ_RECORD, review):
        pages.append(_RECORD)
    address = [review.mechanism.slug, review.code]
    return {
        "links": [
            {"label": label, "address": reverse(name, args=address), "is_current": slug == current}
            for slug, name, label in pages
        ]
    }
