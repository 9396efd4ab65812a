"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle.selectors import ADDED_ALONE, MEMBER_ADDED
from accounts.people.enums import AccountAction
from core import audit
from core.policy import can
from core.web import navigation

VERBS = {
    "accounts.user.address_changed": _("changed the e-mail address of an account"),
    "accounts.user.closed": _("closed an account"),
    "accounts.user.reopened": _("reopened an account"),
    MEMBER_ADDED: _("added a member of the secretariat"),
    ADDED_ALONE: _("added the second member of the secretariat alone, in the first hour"),
    "accounts.user.role_changed": _("changed the role of a person in the secretariat"),
    "accounts.mail.tried_again": _("had a mail sent again"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    navigation.register_part(navigation.PortalPart(70, _("People"), "people", _address))


def _address(user: Any, mechanism: str) -> str | None:
    return reverse("accounts:account-list") if can(user, AccountAction.VIEW_ACCOUNTS) else None
