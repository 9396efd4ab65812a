"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit
from core.language.searching import is_long_enough
from core.policy import can
from dialogue.asides.models import Aside
from dialogue.asides.selectors import notes_found
from dialogue.threads import matters_of
from dialogue.threads.enums import ThreadAction
from reviews.capacities import place_of_piece
from reviews.cases.models import Review
from reviews.navigation import PlaceOfReview, register_places

VERBS = {
    "dialogue.aside.noted": _("wrote an internal note"),
    "dialogue.aside.resolved": _("resolved an internal thread"),
    "dialogue.aside.reopened": _("opened an internal thread again"),
}


def _places(user: Any, review: Review, text: str) -> Iterator[PlaceOfReview]:
    """The internal threads of the reader's own State in whose notes the words stand; no query without words."""
    if not is_long_enough(text) or not can(user, ThreadAction.VIEW_NOTES, review):
        return
    found = notes_found(user, review, text)
    matters = matters_of(user, review, {(row.subject, row.matter) for row, _around in found})
    for row, around in found:
        url = reverse("dialogue:aside", args=[review.mechanism.slug, review.code, row.pk])
        yield PlaceOfReview(matters[row.subject, row.matter].title, url, _("Internal threads of my State"), around)


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(Aside, place_of_piece)
    register_places(_places)
