import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class SecretariatRole(models.TextChoices):
    """What a member of the secretariat may do; everybody else has none."""

    OFFICER = "officer", _("Officer")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


class AccountStatus(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class AccountRuleKey(models.TextChoices):
    """The rules that ``AccountRule`` rows set; ``accounts.people.selectors.account_rule`` reads them."""

    ACTIVATION_LINK = "activation_link", _("How long an activation link is valid")
    PASSWORD_LINK = "password_link", _("How long a link for a forgotten passphrase is valid")
    SECOND_FACTOR_GRACE = "second_factor_grace", _("How long one may work without a second factor")
    FOCAL_POINT_GRACE = "focal_point_grace", _("How long a focal point may work without a second factor")
    SECRETARIAT_GRACE = "secretariat_grace", _("How long the secretariat may work without a second factor")
    IDLE_SESSION = "idle_session", _("After how long without a page a session ends")
    LONGEST_SESSION = "longest_session", _("After how long a session ends in any case")
    RECENT_SIGN_IN = "recent_sign_in", _("How recent the sign-in is for acts that bind a State")
    STAFF_SESSION = "staff_session", _("How long a staff session lasts")
    MISSION_LINK = "mission_link", _("How long the link of a mission is valid by which it names people")
    API_TOKEN = "api_token", _("How long an access token is valid at most")
    ACCESS_WAIT = "access_wait", _("How long a State may refuse a request for access")
    ACCESS_WAIT_ALONE = "access_wait_alone", _("How long a request of the only officer left waits")


# Rules of which 0 says "not at all".
GRACES = (AccountRuleKey.SECOND_FACTOR_GRACE, AccountRuleKey.FOCAL_POINT_GRACE, AccountRuleKey.SECRETARIAT_GRACE)


# How little the secretariat can make of what a State is promised: time to hear of an act and to refuse it (ours).
LEAST = {AccountRuleKey.ACCESS_WAIT: dt.timedelta(hours=24), AccountRuleKey.ACCESS_WAIT_ALONE: dt.timedelta(days=3)}


class RuleUnit(models.TextChoices):
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")


class AccountAction(models.TextChoices):
    VIEW_STATES = "accounts.view_states", _("See the list of States")
    VIEW_OWN_PROFILE = "accounts.view_own_profile", _("See one's own profile")
    MAKE_TOKEN = "accounts.make_token", _("Make an access token for a program of one’s own")
    REGISTER_USER = "accounts.register_user", _("Register a person")
    VIEW_ACCOUNTS = "accounts.view_accounts", _("See the accounts")
    VIEW_DELIVERIES = "accounts.view_deliveries", _("See which mails arrived")
    RETRY_DELIVERY = "accounts.retry_delivery", _("Have a mail sent again")
    VIEW_CONTACTS = "accounts.view_contacts", _("See the contacts of States")
    CHANGE_CONTACTS = "accounts.change_contacts", _("Change the contacts of States")
    INVITE_AGAIN = "accounts.invite_again", _("Send an activation link again")
    START_STAFF_SESSION = "accounts.start_staff_session", _("Begin a staff session")
    END_STAFF_SESSION = "accounts.end_staff_session", _("End one's staff session")
    CHANGE_ADDRESS = "accounts.change_address", _("Ask for a change of a person's e-mail address")
    CLOSE_ACCOUNT = "accounts.close_account", _("Ask to close an account")
    REOPEN_ACCOUNT = "accounts.reopen_account", _("Ask to open an account again")
    RESET_SECOND_FACTOR = "accounts.reset_second_factor", _("Ask to reset a person's second factor")
    CHANGE_ROLE = "accounts.change_role", _("Ask for a change of a role in the secretariat")
    ADD_MEMBER = "accounts.add_member", _("Ask for a new member of the secretariat")
    ADD_ALONE = "accounts.add_alone", _("Add the second member of the secretariat alone, in the first hour")
    CARRY_OUT = "accounts.carry_out", _("Give or take access, as two officers and the State have agreed")
    PREPARE_PROVIDER = "accounts.prepare_provider", _("Prepare an identity provider")
    APPROVE_PROVIDER = "accounts.approve_provider", _("Approve an identity provider that a colleague has prepared")
    END_PROVIDER = "accounts.end_provider", _("End an identity provider")
    MAINTAIN_REFERENCE_DATA = "accounts.maintain_reference_data", _("Change the reference data")
