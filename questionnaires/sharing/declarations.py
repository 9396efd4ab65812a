"""What this feature declares to the kernel: how its acts are called in the record, and who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from questionnaires.sharing import policy

VERBS = {
    "questionnaires.answers.shared": _("opened answers to others"),
    "questionnaires.answers.taken_back": _("opened the answers to others no longer"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
