"""What is done with the answers that a State has sent, besides reading them in the review."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FILES = ("pdf", "docx", "xml")  # fields of what is shared, and the endings of its files


class SharingAction(models.TextChoices):
    LIST = "answers.list_audiences", _("See who else reads the answers that were sent")
    SHARE = "answers.share", _("Open the answers that were sent to others")
    TAKE_BACK = "answers.take_back", _("Open the answers to others no longer")
