"""New members of the secretariat, whom two of it add (docs/adr/0021)."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.lifecycle.selectors import MEMBER_ADDED
from accounts.lifecycle.services.invitations import find_or_invite
from accounts.people import Actor
from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.models import User
from core import audit
from core.database.identity import giving_keys
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, isolated
from core.language.text import require_text
from core.policy import require

_LONGEST_NAME = 150


def member_wanted(*, email: str, full_name: str, role: str, language: str) -> dict[str, str]:
    """Who is to be added, as it is stored. Raises ServiceError with the field that is wrong."""
    address = require_text(email, _("Enter the e-mail address."), maximum=254, field="email").lower()
    try:
        validate_email(address)
    except ValidationError as error:
        message = _("This is not an e-mail address. It looks like name@ministry.example.")
        raise ServiceError(message, field="email") from error
    name = require_text(full_name, _("Enter the name."), maximum=_LONGEST_NAME, field="full_name")
    if role not in SecretariatRole.values:
        raise ServiceError(_("Choose the role in the secretariat."), field="role")
    if language not in dict(UN_LANGUAGES):
        raise ServiceError(_("Choose from the six languages of the United Nations."), field="language")
    return {"email": address, "full_name": " ".join(name.split()), "role": role, "language": language}


def check_new_member(email: str) -> None:
    """Raise ServiceError where the address is that of an account."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        raise ServiceError(_why_not(user) % {"person": isolated(str(user))}, field="email")


def _why_not(user: User) -> str:
    if user.affiliations.filter(ends_on=None).exists():
        return _("This is the address of %(person)s, who belongs to a State, and so has no role in the secretariat.")
    if not user.is_active:
        return _("The account with this address is closed. Ask on its page to open it again.")
    if user.secretariat_role:
        return _("%(person)s belongs to the secretariat already, with this address.")
    return _("%(person)s has an account with this address already. Ask on its page for a role in the secretariat.")


@transaction.atomic
@giving_keys()
def add_member(
    *, actor: Actor, email: str, full_name: str, role: str, language: str, reason: str, request: str
) -> User:
    """Register and invite whom two of the secretariat have agreed on (``request``: under which key).

    Called by the one door alone. Raises ServiceError like ``check_new_member``.
    """
    require(actor, AccountAction.CARRY_OUT)
    check_new_member(email)
    user = find_or_invite(actor=actor, email=email, full_name=full_name, language=language, secretariat_role=role)
    after = {"role": role, "request": request}
    audit.record(actor, MEMBER_ADDED, user, after=after, reason=reason)
    return user
