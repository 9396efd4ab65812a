"""The first account of an empty portal: an administrator, who begins with a link that whoever starts it reads."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.invitations.links import LinkKind, make_link_token
from accounts.invitations.services.invitations import owe_invitation
from accounts.people import register_user
from accounts.people.enums import AccountStatus, SecretariatRole
from accounts.people.models import User
from core import audit
from core.database.identity import giving_keys
from core.errors import ServiceError
from core.mail.files import folder_of_mails
from core.models import AuditEntry
from core.policy import SystemActor

ACTOR = SystemActor("first_administrator")


@transaction.atomic
@giving_keys()
def first_account_path(email: str) -> str | None:
    """The path with which the first administrator begins, and every one before it ends; None where anybody is there.

    A secret: to be shown to whoever starts the portal, never to be stored or logged. Where mails go to a server, and
    the address is no machine's own, a mail with such a link is owed too; the one that is used ends the other.
    """
    people = list(User.objects.select_for_update().order_by("pk")[:2])
    if not people:
        user, _is_new = register_user(
            actor=ACTOR,
            email=email,
            full_name="Administrator",
            language="en",
            secretariat_role=SecretariatRole.ADMINISTRATOR.value,
        )
    elif len(people) == 1 and _was_offered(people[0]):
        user = people[0]
    else:
        return None
    user.email = User.objects.normalize_email(email).lower()
    user.status = AccountStatus.INVITED
    user.set_unusable_password()  # another each time, so that a link from before is worth nothing
    user.save(update_fields=["email", "status", "password", "updated_at"])
    audit.record(ACTOR, "accounts.user.first_offered", user)
    if not folder_of_mails() and not user.email.endswith("@localhost"):
        owe_invitation(user, is_forced=True)  # the link of a mail that left a moment ago is worth nothing now
    return reverse("accounts:activate", args=[make_link_token(LinkKind.ACTIVATION, user)])


def _was_offered(user: User) -> bool:
    """Whether it is the account made here, and nobody has begun with it."""
    offers = AuditEntry.objects.filter(verb="accounts.user.first_offered", target_id=str(user.pk))
    return not user.activated_at and offers.exists()


def role_of_invited(wanted: str | None) -> str:
    """The role of somebody whom a command invites: by default an officer, and the first one an administrator.

    Raises ServiceError for another role where there is no administrator, who alone adds others.
    """
    administrator = SecretariatRole.ADMINISTRATOR.value
    has_one = User.objects.filter(secretariat_role=administrator, is_active=True).exists()
    if not has_one and wanted not in {None, administrator}:
        raise ServiceError(_("There is no administrator yet: the first one has to be one."))
    return wanted or (SecretariatRole.OFFICER.value if has_one else administrator)
