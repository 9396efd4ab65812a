"""The table of permissions on what the institution makes its own, printed whole in tests/permissions/setup_matrix.csv.

Where mails go is set by whoever runs the machine, and by no page: who chooses the server could read every link to an
account (docs/adr/0043).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, administrator, in_secretariat, secretariat_role
from core.policy import Rule, Table, may
from portal.setup.enums import SetupAction

PERMISSIONS: Table[RoleFacts] = Table(
    SetupAction,
    sees=in_secretariat,
    rules={
        SetupAction.VIEW: Rule(),
        SetupAction.VIEW_SETTINGS: Rule(
            may(administrator, else_=_("Only administrators of the secretariat see what the environment decides."))
        ),
        SetupAction.CHANGE: Rule(
            may(administrator, else_=_("Only administrators of the secretariat set up the portal."))
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> RoleFacts:
    """For SetupAction, which has no target."""
    return RoleFacts(role=secretariat_role(actor))
