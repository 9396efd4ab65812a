"""A review, the States and people in it, its steps and milestones, and what each of its pieces carries."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from accounts.states.models import StateParty
from core.enums import WorkState
from core.language.i18n import UN_LANGUAGES
from core.models import BaseModel
from reviews.cases.enums import Grant, ParticipationRole, ReviewingBasis, Side, TimeChangeKind, TimeChangeStatus
from reviews.programme.enums import StepKind
from reviews.programme.models import Article, Instrument, Mechanism, Phase, ReviewGroup, Step, StepPlan, StepPlanVersion


class Review(BaseModel):
    """One State under review in one phase, over every instrument that is in force for it on the starting day.

    Invariants: ``code`` (``1-ALB``) is stable; ``instruments``, ``party_to``, ``articles`` and ``starts_on`` never
    change once opened; ``reviewers_share_room`` holds while each reviewing State opens its room; ``step`` changes only
    through ``reviews.steps.services.advancing.advance``, which appends a StepChange.

    ``is_brought_in``: some of it was done in another place (``reviews.bringing``). ``feedback_is_joint``: the reviewing
    States send one written feedback together; None until it is chosen, or taken over when the answers are sent.

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
    is_brought_in = models.BooleanField(_("was brought in"), default=False)
    feedback_is_joint = models.BooleanField(_("the reviewing States send one feedback together"), null=True)

    audit_name = "reviews.review"

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

    @property
    def step_words(self) -> str:
        """Where it stands, as lists say it; a self-assessment may be opened before its first day."""
        if self.has_begun:
            return str(self.step)
        if self.step.kind == StepKind.CONSULTATION:
            return gettext("Not begun yet")
        return gettext("%(step)s, first day to come") % {"step": self.step}


class ReviewArticle(BaseModel):
    """An article under review, written when the review is opened and never changed."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    article = models.ForeignKey(Article, models.PROTECT, related_name="+", verbose_name=_("article"))

    audit_name = "reviews.reviewarticle"

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

    audit_name = "reviews.reviewingstate"

    class Meta:
        verbose_name = _("reviewing State")
        verbose_name_plural = _("reviewing States")
        ordering = ["basis", "state_party__iso3"]
        constraints = [models.UniqueConstraint(fields=["review", "state_party"], name="a_state_reviews_once")]

    def __str__(self) -> str:
        return str(self.state_party)


class ReviewMilestone(BaseModel):
    """A milestone of the plan in one review: its indicative date, and when it was reached.

    ``agreed_on`` is the date on which the States agreed in their consultations; it goes before the plan's. No reminder
    is sent of a date up to ``quiet_through``: it had passed when the review was brought in.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="milestones", verbose_name=_("review"))
    plan = models.ForeignKey(StepPlan, models.PROTECT, related_name="+", verbose_name=_("milestone"))
    due_on = models.DateField(_("due on"))
    agreed_on = models.DateField(_("date agreed by the States"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    quiet_through = models.DateField(_("no reminders of a date up to"), null=True, blank=True)

    audit_name = "reviews.reviewmilestone"

    class Meta:
        verbose_name = _("milestone of a review")
        verbose_name_plural = _("milestones of reviews")
        ordering = ["review", "plan__order"]
        constraints = [models.UniqueConstraint(fields=["review", "plan"], name="one_date_a_milestone")]
        indexes = [models.Index(fields=["due_on"], name="milestone_open", condition=models.Q(reached_on=None))]

    def __str__(self) -> str:
        return f"{self.review}: {self.plan}"


class StepChange(BaseModel):
    """A review moved from one step to the next: when, by whom, for which State. Append-only.

    ``is_brought_in``: it moved in another place, and nobody here moved it; of ``at`` only the day is known.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="step_changes", verbose_name=_("review"))
    from_step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+", verbose_name=_("from"))
    to_step = models.ForeignKey(Step, models.PROTECT, related_name="+", verbose_name=_("to"))
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    acting_for = models.ForeignKey(StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("for"))
    is_brought_in = models.BooleanField(_("was brought in"), default=False)

    audit_name = "reviews.stepchange"

    class Meta:
        verbose_name = _("change of step")
        verbose_name_plural = _("changes of step")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.review}: {self.to_step}"


class Participation(BaseModel):
    """A person takes part in a review: for which State, as what, from when until when.

    Invariants: one active focal point for each State and review; one active participation for each person and
    review. Written only by ``reviews.registration.services.participation``, which keeps the grants in step.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="participations", verbose_name=_("review"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="participations", verbose_name=_("person")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="participations", verbose_name=_("State"))
    role = models.CharField(_("role"), max_length=30, choices=ParticipationRole)
    side = models.CharField(_("side"), max_length=20, choices=Side)
    note_verbale = models.CharField(_("note verbale"), max_length=100, blank=True)
    started_at = models.DateTimeField(_("from"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    audit_name = "reviews.participation"

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["side", "state_party__iso3", "started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "state_party"],
                condition=models.Q(role=ParticipationRole.FOCAL_POINT, ended_at=None),
                name="one_active_focal_point",
            ),
            models.UniqueConstraint(
                fields=["review", "user"], condition=models.Q(ended_at=None), name="one_active_hat_a_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class Clearance(BaseModel):
    """A focal point certified for a State that exactly these bytes (``sha256``) are agreeable to it. Append-only.

    That of a text may be taken back until all States that agree on it have cleared it, and stays on record.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="clearances", verbose_name=_("review"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    focal_point = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("focal point")
    )
    document_type = models.CharField(_("kind of document"), max_length=100)
    document_id = models.UUIDField(_("document"))
    version = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    cleared_at = models.DateTimeField(_("cleared at"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )

    agrees = True  # a State that does not clear objects, and that ends the version

    audit_name = "reviews.clearance"

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["cleared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_id", "version", "state_party"],
                condition=models.Q(taken_back_at=None),
                name="one_clearance_a_version_and_state",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="clearance_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type} v{self.version}, {self.state_party}"


class ConfidentialModel(BaseModel):
    """A row with content: which review it belongs to, in whose room it lies, in which language it is written.

    ``room`` is the State whose room it is; empty means the shared table of all States of the review. Content moves
    from a room to the table only by the act of a focal point.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="+", verbose_name=_("review"))
    room = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("room")
    )
    language = models.CharField(_("language"), max_length=10, choices=UN_LANGUAGES)

    class Meta:
        abstract = True


class ReviewUserGrant(UserObjectPermissionBase):
    """What guardian asks of reviews: a view over who takes part now, which nobody writes (docs/adr/0037)."""

    content_object = models.ForeignKey(Review, models.DO_NOTHING, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING)
    permission = models.ForeignKey("auth.Permission", models.DO_NOTHING)

    audit_name = "reviews.reviewusergrant"

    class Meta:
        managed = False


class PartialTeam(BaseModel):
    """An officer recorded that the other States of a review go ahead without waiting for one that names nobody.

    Append-only. The State may join at any time: from then on it takes part like the others, and what had been proposed
    before is not held up for its word (``reviews.agreement.absences``).
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="partial_teams", verbose_name=_("review"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    reason = models.TextField(_("reason for going ahead"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )

    audit_name = "reviews.partialteam"

    class Meta:
        verbose_name = _("start with a partial team")
        verbose_name_plural = _("starts with a partial team")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.review}: {self.state_party}"


_EXTENSION, _PAUSE, _ASKED = TimeChangeKind.EXTENSION, TimeChangeKind.PAUSE, TimeChangeStatus.ASKED


class TimeChange(BaseModel):
    """More time for one milestone (extension), or a pause of the whole review: asked for by one, agreed by the others.

    ``until`` is the new indicative date of the milestone, or the last day of the pause, whose first is ``starts_on``.
    ``asked_for`` is empty for the secretariat. ``recorded_how`` says how an agreement was reached that an officer
    recorded in place of answers given here. ``ended_on`` is the day on which the clock of a pause ran again before its
    time. Invariants: one open request a milestone, and one open pause a review; it is decided once.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="time_changes", verbose_name=_("review"))
    kind = models.CharField(_("kind"), max_length=10, choices=TimeChangeKind)
    milestone = models.ForeignKey(
        ReviewMilestone, models.CASCADE, null=True, related_name="time_changes", verbose_name=_("milestone")
    )
    starts_on = models.DateField(_("first day of the pause"), null=True)
    until = models.DateField(_("until"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_for = models.ForeignKey(StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=TimeChangeStatus, default=_ASKED)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    recorded_how = models.TextField(_("how it was agreed"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    ended_on = models.DateField(_("ended early on"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )

    audit_name = "reviews.timechange"

    class Meta:
        verbose_name = _("extension or pause")
        verbose_name_plural = _("extensions and pauses")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="a_time_change_has_what_its_kind_needs",
                condition=models.Q(kind=_EXTENSION, milestone__isnull=False, starts_on=None)
                | models.Q(kind=_PAUSE, milestone=None, starts_on__isnull=False, until__gte=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                name="one_open_extension_a_milestone",
                condition=models.Q(kind=_EXTENSION, status=_ASKED),
            ),
            models.UniqueConstraint(
                fields=["review"], name="one_open_pause_a_review", condition=models.Q(kind=_PAUSE, status=_ASKED)
            ),
        ]

    @property
    def work_state(self) -> WorkState | None:
        return TimeChangeStatus(self.status).work_state

    def __str__(self) -> str:
        return f"{self.review}: {self.get_kind_display()}"
