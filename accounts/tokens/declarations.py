"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "accounts.token.made": _("made an access token"),
    "accounts.token.ended": _("ended an access token"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
