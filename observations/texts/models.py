"""Lists of observations and summaries: their fixed words, their parts, their versions, what was made public."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.states.models import StateParty
from core.enums import WorkState
from core.models import BaseModel, MarkdownField, RenderedField
from observations.texts.enums import ObjectionEnding, ObservationKind, TextKind, TextStatus
from reviews.audiences.enums import SharingAudience
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import ConfidentialModel
from reviews.programme.models import Article, Evidenced, Instrument, Mechanism

_USER = settings.AUTH_USER_MODEL


class BlueprintText(Evidenced):
    """A fixed text of the list of observations or of the summary, with places to fill (``wording.blueprint``)."""

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="blueprint_texts", verbose_name=_("mechanism")
    )
    kind = models.CharField(_("document"), max_length=30, choices=TextKind)
    key = models.SlugField(_("key"))
    text = models.TextField(_("text"))

    audit_name = "reviews.blueprinttext"

    class Meta:
        db_table = "reviews_blueprinttext"
        verbose_name = _("fixed text of a document")
        verbose_name_plural = _("fixed texts of documents")
        ordering = ["mechanism", "kind", "key"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "kind", "key"], name="one_blueprint_text_a_key")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"


class ObservationHeading(Evidenced):
    """A heading of the list of observations; code knows only its kind."""

    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, related_name="observation_headings", verbose_name=_("mechanism")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=ObservationKind)
    letter = models.CharField(_("letter"), max_length=4)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=100)
    text = models.CharField(_("heading as the list prints it"), max_length=300)

    audit_name = "reviews.observationheading"

    class Meta:
        db_table = "reviews_observationheading"
        verbose_name = _("heading of observations")
        verbose_name_plural = _("headings of observations")
        ordering = ["mechanism", "order"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "kind"], name="one_heading_a_kind")]

    def __str__(self) -> str:
        return self.name


class AgreedText(ConfidentialModel):
    """A list of observations or a summary: one of each for an instrument of a review, agreed by several States.

    Who agrees: the State under review and the reviewing States that cover the instrument, all on the same bytes of
    the standing version. Status and version change only through ``observations.clearance.services``.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+", verbose_name=_("instrument"))
    kind = models.CharField(_("document"), max_length=30, choices=TextKind)
    status = models.CharField(_("status"), max_length=10, choices=TextStatus, default=TextStatus.DRAFTING)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    placed = ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=_("order by hand"))

    audit_name = "reviews.agreedtext"

    class Meta:
        db_table = "reviews_agreedtext"
        verbose_name = _("agreed text")
        verbose_name_plural = _("agreed texts")
        ordering = ["kind", "instrument__order"]
        constraints = [
            models.UniqueConstraint(fields=["review", "instrument", "kind"], name="one_text_an_instrument_and_kind")
        ]

    @property
    def work_state(self) -> WorkState:
        return TextStatus(self.status).work_state

    def __str__(self) -> str:
        return f"{self.review}: {self.get_kind_display()}, {self.instrument}"


class Observation(ConfidentialModel):
    """One observation: an instrument's list, a set of articles, one heading, one text, and what it rests on.

    It lies in the room of the State that drafts it until that State's focal point lays it on the shared table, which
    is at ``tabled_revision``. ``revision`` counts the saves: one that rests on an older revision does not overwrite.
    On the table only that State's focal point changes it; others, and its experts, work on a copy in their own room,
    which remembers what it was ``copied_from`` and at which revision of that. One that was agreed elsewhere has its
    ``brought_piece`` (that of the State under review) in place of the State that drafted it, and no saves.
    Its ``number`` in the list comes with the table, and stays.
    """

    agreed_text = models.ForeignKey(
        AgreedText, models.CASCADE, related_name="observations", verbose_name=_("list of observations")
    )
    state_party = models.ForeignKey(
        StateParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("drafted by")
    )
    brought_piece = models.ForeignKey(
        BroughtPiece, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brought in as")
    )
    heading = models.ForeignKey(ObservationHeading, models.PROTECT, related_name="+", verbose_name=_("heading"))
    articles = models.ManyToManyField(Article, related_name="+", verbose_name=_("articles"))
    text = MarkdownField(_("text"))
    text_html = RenderedField(_("the text as it is shown"))
    question_codes = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("questions that it rests on")
    )
    links = ArrayField(models.CharField(max_length=200), default=list, blank=True, verbose_name=_("links"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    tabled_revision = models.PositiveIntegerField(_("revision laid on the table"), null=True, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("copied from")
    )
    copied_revision = models.PositiveIntegerField(_("revision that was copied"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, default="", db_default="")
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    discussed_revision = models.PositiveIntegerField(_("revision that was discussed"), null=True, blank=True)

    audit_name = "reviews.observation"

    class Meta:
        db_table = "reviews_observation"
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["heading__order", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["agreed_text", "number"], name="one_observation_a_number"),
            models.CheckConstraint(
                name="drafted_here_or_brought_in",
                condition=models.Q(state_party__isnull=False, brought_piece=None)
                | models.Q(state_party=None, brought_piece__isnull=False, room=None),
            ),
            models.CheckConstraint(
                name="observation_tabled_lies_on_the_table",
                condition=models.Q(room=None, tabled_revision__isnull=False)
                | models.Q(room__isnull=False, tabled_revision=None),
            ),
        ]

    @property
    def written_at(self) -> dt.datetime:
        """When it was saved last, as far as the selector has found that (``last_saves``); else when it was made."""
        saves = getattr(self, "last_saves", ())
        at: dt.datetime = saves[0].created_at if saves else self.created_at
        return at

    def __str__(self) -> str:
        return f"{self.review}: {self.heading}"


class ObservationRevision(BaseModel):
    """One save of an observation. Append-only."""

    observation = models.ForeignKey(
        Observation, models.CASCADE, related_name="revisions", verbose_name=_("observation")
    )
    number = models.PositiveIntegerField(_("revision"))
    heading = models.ForeignKey(ObservationHeading, models.PROTECT, related_name="+", verbose_name=_("heading"))
    article_numbers = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("articles"))
    text = models.TextField(_("text"))
    needs = models.JSONField(_("needs"), default=list, db_default=models.Value([], models.JSONField()))
    saved_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    saved_for = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("saved for"))

    audit_name = "reviews.observationrevision"

    class Meta:
        db_table = "reviews_observationrevision"
        verbose_name = _("revision of an observation")
        verbose_name_plural = _("revisions of observations")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["observation", "number"], name="one_observation_a_revision")]

    def __str__(self) -> str:
        return f"{self.observation}: {self.number}"


class SummaryPassage(BaseModel):
    """What a summary says under one heading on one set of articles; drawn first from the agreed observations.

    The reviewing States write it together: their focal points change it, their experts draft in their own rooms
    (``PassageDraft``). ``saved_by`` and ``saved_for`` are empty until somebody has. Merged into another, it is empty.
    """

    agreed_text = models.ForeignKey(AgreedText, models.CASCADE, related_name="passages", verbose_name=_("summary"))
    heading = models.ForeignKey(ObservationHeading, models.PROTECT, related_name="+", verbose_name=_("heading"))
    articles = models.ManyToManyField(Article, related_name="+", verbose_name=_("articles"))
    observations = models.ManyToManyField(
        Observation, related_name="passages", verbose_name=_("observations that it draws on")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    text = MarkdownField(_("text"), blank=True)
    text_html = RenderedField(_("the text as it is shown"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    saved_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", verbose_name=_("saved by"))
    saved_for = models.ForeignKey(StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("saved for"))
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", verbose_name=_("merged into"))

    audit_name = "reviews.summarypassage"

    class Meta:
        db_table = "reviews_summarypassage"
        verbose_name = _("passage of a summary")
        verbose_name_plural = _("passages of summaries")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["agreed_text", "order"], name="one_passage_a_place"),
            models.CheckConstraint(
                name="merged_passage_empty", condition=models.Q(merged_into=None) | models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreed_text}: {self.order}"


class PassageDraft(ConfidentialModel):
    """What one reviewing State would have a passage say: in its room, until its focal point lays it on the table.

    It takes the place of the passage's text then, and is gone. ``copied_revision`` is that of the passage which it was
    begun from.
    """

    passage = models.ForeignKey(
        SummaryPassage, models.CASCADE, related_name="drafts", verbose_name=_("passage of a summary")
    )
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    text = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    copied_revision = models.PositiveIntegerField(_("revision that was copied"))
    written_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name=_("written by"))

    audit_name = "reviews.passagedraft"

    class Meta:
        db_table = "reviews_passagedraft"
        verbose_name = _("draft of a passage")
        verbose_name_plural = _("drafts of passages")
        ordering = ["passage__order"]
        constraints = [models.UniqueConstraint(fields=["passage", "state_party"], name="one_passage_draft_a_state")]

    def __str__(self) -> str:
        return f"{self.passage}: {self.state_party}"


class TextVersion(BaseModel):
    """A version proposed for agreement: its frozen document and the hash that every State clears.

    ``rendered`` is what its texts look like, each sealed to its words (``core.language.rendering``).
    ``cancelled_at`` is set by the first edit after it, by an objection, or by a newer version; nothing else changes.
    ``experts``: the keys of the people whom it names, None where it was proposed before they were kept or brought in.
    One that was agreed elsewhere is proposed and cleared by nobody: it has its ``brought_piece``, that of the State
    under review. Those of the other States that agreed came out of the same file.
    """

    agreed_text = models.ForeignKey(AgreedText, models.CASCADE, related_name="versions", verbose_name=_("text"))
    number = models.PositiveIntegerField(_("number"))
    document = models.JSONField(_("document"))
    rendered = models.JSONField(_("the texts as they are shown"), default=dict, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    words = models.PositiveIntegerField(_("words"))
    experts = ArrayField(models.UUIDField(), null=True, blank=True, verbose_name=_("experts"))
    proposed_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_for = models.ForeignKey(
        StateParty, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed for")
    )
    brought_piece = models.OneToOneField(
        BroughtPiece, models.PROTECT, null=True, related_name="text_version", verbose_name=_("brought in as")
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    audit_name = "reviews.textversion"

    class Meta:
        db_table = "reviews_textversion"
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreed_text", "number"], name="one_text_version_a_number"),
            models.UniqueConstraint(
                fields=["agreed_text"], condition=models.Q(cancelled_at=None), name="one_standing_version_a_text"
            ),
            models.CheckConstraint(
                name="proposed_here_or_brought_in",
                condition=models.Q(proposed_by__isnull=False, proposed_for__isnull=False, brought_piece=None)
                | models.Q(proposed_by=None, proposed_for=None, brought_piece__isnull=False),
            ),
        ]

    @property
    def brought_day(self) -> dt.date | None:
        """On which it was agreed elsewhere, as its file said; None where it was proposed here."""
        marked = self.document.get("brought_in")
        return dt.date.fromisoformat(marked["agreed_on"]) if marked else None

    def __str__(self) -> str:
        return f"{self.agreed_text}: {self.number}"


class Objection(BaseModel):
    """A State does not agree to a version, and says why: to the whole of it, or to one paragraph.

    Nothing of it changes; once, it ends (``ending``): its State withdraws it, or says that a later version resolves
    it (``resolved_in``), or objects again at the same place. Until then each version that is proposed carries it over.
    ``paragraph`` is its number in that version, 0 for the whole. ``part``: the key of the observation or passage that
    the paragraph is, by which it is found again in later versions; a paragraph of fixed words keeps its number.
    """

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="objections", verbose_name=_("version"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    focal_point = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name=_("focal point"))
    reason = models.TextField(_("reason"))
    paragraph = models.PositiveIntegerField(_("paragraph"), default=0, db_default=0)
    part = models.UUIDField(_("observation or passage"), null=True)
    ending = models.CharField(
        _("how it ended"), max_length=10, choices=ObjectionEnding, blank=True, default="", db_default=""
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(_USER, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by"))
    resolved_in = models.ForeignKey(
        TextVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("version that resolves it")
    )

    audit_name = "reviews.objection"

    class Meta:
        db_table = "reviews_objection"
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["created_at", "paragraph"]
        constraints = [
            models.UniqueConstraint(fields=["version", "state_party", "paragraph"], name="one_objection_a_state"),
            models.CheckConstraint(
                name="objection_ended_by_somebody",
                condition=models.Q(ending="", ended_at=None, ended_by=None)
                | ~models.Q(ending="") & models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="objection_resolved_in_a_version",
                condition=models.Q(ending=ObjectionEnding.RESOLVED, resolved_in__isnull=False)
                | ~models.Q(ending=ObjectionEnding.RESOLVED) & models.Q(resolved_in=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.state_party}"


class Publication(BaseModel):
    """The State under review opened an agreed text to everybody, or to all States parties; ``ended_at`` closes it."""

    agreed_text = models.ForeignKey(AgreedText, models.CASCADE, related_name="publications", verbose_name=_("text"))
    version = models.ForeignKey(TextVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    names_experts = models.BooleanField(_("with the names of the experts"), default=False)
    audience = models.CharField(_("shared with"), max_length=20, choices=SharingAudience, db_default="public")
    published_by = models.ForeignKey(_USER, models.PROTECT, related_name="+", verbose_name=_("published by"))
    published_at = models.DateTimeField(_("published at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    pdf = models.FileField(_("PDF"), upload_to="publications/%Y/", blank=True, max_length=200)
    docx = models.FileField(_("Word"), upload_to="publications/%Y/", blank=True, max_length=200)
    xml = models.FileField("Akoma Ntoso", upload_to="publications/%Y/", blank=True, db_default="", max_length=200)

    audit_name = "reviews.publication"

    class Meta:
        db_table = "reviews_publication"
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreed_text"], condition=models.Q(ended_at=None), name="one_publication_a_text"
            )
        ]

    def __str__(self) -> str:
        return str(self.agreed_text)
