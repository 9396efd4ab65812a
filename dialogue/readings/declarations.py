"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "dialogue.feedback.reader_asked": _("asked a colleague to read written feedback before it is sent"),
    "dialogue.feedback.read_as_second": _("read written feedback as the second person"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
