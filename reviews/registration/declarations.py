"""What this feature declares to the kernel: how its acts are called in the record, and of which mails it tells."""

from django.utils.translation import gettext_lazy as _

from accounts.tokens import register_states_acted_for
from core import audit
from core.mail.reports import register_told
from reviews.participation import participations_of

VERBS = {
    "reviews.review.reminded": _("reminded those who owe the next act"),
    "reviews.review.officer_assigned": _("put an officer in charge"),
    "reviews.participation.registered": _("registered a participant"),
    "reviews.participation.replaced": _("replaced a participant"),
    "reviews.participation.ended": _("ended a participation"),
}


def declare() -> None:
    register_states_acted_for(lambda user: [row.state_party for row in participations_of(user)])
    audit.register_verbs(VERBS)
    register_told("reviews/due", "reviews/in_charge", "reviews/registered")
