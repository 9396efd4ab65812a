"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "accounts.provider.prepared": _("prepared an identity provider"),
    "accounts.provider.approved": _("approved an identity provider"),
    "accounts.provider.ended": _("ended an identity provider"),
    "accounts.link.made": _("connected the own account with an identity provider"),
    "accounts.link.ended": _("disconnected the own account from an identity provider"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
