"""What this feature declares to the kernel: how its acts are called in the record, and what it says beside answers."""

from django.utils.translation import gettext_lazy as _

from core import audit
from questionnaires.answers import register_reuse
from questionnaires.reuse.beside import beside_section
from questionnaires.reuse.frozen import frozen_origins
from questionnaires.reuse.models import QuestionLink
from questionnaires.sending import register_frozen
from reviews.programme import place_in_mechanism

VERBS = {
    "questionnaires.response.reused": _("took earlier answers, or gave one answer to several questions"),
    "questionnaires.response.earlier_set_aside": _("set an earlier answer aside"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(QuestionLink, lambda actor, verb, link: place_in_mechanism(actor, link.mechanism))
    register_frozen(frozen_origins)
    register_reuse(beside_section)
