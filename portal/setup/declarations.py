"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from core.audit import AuditPlace
from core.mail.reports import register_told
from core.models import Institution
from portal.setup import policy

VERBS = {
    "core.institution.changed": _("changed how the portal is set up"),
    "core.institution.mail_tried": _("tried whether mails arrive"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    register_told("portal/test_mail")
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(Institution, lambda actor, verb, row: AuditPlace())
