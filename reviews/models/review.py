from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import StateParty
from core.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.enums import Grant, ReviewingBasis
from reviews.models.mechanism import Article, Instrument, Mechanism
from reviews.models.plan import StepPlan, StepPlanVersion
from reviews.models.programme import Phase, ReviewGroup, Step


class Review(BaseModel):
    """One State under review in one phase, over every instrument that is in force for it on the starting day.

    Invariants: ``code`` (``1-ALB``) is stable; ``instruments``, ``party_to``, ``articles`` and ``starts_on`` never
    change once opened; ``reviewers_share_room`` holds while each reviewing State opens its room; ``step`` changes only
    through ``reviews.services.steps.advance``, which appends a StepChange.

    ``party_to`` names every instrument in force for the State on that day, reviewed or not. From it and the programme
    come ``articles``: whatever asks, lists or counts articles of this review reads them there.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="reviews", verbose_name=_("mechanism"))
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="reviews", verbose_name=_("phase"))
    review_group = models.ForeignKey(
        ReviewGroup, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name=_("review group")
    )
    state_under_review = models.ForeignKey(
        StateParty, models.PROTECT, related_name="reviews", verbose_name=_("State under review")
    )
    code = models.CharField(_("code"), max_length=20)
    starts_on = models.DateField(_("starts on"))
    plan_version = models.ForeignKey(
        StepPlanVersion, models.PROTECT, related_name="reviews", verbose_name=_("version of the step plan")
    )
    step = models.ForeignKey(Step, models.PROTECT, related_name="reviews", verbose_name=_("step"))
    instruments = models.ManyToManyField(Instrument, related_name="reviews", verbose_name=_("instruments"))
    party_to = ArrayField(models.SlugField(), default=list, verbose_name=_("party to"))
    articles = models.ManyToManyField(
        Article, through="ReviewArticle", related_name="reviews", verbose_name=_("articles under review")
    )
    working_languages = ArrayField(
        models.CharField(max_length=10, choices=UN_LANGUAGES), default=list, verbose_name=_("working languages")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("officer in charge"),
    )  # fmt: skip
    reviewers_share_room = models.BooleanField(_("the reviewing States read each other's drafts"), default=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "code"], name="one_review_a_code"),
            models.UniqueConstraint(fields=["phase", "state_under_review"], name="one_review_a_phase_and_state"),
        ]
        default_permissions = ()
        permissions = [(grant.value, grant.label) for grant in Grant]

    def __str__(self) -> str:
        return self.code

    @property
    def has_begun(self) -> bool:
        """Whether its start does not lie ahead; before it the step says nothing yet."""
        return self.starts_on <= timezone.localdate()


class ReviewArticle(BaseModel):
    """An article under review, written when the review is opened and never changed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("article"))

    class Meta:
        verbose_name = _("article under review")
        verbose_name_plural = _("articles under review")
        ordering = ["review", "article"]
        constraints = [models.UniqueConstraint(fields=["review", "article"], name="an_article_once_a_review")]

    def __str__(self) -> str:
        return f"{self.review}: {self.article}"


class ReviewingState(BaseModel):
    """A State that reviews, why it was drawn, and the instruments it covers."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="reviewing_states", verbose_name=_("review"))
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, related_name="reviews_performed", verbose_name=_("reviewing State")
    )
    basis = models.CharField(_("drawn"), max_length=20, choices=ReviewingBasis)
    instruments = models.ManyToManyField(
        Instrument, related_name="reviewing_states", verbose_name=_("instruments covered")
    )
    opens_room_at = models.DateTimeField(_("opened its room to the other reviewing States at"), null=True, blank=True)

    class Meta:
        verbose_name = _("reviewing State")
        verbose_name_plural = _("reviewing States")
        ordering = ["basis", "state_party__iso3"]
        constraints = [models.UniqueConstraint(fields=["review", "state_party"], name="a_state_reviews_once")]

    def __str__(self) -> str:
        return str(self.state_party)


class ReviewMilestone(BaseModel):
    """A milestone of the plan in one review: its indicative date, and when it was reached.

    ``agreed_on`` is the date on which the States agreed in their consultations; it goes before the plan's.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="milestones", verbose_name=_("review"))
    plan = models.ForeignKey(StepPlan, models.PROTECT, related_name="+", verbose_name=_("milestone"))
    due_on = models.DateField(_("due on"))
    agreed_on = models.DateField(_("date agreed by the States"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone of a review")
        verbose_name_plural = _("milestones of reviews")
        ordering = ["review", "plan__order"]
        constraints = [models.UniqueConstraint(fields=["review", "plan"], name="one_date_a_milestone")]
        indexes = [models.Index(fields=["due_on"], name="milestone_open", condition=models.Q(reached_on=None))]

    def __str__(self) -> str:
        return f"{self.review}: {self.plan}"


class StepChange(BaseModel):
    """A review moved from one step to the next: when, by whom, for which State. Append-only."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="step_changes", verbose_name=_("review"))
    from_step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+", verbose_name=_("from"))
    to_step = models.ForeignKey(Step, models.PROTECT, related_name="+", verbose_name=_("to"))
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    acting_for = models.ForeignKey(StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("for"))

    class Meta:
        verbose_name = _("change of step")
        verbose_name_plural = _("changes of step")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.review}: {self.to_step}"
