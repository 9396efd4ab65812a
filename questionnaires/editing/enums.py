from django.db import models
from django.utils.translation import gettext_lazy as _


class EditingAction(models.TextChoices):
    VIEW = "editing.view", _("See drafts of questionnaires")
    EDIT = "editing.edit", _("Edit a draft of a questionnaire")
    PUBLISH = "editing.publish", _("Publish a draft of a questionnaire")
