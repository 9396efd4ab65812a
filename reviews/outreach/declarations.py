"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.mail.reports import register_told
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.nominationletter.written": _("wrote to an office of a State to have its people named"),
    "reviews.nominationletter.repeated": _("wrote again to an office of a State that has named nobody"),
    "reviews.nominationletter.renewed": _("sent the link of a mission anew, which its holder had asked for"),
    "reviews.receivednomination.received": _("received people whom a mission has named by its link"),
    "reviews.receivednomination.taken_over": _("took over into a note verbale whom a mission has named by its link"),
    "reviews.receivednomination.set_aside": _("set aside what a mission has sent by its link"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("reviews/nomination_letter", "reviews/unanswered")
    for model in (NominationLetter, ReceivedNomination):
        audit.register(model, lambda actor, verb, row: place_in_mechanism(actor, row.mechanism, state=row.state_party))
