from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.programme.models import Cluster


class QuestionnaireDraft(BaseModel):
    """What is to become the next version of the questionnaire on a cluster: one draft at a time.

    ``content`` is what a file of a questionnaire holds (``definitions.as_data``), checked by the same rules; only what
    is still to come may be missing. ``edited_by`` are the keys of all who have changed it: none of them publishes it.
    Written only by ``editing.services``; it goes when it is published or discarded.
    """

    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="draft", verbose_name=_("cluster"))
    content = models.JSONField(_("content"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    edited_by = ArrayField(models.UUIDField(), default=list, verbose_name=_("edited by"))
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("last edited by")
    )

    audit_name = "questionnaires.questionnairedraft"

    class Meta:
        verbose_name = _("draft of a questionnaire")
        verbose_name_plural = _("drafts of questionnaires")
        ordering = ["cluster"]

    def __str__(self) -> str:
        return str(self.cluster)
