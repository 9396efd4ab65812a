"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from django.utils.translation import gettext_lazy as _

from core import audit
from reviews.adherence.models import AdherenceStatement
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.adherencestatement.added": _("recorded what a State has said of an instrument"),
    "reviews.adherencestatement.changed": _("corrected what a State has said of an instrument"),
    "reviews.adherencestatement.deleted": _("took out what a State had said of an instrument"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(
        AdherenceStatement, lambda actor, verb, row: place_in_mechanism(actor, row.adherence.instrument.mechanism)
    )
