"""Who practises, as the portal knows it; and exercises, as the practice portal does (docs/adr/0057).

The code of both is one, and so are the tables; in either portal those of the other side stay empty.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel
from reviews.cases.models import Review


class Learner(BaseModel):
    """In the portal: a person has gone over to practise. All that comes back are two days.

    ``alias`` is chance, and the only name by which the practice portal can speak of the person. Written only by
    ``portal.practice.services.learners``.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    alias = models.UUIDField(_("alias"), default=uuid.uuid4, unique=True, editable=False)
    begun_on = models.DateField(_("began to practise on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)

    audit_name = "portal.learner"

    class Meta:
        verbose_name = _("person who practises")
        verbose_name_plural = _("people who practise")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.user)


class HandOver(BaseModel):
    """In the practice portal: a hand-over that was used, so that none is used twice. Its key is the hand-over's."""

    audit_name = "portal.handover"

    class Meta:
        verbose_name = _("hand-over to the practice portal")
        verbose_name_plural = _("hand-overs to the practice portal")

    def __str__(self) -> str:
        return str(self.pk)


class Exercise(BaseModel):
    """In the practice portal: the review that one learner plays, with three States and a cast of its own.

    ``asked_at``: a worker was asked, for review and cast or for what the secretariat does, and has not done it yet;
    ``failure`` is what it said where it could not.
    ``cast`` names the account of each ``ExercisePart``; with the review it is there as soon as a worker has made it.
    A learner has one that was not dropped. Written only by ``portal.practice.services.exercises``.
    """

    learner = models.UUIDField(_("alias of the learner"))
    name = models.CharField(_("name to show"), max_length=150)
    language = models.CharField(_("language"), max_length=10)
    review = models.OneToOneField(
        Review, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("review")
    )
    cast = models.JSONField(_("accounts of the parts"), default=dict, blank=True)
    asked_at = models.DateTimeField(_("asked for at"), null=True, blank=True)
    failure = models.TextField(_("why it could not be made"), blank=True, default="")
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)

    audit_name = "portal.exercise"

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=models.Q(dropped_at=None), name="one_exercise_a_learner"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.created_at:%Y-%m-%d}"
