from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckKind(models.TextChoices):
    """What may be worth a look in an answer; the value is the key of its limit (``reviews.programme.models.Limit``)."""

    CONTRADICTION = "answer_check_contradiction", _("“No”, and a law is cited")
    REFERS_ELSEWHERE = "answer_check_reference", _("The text only refers to another place")
    OTHER_LANGUAGE = (
        "answer_check_language",
        _("The text is in another script than that of the language of the answers"),
    )
    TOO_LONG = "answer_check_words", _("The text is very long")
    REPEALED_LAW = "answer_check_repealed", _("A law is cited that is no longer in force")
    NO_LAW = "answer_check_law", _("“Yes”, and no law is cited there or in what follows from it")


class CheckSeverity(models.IntegerChoices):
    """How much a finding weighs: the value that the secretariat gives the limit of its kind. 0 leaves the check out."""

    NOTE = 1, _("Note")
    WARNING = 2, _("Warning")
