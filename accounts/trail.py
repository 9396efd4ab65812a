"""What the acts on accounts are called; they belong to no mechanism and are kept in the portal's chain."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "accounts.user.registered": _("registered a person"),
    "accounts.user.profile_changed": _("changed the own profile"),
    "accounts.user.invited": _("invited a person to set a passphrase"),
    "accounts.user.first_offered": _("made the link for the first administrator"),
    "accounts.user.invitation_renewed": _("asked for a new activation link"),
    "accounts.user.activated": _("activated the own account"),
    "accounts.user.password_set": _("set the own passphrase"),
    "accounts.user.factor_added": _("set up a second factor"),
    "accounts.user.factor_removed": _("removed a second factor"),
    "accounts.user.passkey_renamed": _("renamed a passkey of one’s own"),
    "accounts.user.second_factor_reset": _("reset the second factor of a person"),
    "accounts.user.address_changed": _("changed the e-mail address of an account"),
    "accounts.user.closed": _("closed an account"),
    "accounts.user.reopened": _("reopened an account"),
    "accounts.user.role_changed": _("changed the role of a person in the secretariat"),
    "accounts.mail.tried_again": _("had a mail sent again"),
    "accounts.terms.accepted": _("accepted the terms of confidentiality"),
    "accounts.session.ended": _("ended another session of one’s own"),
    "accounts.session.others_ended": _("ended all other sessions of one’s own"),
    "accounts.staff_session.started": _("began a staff session"),
    "accounts.staff_session.ended": _("ended a staff session"),
}


def register() -> None:
    audit.register_verbs(VERBS)
