from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act: who, when, for which State, what, on which thing, from where. Written only by ``core.audit.record``.

    Invariants: rows are never changed or deleted (triggers of the database forbid it). Each belongs to one ``chain``
    and has no place in it until its transaction commits: the database then gives it the ``sequence`` that follows and
    a ``hash`` over the one before (migration 0002). So a committed chain has no gap, and what is taken out, altered or
    added behind our back shows. Formats: docs/audit.md.

    States are named by their ISO codes. ``acting_state`` is empty for the secretariat and the system. ``room`` is whose
    room the thing lay in at that moment: a State's, empty for the shared table, ``NOBODY`` where that is not known.
    """

    NOBODY = "-"

    id = models.BigAutoField(primary_key=True)
    chain = models.CharField(_("chain"), max_length=100)
    sequence = models.BigIntegerField(_("sequence in the chain"), null=True)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    actor_label = models.CharField(_("actor as named then"), max_length=200)
    acting_state = models.CharField(_("for which State"), max_length=3, blank=True)
    concerned_states = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name=_("States concerned")
    )
    room = models.CharField(_("room"), max_length=3, blank=True)
    address = models.CharField(_("from where"), max_length=45)
    address_nonce = models.CharField(_("random number of the address"), max_length=32)
    verb = models.CharField(_("verb"), max_length=100, db_index=True)
    target_type = models.CharField(_("kind of target"), max_length=100)
    target_id = models.CharField(_("key of target"), max_length=64)
    target_label = models.CharField(_("target as named then"), max_length=200)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    nonce = models.CharField(_("random number of the content"), max_length=32)
    earlier_hash = models.CharField(_("hash in the one chain of before"), max_length=64, blank=True)
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    previous_hash = models.CharField(_("previous hash"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64, blank=True)

    audit_name = "core.auditentry"

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_entry_a_place")]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["id"], name="audit_to_be_chained", condition=models.Q(sequence=None)),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence} {self.verb}"
