import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from portal.cockpit.enums import BulkKind, BulkStatus, LineStatus, SkipReason
from reviews.cases.models import Review, ReviewMilestone
from reviews.programme.models import Mechanism


class SavedView(BaseModel):
    """A filter of the cockpit under a name, for its owner alone or for the whole secretariat.

    ``query`` is what follows the question mark of the address; it holds checked values of the filter and nothing else.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="saved_views", verbose_name=_("mechanism"))
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filter"), max_length=1000, blank=True)
    is_shared = models.BooleanField(_("shared with the secretariat"), default=False)
    is_default = models.BooleanField(_("opens first"), default=False)

    audit_name = "reviews.savedview"

    class Meta:
        db_table = "reviews_savedview"
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "mechanism", "name"], name="one_view_a_name"),
            models.UniqueConstraint(
                fields=["owner", "mechanism"], condition=models.Q(is_default=True), name="one_view_opens_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BulkAct(BaseModel):
    """One act on many reviews: prepared with a preview, confirmed once, carried out review by review.

    An extension names how much later the milestones shall be due (``extend_days``, calendar days from the present date
    of each) or the day until which (``extend_until``), one of the two, and its ``reason``, which the States read.
    """

    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="bulk_acts", verbose_name=_("mechanism"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_acts", verbose_name=_("prepared by")
    )
    kind = models.CharField(_("act"), max_length=30, choices=BulkKind)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("officer")
    )
    extend_days = models.PositiveSmallIntegerField(_("days more"), null=True, blank=True)
    extend_until = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=BulkStatus, default=BulkStatus.PREPARED)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    audit_name = "reviews.bulkact"

    class Meta:
        db_table = "reviews_bulkact"
        verbose_name = _("act on many reviews")
        verbose_name_plural = _("acts on many reviews")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="an_extension_has_days_or_a_date",
                condition=models.Q(
                    kind=BulkKind.EXTEND, extend_days__isnull=False, extend_days__gt=0, extend_until=None
                )
                | models.Q(kind=BulkKind.EXTEND, extend_days=None, extend_until__isnull=False)
                | (~models.Q(kind=BulkKind.EXTEND) & models.Q(extend_days=None, extend_until=None)),
            )
        ]

    def __str__(self) -> str:
        return str(BulkKind(self.kind).label)


class BulkActLine(BaseModel):
    """One review of an act on many: what was foreseen, and what came of it.

    ``foreseen`` is a SHA-256 of everything that the preview has shown, so that a change after it is noticed.
    ``is_changed``: it had changed when the act was to be confirmed. Of an extension also the milestone, when it was due
    as the preview was made, and until when more time is asked for.
    """

    act = models.ForeignKey(BulkAct, models.CASCADE, related_name="lines", verbose_name=_("act"))
    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    status = models.CharField(_("status"), max_length=10, choices=LineStatus)
    reason = models.CharField(_("why it is left out"), max_length=20, choices=SkipReason, blank=True)
    people = ArrayField(models.UUIDField(default=uuid.uuid4), default=list, verbose_name=_("who gets a mail"))
    milestone = models.ForeignKey(
        ReviewMilestone, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    foreseen = models.CharField(_("SHA-256 of what was foreseen"), max_length=64)
    is_changed = models.BooleanField(_("changed since the preview"), default=False)
    mails = models.PositiveSmallIntegerField(_("mails"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)

    audit_name = "reviews.bulkactline"

    class Meta:
        db_table = "reviews_bulkactline"
        verbose_name = _("review of an act on many")
        verbose_name_plural = _("reviews of an act on many")
        ordering = ["review__code"]
        constraints = [models.UniqueConstraint(fields=["act", "review"], name="a_review_once_an_act")]

    def __str__(self) -> str:
        return f"{self.act}: {self.review}"
