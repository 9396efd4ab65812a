from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.agreement.models import StateAnswer
from reviews.cases.models import Review, TimeChange


class TimeChangeAnswer(StateAnswer):
    """A State's word on an extension or a pause, given by its focal point. Append-only."""

    change = models.ForeignKey(TimeChange, models.CASCADE, related_name="answers", verbose_name=_("extension or pause"))

    audit_name = "reviews.timechangeanswer"

    class Meta(StateAnswer.Meta):
        verbose_name = _("answer on an extension or a pause")
        verbose_name_plural = _("answers on extensions and pauses")
        constraints = [models.UniqueConstraint(fields=["change", "state_party"], name="one_answer_a_change_and_state")]

    def __str__(self) -> str:
        return f"{self.change}: {self.state_party}"


class CalendarFeed(BaseModel):
    """A private address at which a calendar program reads the dates of a person's reviews, without signing in.

    ``review`` is empty for all of them. Only the SHA-256 of the secret in the address is kept. Invariant: one address
    that is not ended for each person and review. Written only by ``reviews.dates.services``.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds", verbose_name=_("person")
    )
    review = models.ForeignKey(
        Review, models.CASCADE, null=True, blank=True, related_name="calendar_feeds", verbose_name=_("review")
    )
    sha256 = models.CharField(_("SHA-256 of the secret"), max_length=64, unique=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    audit_name = "reviews.calendarfeed"

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "review"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="one_calendar_feed_a_person_and_review",
            )
        ]

    def __str__(self) -> str:
        return str(self.review or self._meta.verbose_name)
