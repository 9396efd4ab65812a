"""Slips at the places of the desk, in the room of a reviewing State, who has read the answer there, and visits."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import BaseModel, MarkdownField, RenderedField
from reviews.cases.models import ConfidentialModel, Review
from reviews.programme.models import Article, Instrument


class DeskSlip(ConfidentialModel):
    """What a reviewing State keeps for itself at one question, or at one article where ``question_code`` is empty.

    It lies in the room of that State and never leaves it, also where the reviewing States share their rooms. Written by
    ``services``. ``revision`` counts the saves of the note: one that rests on an older revision does not overwrite.
    ``ask_by`` and ``observe_by``: who has set a mark of the State; nobody where it is not set.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("instrument"))
    question_code = models.CharField(_("question"), max_length=60, blank=True)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    text = MarkdownField(_("note"), blank=True, default="")
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by")
    )
    saved_at = models.DateTimeField(_("saved at"), null=True)
    ask_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("marked to ask by")
    )
    observe_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("marked to observe by")
    )

    audit_name = "dialogue.deskslip"

    class Meta:
        verbose_name = _("slip of the desk")
        verbose_name_plural = _("slips of the desk")
        ordering = ["instrument", "question_code"]
        constraints = [
            models.CheckConstraint(name="slip_lies_in_a_room", condition=Q(room__isnull=False)),
            models.CheckConstraint(
                name="slip_on_a_question_or_an_article",
                condition=Q(question_code="", article__isnull=False) | (~Q(question_code="") & Q(article=None)),
            ),
            models.UniqueConstraint(
                fields=["review", "room", "instrument", "question_code", "article"],
                name="one_slip_a_place",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.question_code or str(self.article)


class SlipReading(BaseModel):
    """Somebody of the State has read the answer at a slip."""

    slip = models.ForeignKey(DeskSlip, models.CASCADE, related_name="readings", verbose_name=_("slip"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    read_at = models.DateTimeField(_("read at"))

    audit_name = "dialogue.slipreading"

    class Meta:
        verbose_name = _("reading of an answer")
        verbose_name_plural = _("readings of answers")
        constraints = [models.UniqueConstraint(fields=["slip", "user"], name="one_reading_a_slip")]

    def __str__(self) -> str:
        return f"{self.slip_id}: {self.user_id}"


class DeskVisit(BaseModel):
    """When somebody of a reviewing State was last in a section of the desk, and when before; nobody else reads it.

    ``section``: its instrument and its short name, as in its address.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    section = models.CharField(_("section"), max_length=140)
    seen_at = models.DateTimeField(_("seen at"))
    before_at = models.DateTimeField(_("seen before at"), null=True)

    audit_name = "dialogue.deskvisit"

    class Meta:
        verbose_name = _("visit to the desk")
        verbose_name_plural = _("visits to the desk")
        constraints = [models.UniqueConstraint(fields=["review", "user", "section"], name="one_visit_a_section")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.user_id}"
