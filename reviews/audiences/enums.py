"""The audiences beyond a State's own room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SharingAudience(models.TextChoices):
    """Who reads what a State opens; each takes in those before it. Without any, it is for the State's own room."""

    REVIEW_TEAM = "review_team", _("The reviewing States of this review")
    STATES_PARTIES = "states_parties", _("All States parties")
    PUBLIC = "public", _("Everybody")


BEYOND_THE_REVIEW = (SharingAudience.STATES_PARTIES, SharingAudience.PUBLIC)
