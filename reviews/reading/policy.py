"""The table of permissions on the list of publications and tools; printed in tests/permissions/reading_matrix.csv.

What is on the list is public; those who take part in a review find it on its page of preparation.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, in_secretariat, officer, secretariat_role
from core.policy import Rule, Table, may
from reviews.reading.enums import ReadingAction

PERMISSIONS: Table[RoleFacts] = Table(
    ReadingAction,
    sees=in_secretariat,
    rules={
        ReadingAction.VIEW: Rule(),
        ReadingAction.MAINTAIN: Rule(may(officer, else_=_("Only an officer of the secretariat keeps this list."))),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> RoleFacts:
    """For ReadingAction, which has no target."""
    return RoleFacts(role=secretariat_role(actor))
