"""New members of the secretariat: two of it add each, but for the second, whom nobody else could approve.

In the first hour there is one administrator, and nobody else has ever begun. To wait for a second person to approve the
second person would be to wait for ever; so the first adds that one alone, and none after (docs/adr/0021).
"""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.invitations import find_or_invite, owe_invitation
from accounts.lifecycle.selectors import ADDED_ALONE, MEMBER_ADDED, second_of_first_hour
from accounts.people import SECRETARIAT, Actor
from accounts.people.enums import AccountAction, SecretariatRole
from accounts.people.models import User
from core import audit
from core.database.identity import giving_keys
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, isolated
from core.language.text import require_text
from core.mail.addresses import address_problem
from core.policy import SystemActor, require

FIRST_HOUR = SystemActor("accounts.first_hour")
_LONGEST_NAME = 150


def member_wanted(*, email: str, full_name: str, role: str, language: str) -> dict[str, str]:
    """Who is to be added, as it is stored. Raises ServiceError with the field that is wrong."""
    address = require_text(email, _("Enter the e-mail address."), maximum=254, field="email").lower()
    if problem := address_problem(address):
        raise ServiceError(problem, field="email")
    name = require_text(full_name, _("Enter the name."), maximum=_LONGEST_NAME, field="full_name")
    if role not in SecretariatRole.values:
        raise ServiceError(_("Choose the role in the secretariat."), field="role")
    if language not in dict(UN_LANGUAGES):
        raise ServiceError(_("Choose from the six languages of the United Nations."), field="language")
    return {"email": address, "full_name": " ".join(name.split()), "role": role, "language": language}


def check_new_member(email: str, besides: User | None = None) -> None:
    """Raise ServiceError where the address is that of an account; ``besides``: one that is to be moved to it."""
    known = User.objects.filter(email__iexact=email)
    user = known.exclude(pk=besides.pk).first() if besides else known.first()
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


@transaction.atomic
@giving_keys()
def add_second_member(*, actor: User, email: str, full_name: str, role: str, language: str, replaces: str = "") -> User:
    """Register and invite the second member of the secretariat, at once and alone.

    Until that person has begun, the first administrator may name another one, or mend the address: the invitation from
    before is worth nothing then. ``replaces``: the key of whom the page named as invited. Raises ServiceError with the
    field, also for a role that approves nothing, and where somebody was invited in the meantime.
    """
    require(actor, AccountAction.ADD_ALONE)
    # One at a time, and nobody begins meanwhile: what was asked above is asked anew of what stands still.
    list(User.objects.select_for_update().order_by("pk"))
    require(actor, AccountAction.ADD_ALONE)
    wanted = member_wanted(email=email, full_name=full_name, role=role, language=language)
    if role not in SECRETARIAT:
        message = _("An auditor approves nothing: the second member is an officer or an administrator.")
        raise ServiceError(message, field="role")
    before = second_of_first_hour()
    if replaces != (str(before.pk) if before else ""):
        raise ServiceError(_("Somebody has been invited in the meantime. Look at the page as it stands now."))
    check_new_member(wanted["email"], besides=before)
    door = replace(FIRST_HOUR, person=actor)
    wanted["secretariat_role"] = wanted.pop("role")
    user = _move(door, before, **wanted) if before else find_or_invite(actor=door, **wanted)
    audit.record(door, ADDED_ALONE, user, after={"role": role, "is_another": before is not None})
    return user


def _move(actor: Actor, user: User, *, email: str, full_name: str, secretariat_role: str, language: str) -> User:
    """Make the account that nobody has begun with another person's; the link from before ends."""
    user.email, user.full_name, user.language = email, full_name, language
    user.secretariat_role = SecretariatRole(secretariat_role)
    user.set_unusable_password()  # another one, on which every link rests
    user.save(update_fields=["email", "full_name", "language", "secretariat_role", "password", "updated_at"])
    owe_invitation(user, is_forced=True)
    audit.record(actor, "accounts.user.invited", user)
    return user
