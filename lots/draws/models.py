"""A draw: its input, its seed in parts, what came of it, and the rules that it follows."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from accounts.states.models import RegionalGroup, StateParty
from core.models import BaseModel
from lots.draws.enums import DrawKind, DrawStatus, SeedKind
from reviews.cases.enums import ReviewingBasis
from reviews.cases.models import Review
from reviews.programme.models import Evidenced, Mechanism, Phase, ReviewGroup


def _person(related_name: str, verbose_name: Any) -> Any:
    return models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name=related_name, verbose_name=verbose_name
    )


class Draw(BaseModel):
    """A drawing of lots for a phase, from the frozen input to the published result.

    Only services of ``lots`` change it. The input never changes (a trigger forbids it): a correction is a new draw.
    Nothing of a draw is ever deleted, also when it is voided. ``code`` is public and stable, the phase and a running
    number ("1-2"; "1-T2" for training). ``terms`` are those of format 2, empty for a draw of format 1. Files are kept
    byte for byte (``DrawFile``), entries and pairings beside them so that pages can ask. A training draw is one over
    fictional States.
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="draws", verbose_name=_("mechanism"))
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="draws", verbose_name=_("phase"))
    code = models.CharField(_("code"), max_length=20)
    is_training = models.BooleanField(_("is for training"), default=False)
    status = models.CharField(_("status"), max_length=12, choices=DrawStatus, default=DrawStatus.PREPARED)
    as_of = models.DateField(_("parties as of"))
    kind = models.CharField(_("kind"), max_length=20, choices=DrawKind, default=DrawKind.FIRST)
    switches = models.JSONField(_("switches"))
    terms = models.JSONField(_("terms"), default=dict)
    input_sha256 = models.CharField(_("checksum of the input (SHA-256)"), max_length=64)
    commitment_sha256 = models.CharField(_("commitment (SHA-256)"), max_length=64)
    seed = models.TextField(_("seed"), blank=True)
    prepared_by = _person("+", _("prepared by"))
    announced_by = _person("+", _("announced by"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    seeded_at = models.DateTimeField(_("seed complete"), null=True, blank=True)
    run_by = _person("+", _("run by"))
    run_at = models.DateTimeField(_("run"), null=True, blank=True)
    published_by = _person("+", _("published by"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    void_reason = models.TextField(_("reason for voiding"), blank=True)
    void_requested_by = _person("+", _("voiding asked for by"))
    void_requested_at = models.DateTimeField(_("voiding asked for"), null=True, blank=True)
    voided_by = _person("+", _("voided by"))
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)

    audit_name = "lots.draw"

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "code"], name="one_draw_a_code"),
            models.UniqueConstraint(
                fields=["phase", "is_training"],
                condition=Q(status=DrawStatus.PUBLISHED) & ~Q(kind=DrawKind.SUPPLEMENTARY),
                name="one_published_draw_a_phase",
            ),
            models.CheckConstraint(
                name="a_second_person_voids_a_draw",
                condition=Q(voided_by=None) | ~Q(voided_by=F("void_requested_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def roles(self) -> list[str]:
        """The roles that were drawn, as its files say; both in format 1."""
        return list(self.terms.get("roles", ReviewingBasis.values))


class DrawFile(BaseModel):
    """One of the files of a draw (docs/draw-files.md), byte for byte, never changed once written.

    ``input.csv`` is there from the beginning, the others when the draw has been run.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="files", verbose_name=_("draw"))
    name = models.CharField(_("name"), max_length=40)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)

    audit_name = "lots.drawfile"

    class Meta:
        verbose_name = _("file of a draw")
        verbose_name_plural = _("files of draws")
        ordering = ["draw", "name"]
        constraints = [models.UniqueConstraint(fields=["draw", "name"], name="one_file_a_name")]

    def __str__(self) -> str:
        return self.name


class SeedPart(BaseModel):
    """A part of the seed: committed to first, read aloud later (RFC 3797 for the way to combine them).

    A delegate's ``commitment`` is the SHA-256 of ``value/secret words``; a public value has none, since nobody can know
    it. ``announcement`` says which value is meant. ``source`` goes into the seed. Once recorded, neither changes.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seed_parts", verbose_name=_("draw"))
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=12, choices=SeedKind)
    source = models.SlugField(_("source"))
    regional_group = models.ForeignKey(
        RegionalGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regional group")
    )
    announcement = models.TextField(_("which value"), blank=True)
    delegate = models.CharField(_("read aloud by"), max_length=150, blank=True)
    commitment = models.CharField(_("commitment (SHA-256)"), max_length=64, blank=True)
    committed_by = _person("+", _("commitment recorded by"))
    committed_at = models.DateTimeField(_("committed"), null=True, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    secret = models.CharField(_("secret words"), max_length=200, blank=True)
    revealed_by = _person("+", _("value recorded by"))
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True)

    audit_name = "lots.seedpart"

    class Meta:
        verbose_name = _("part of a seed")
        verbose_name_plural = _("parts of seeds")
        ordering = ["draw", "order"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "source"], name="one_seed_part_a_source"),
            models.UniqueConstraint(fields=["draw", "order"], name="one_seed_part_a_place"),
        ]

    def __str__(self) -> str:
        return self.source


class DrawEntry(BaseModel):
    """A State in a draw: with which regional group and instruments (frozen with the input, ``instruments`` are slugs),
    which review group it was drawn into, and the review that the publication opened.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="entries", verbose_name=_("draw"))
    state_party = models.ForeignKey(StateParty, models.PROTECT, related_name="+", verbose_name=_("State"))
    regional_group = models.ForeignKey(
        RegionalGroup, models.PROTECT, related_name="+", verbose_name=_("regional group")
    )
    is_group_assigned = models.BooleanField(_("drawn with a group that is not its own"), default=False)
    instruments = ArrayField(models.CharField(max_length=50), verbose_name=_("instruments"))
    review_group = models.ForeignKey(
        ReviewGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("review group")
    )
    review = models.ForeignKey(
        Review, models.SET_NULL, null=True, blank=True, related_name="draw_entries", verbose_name=_("review")
    )

    audit_name = "lots.drawentry"

    class Meta:
        verbose_name = _("State in a draw")
        verbose_name_plural = _("States in draws")
        ordering = ["draw", "state_party__iso3"]
        constraints = [models.UniqueConstraint(fields=["draw", "state_party"], name="one_entry_a_state")]

    def __str__(self) -> str:
        return f"{self.draw}: {self.state_party}"


class Pairing(BaseModel):
    """A State was drawn to review another one. Written once, when the draw is run."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="pairings", verbose_name=_("draw"))
    under_review = models.ForeignKey(
        DrawEntry, models.PROTECT, related_name="reviewers", verbose_name=_("State under review")
    )
    reviewer = models.ForeignKey(DrawEntry, models.PROTECT, related_name="duties", verbose_name=_("reviewing State"))
    basis = models.CharField(_("basis"), max_length=20, choices=ReviewingBasis)
    is_extra = models.BooleanField(_("is an extra reviewer"), default=False)
    instruments = ArrayField(models.CharField(max_length=50), verbose_name=_("instruments"))

    audit_name = "lots.pairing"

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["draw", "under_review__state_party__iso3", "reviewer__state_party__iso3"]
        constraints = [
            models.UniqueConstraint(fields=["under_review", "reviewer"], name="one_pairing_a_reviewer"),
            models.CheckConstraint(name="nobody_reviews_itself_in_a_draw", condition=~Q(under_review=F("reviewer"))),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} → {self.under_review}"


class DrawRule(Evidenced):
    """A rule of the drawing of lots, with its evidence. Where ``switch`` is set it can be chosen for a draw.

    ``default`` is the value of the switch that a draw begins with (``lots.algorithm.switches``).
    """

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="draw_rules", verbose_name=_("mechanism"))
    key = models.SlugField(_("key"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("rule"))
    switch = models.CharField(_("switch"), max_length=30, blank=True)
    default = models.CharField(_("value to begin with"), max_length=100, blank=True)

    audit_name = "lots.drawrule"

    class Meta:
        verbose_name = _("rule of the draw")
        verbose_name_plural = _("rules of the draw")
        ordering = ["mechanism", "order"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "key"], name="one_draw_rule_a_key")]

    def __str__(self) -> str:
        return self.name
