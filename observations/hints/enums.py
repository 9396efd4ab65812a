"""What a hint is about, and which words hints look for."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class HintKind(StrEnum):
    """In the order in which a page lists them."""

    NO_OBSERVATION = "no_observation"
    EMPTY_HEADING = "empty_heading"
    LEFT_OUT = "left_out"
    NO_GROUND = "no_ground"
    SHARED_GROUND = "shared_ground"
    ABBREVIATION = "abbreviation"
    PERSONAL = "personal"
    JUDGING = "judging"


class WatchedKind(models.TextChoices):
    """Guidelines, paragraph 12: objective and impersonal language; abbreviations are defined at their first use."""

    JUDGING = "judging", _("judges")
    PERSONAL = "personal", _("is personal")
    KNOWN = "known", _("abbreviation that everybody knows")
