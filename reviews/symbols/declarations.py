"""What this feature declares to the kernel: how its acts are called, where they are kept, its page of a review."""

from django.utils.translation import gettext_lazy as _

from core import audit
from reviews.capacities import place_in_review
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPart, ReviewTab, open_with, register_tab
from reviews.symbols.models import DocumentSymbol

VERBS = {
    "reviews.documentsymbol.given": _("gave a document its symbol"),
    "reviews.documentsymbol.changed": _("changed the symbol of a document"),
    "reviews.documentsymbol.taken_off": _("took the symbol off a document"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(DocumentSymbol, lambda actor, verb, row: place_in_review(actor, row.review))
    address = open_with(ReviewAction.GIVE_SYMBOLS, "reviews:symbol-list")
    register_tab(ReviewTab(ReviewPart.RECORD, 30, _("Symbols"), address))
