"""Kinds of laws, how they stand, and what is done with the legal library of a State."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class LawKind(models.TextChoices):
    LAW = "law", pgettext_lazy("kind of a legal source", "Law")
    REGULATION = "regulation", pgettext_lazy("kind of a legal source", "Regulation")
    CASE = "case", pgettext_lazy("kind of a legal source", "Case")
    POLICY = "policy", pgettext_lazy("kind of a legal source", "Policy")
    ELSEWHERE = "elsewhere", pgettext_lazy("kind of a legal source", "Answer given elsewhere")


class LawStatus(models.TextChoices):
    IN_FORCE = "in_force", pgettext_lazy("status of a law", "In force")
    AMENDED = "amended", pgettext_lazy("status of a law", "Amended")
    REPEALED = "repealed", pgettext_lazy("status of a law", "Repealed")


# How an answer stands that was given to another mechanism: its ``LawStatus`` in other words.
STANDING_ELSEWHERE = {
    LawStatus.IN_FORCE: pgettext_lazy("status of an answer given elsewhere", "Still correct"),
    LawStatus.AMENDED: pgettext_lazy("status of an answer given elsewhere", "Correct with what has changed"),
    LawStatus.REPEALED: pgettext_lazy("status of an answer given elsewhere", "No longer correct"),
}


class LawAction(models.TextChoices):
    VIEW = "laws.view", _("Read the legal library of one's State")
    WRITE = "laws.write", _("Add and change a law of the library")
    BRING = "laws.bring", _("Bring a list of laws into the library")
    TAKE_OVER = "laws.take_over", _("Make entries of the references in the answers")
