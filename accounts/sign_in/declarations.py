"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "accounts.user.factor_added": _("set up a second factor"),
    "accounts.user.factor_removed": _("removed a second factor"),
    "accounts.user.passkey_renamed": _("renamed a passkey of one’s own"),
    "accounts.user.second_factor_reset": _("reset the second factor of a person"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
