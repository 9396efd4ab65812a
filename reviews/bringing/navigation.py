"""Where the pages of what was brought in lie."""

from typing import Any

from django.urls import reverse

from reviews.cases.models import Review


def address_of_pieces(user: Any, review: Review) -> str | None:
    """The page of what was brought in for a review; none where nothing was."""
    if not review.is_brought_in:
        return None
    return reverse("reviews:brought-in", args=[review.mechanism.slug, review.code])
