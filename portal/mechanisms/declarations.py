"""What this feature declares to the kernel: its acts in the record, who may, the act that takes long."""

from django.utils.translation import gettext_lazy as _

from core import audit, jobs, policy as table
from core.audit import AuditPlace
from core.jobs import ActKind
from portal.mechanisms import policy
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.policy import LOAD
from portal.mechanisms.tasks import load_mechanism_task

VERBS = {
    "portal.mechanismchoice.chosen": _("chose a mechanism"),
    "portal.mechanismchoice.brought_in": _("brought in the file of a mechanism"),
    "portal.mechanismchoice.confirmed": _("confirmed the mechanism of a colleague"),
    "portal.mechanismchoice.started_again": _("had a mechanism loaded again that could not be loaded"),
    "portal.mechanismchoice.withdrawn": _("withdrew a mechanism that was not loaded"),
    "portal.mechanismchoice.loaded": _("loaded a mechanism"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(MechanismChoice, lambda actor, verb, row: AuditPlace())
    jobs.register_act(ActKind(LOAD, load_mechanism_task))
