"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from accounts.people.enums import AccountAction
from accounts.staff_sessions.services import session_facts
from core import audit
from core.reference_site import reference_site

VERBS = {
    "accounts.staff_session.started": _("began a staff session"),
    "accounts.staff_session.ended": _("ended a staff session"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    reference_site.guard(
        AccountAction.MAINTAIN_REFERENCE_DATA,
        session_facts,
        session_action=AccountAction.START_STAFF_SESSION,
        session_page="accounts:staff-session-start",
    )
