"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "dialogue.reply.sent": _("sent a reply to written feedback"),
    "dialogue.reply.recalled": _("recalled a reply before another State had opened it"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
