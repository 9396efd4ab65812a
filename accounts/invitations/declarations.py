"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit
from core.mail.reports import register_told

VERBS = {
    "accounts.user.invited": _("invited a person to set a passphrase"),
    "accounts.user.first_offered": _("made the link for the first administrator"),
    "accounts.user.invitation_renewed": _("asked for a new activation link"),
    "accounts.user.activated": _("activated the own account"),
    "accounts.user.password_set": _("set the own passphrase"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("accounts/invitation")
