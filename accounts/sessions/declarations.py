"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "accounts.session.ended": _("ended another session of one’s own"),
    "accounts.session.others_ended": _("ended all other sessions of one’s own"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
