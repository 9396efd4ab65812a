"""What the acts on accounts are called; they belong to no mechanism and are kept in the portal's chain."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "accounts.user.registered": _("registered a person"),
    "accounts.user.profile_changed": _("changed the own profile"),
    "accounts.user.invited": _("invited a person to set a passphrase"),
    "accounts.user.password_set": _("set the own passphrase"),
}


def register() -> None:
    audit.register_verbs(VERBS)
