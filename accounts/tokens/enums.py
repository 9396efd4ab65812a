from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenScope(models.TextChoices):
    """What a program may do with a token, at most what its person may: ``group:read`` or ``group:write``, and acts
    that bind a State.

    A view of the API names its group (``core.api.views.StrictView``).
    """

    REVIEWS_READ = "reviews:read", _("Read reviews, dates and my work")
    ANSWERS_READ = "answers:read", _("Read questionnaires, answers and laws")
    ANSWERS_WRITE = "answers:write", _("Write answers and laws")
    BIND = "bind", _("Acts that bind your State, such as sending the self-assessment")


# What goes without the other, nobody means.
NEEDS = {TokenScope.ANSWERS_WRITE: TokenScope.ANSWERS_READ, TokenScope.BIND: TokenScope.ANSWERS_WRITE}


class TokenEnd(models.TextChoices):
    """Why a token has ended; the record of acts and the mail to its person say so."""

    PERSON = "person", _("You have ended it.")
    PASSPHRASE = "passphrase", _("The passphrase of your account was changed.")
    FACTOR = "factor", _("The second factor of your account was reset.")
    ACCOUNT = "account", _("Your account or its role was changed.")
    PARTICIPATION = "participation", _("Your participation for which it was made has ended.")
