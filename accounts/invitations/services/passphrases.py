"""What is noted and told when somebody has changed the own passphrase."""

import uuid
from typing import Any

from django.db import transaction

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core.mail import notifications
from core.policy import require


@transaction.atomic
def note_passphrase_changed(*, actor: User, circumstances: dict[str, Any]) -> None:
    """Tell the owner by mail; the change itself is recorded where it is made."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    notifications.queue(actor, "accounts/passphrase_changed", circumstances, key=f"passphrase:{uuid.uuid4()}")
