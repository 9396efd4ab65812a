from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenScope(models.TextChoices):
    """What a program may do with a token, at most what its person may: ``group:read`` or ``group:write``, and acts
    that bind a State.

    A view of the API names its group (``core.api.views.StrictView``).
    """

    REVIEWS_READ = "reviews:read", _("Read reviews, dates and my work")
    REVIEWS_WRITE = "reviews:write", _("Act in reviews: meetings, dates, participants")
    ANSWERS_READ = "answers:read", _("Read questionnaires, answers and laws")
    ANSWERS_WRITE = "answers:write", _("Write answers and laws")
    DIALOGUE_READ = "dialogue:read", _("Read what the States exchange: feedback, requests, messages")
    DIALOGUE_WRITE = "dialogue:write", _("Write and send what the States exchange")
    TEXTS_READ = "texts:read", _("Read observations, texts, suggestions and translations")
    TEXTS_WRITE = "texts:write", _("Write observations, texts, suggestions and translations")
    OFFICE_READ = "office:read", _("Read what the secretariat looks after: accounts, draws, periods")
    OFFICE_WRITE = "office:write", _("Change what the secretariat looks after: accounts, draws, periods")
    ACCOUNT_READ = "account:read", _("Read my own profile and settings")
    ACCOUNT_WRITE = "account:write", _("Change my own profile and settings")
    BIND = "bind", _("Acts that bind your State, such as sending the self-assessment")


# What goes without the other, nobody means.
NEEDS = {scope: TokenScope(scope.replace(":write", ":read")) for scope in TokenScope if scope.endswith(":write")}


class TokenEnd(models.TextChoices):
    """Why a token has ended; the record of acts and the mail to its person say so."""

    PERSON = "person", _("You have ended it.")
    PASSPHRASE = "passphrase", _("The passphrase of your account was changed.")
    FACTOR = "factor", _("The second factor of your account was reset.")
    ACCOUNT = "account", _("Your account or its role was changed.")
    PARTICIPATION = "participation", _("Your participation for which it was made has ended.")
