"""What is done with the set of languages in which a version is agreed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageSetAction(models.TextChoices):
    PROPOSE = "language_sets.propose", _("Propose in which languages a text is agreed")
    AGREE = "language_sets.agree", _("Agree to the languages in which a text is agreed")
