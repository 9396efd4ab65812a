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


class AccountAction(models.TextChoices):
    VIEW_STATES = "accounts.view_states", _("See the list of States")
    VIEW_OWN_PROFILE = "accounts.view_own_profile", _("See one's own profile")
    REGISTER_USER = "accounts.register_user", _("Register a person")
