"""What this feature declares to the kernel: how its acts are called in the record, and where they are kept."""

from django.utils.translation import gettext_lazy as _

from accounts.contacts.models import StateContact
from core import audit
from core.audit import AuditPlace

VERBS = {
    "accounts.statecontact.added": _("added a contact of a State"),
    "accounts.statecontact.changed": _("changed a contact of a State"),
    "accounts.statecontact.removed": _("took out a contact of a State"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    audit.register(StateContact, lambda actor, verb, row: AuditPlace())
