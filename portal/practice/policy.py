"""The table of permissions on practising, printed whole in tests/permissions/practice_matrix.csv.

It is asked in the portal alone: in the practice portal nobody is anybody, and an exercise belongs to a session.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, officer, secretariat_role
from core.policy import Rule, Table, everybody, may
from portal.practice.enums import PracticeAction

PERMISSIONS: Table[RoleFacts] = Table(
    PracticeAction,
    sees=everybody,
    rules={
        PracticeAction.GO_OVER: Rule(),
        PracticeAction.VIEW_LEARNERS: Rule(
            may(officer, else_=_("Only officers of the secretariat see who has practised."))
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> RoleFacts:
    """For PracticeAction, which has no target."""
    return RoleFacts(role=secretariat_role(actor))
