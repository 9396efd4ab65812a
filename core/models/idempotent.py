from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.base import BaseModel


class IdempotentAnswer(BaseModel):
    """What a program was answered to an act that it named by a key, so that the same sent again is not done again.

    Written in the transaction of the act: there is an answer exactly where the act was done. It may hold what is
    confidential, is read by its person alone, and goes after a day. Written only by ``core.idempotent``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    key = models.CharField(_("key"), max_length=200)
    fingerprint = models.CharField(_("SHA-256 of the request"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    headers = models.JSONField(_("headers"), default=dict)
    body = models.JSONField(_("body"), encoder=DjangoJSONEncoder)

    audit_name = "core.idempotentanswer"

    class Meta:
        verbose_name = _("answer to a program")
        verbose_name_plural = _("answers to programs")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_a_person_and_key")]

    def __str__(self) -> str:
        return self.key
