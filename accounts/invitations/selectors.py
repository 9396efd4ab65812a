"""Invitations, and where each is to be found."""

from django.utils.translation import gettext as _

from accounts.people.models import User
from core.language.i18n import isolated
from core.mail.files import folder_of_mails


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


INVITATION = "accounts/invitation"  # the template of the mail
