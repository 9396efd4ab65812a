"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit
from questionnaires.assignments.joining import share_with_newcomers
from reviews.ministries import on_placed

VERBS = {
    "questionnaires.response.assigned": _("sent sections to a national contributor"),
    "questionnaires.response.reading_allowed": _("let a national contributor read all official answers"),
    "questionnaires.response.reading_ended": _("no longer let a national contributor read all official answers"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    on_placed(share_with_newcomers)
