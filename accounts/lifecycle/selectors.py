"""Who was invited in the first hour, and where an invitation is to be found."""

from django.utils.translation import gettext as _

from accounts.people.models import User
from core.language.i18n import isolated
from core.mail.files import folder_of_mails
from core.models import AuditEntry

MEMBER_ADDED = "accounts.user.member_added"
ADDED_ALONE = "accounts.user.added_alone"


def second_of_first_hour() -> User | None:
    """Whom the first administrator has invited alone, and who has not begun."""
    keys = AuditEntry.objects.filter(verb=ADDED_ALONE).values_list("target_id", flat=True)
    return User.objects.filter(pk__in=list(keys), is_active=True, activated_at=None).first()


def addition_alone(user: User) -> AuditEntry | None:
    """The act by which the first administrator has added this person alone."""
    return AuditEntry.objects.filter(verb=ADDED_ALONE, target_id=str(user.pk)).order_by("at").last()


def member_of_request(request: str) -> User | None:
    """Who was added by the request for access with this key, once it is in effect."""
    entry = AuditEntry.objects.filter(verb=MEMBER_ADDED, after__request=request).first()
    return User.objects.filter(pk=entry.target_id).first() if entry else None


def place_of_invitation(user: User) -> str:
    """Where the link is with which an invited person begins: nothing is said to be sent where nothing sends."""
    address = isolated(user.email)
    if folder := folder_of_mails():
        message = _(
            "No mail server is set up, and nothing was sent. The invitation for %(address)s is a file in the folder "
            "“%(folder)s” of the portal's data folder (DATA_DIR): whoever runs the portal hands on the link in it."
        )
        return message % {"address": address, "folder": folder}
    return _("The invitation is on its way to %(address)s.") % {"address": address}
