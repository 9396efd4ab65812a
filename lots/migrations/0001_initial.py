"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import SET_NULL, F, Q

from core.database.columns import MAYBE, USER, at_once, holds, key, moments, once, people, table, translated
from reviews.columns import BASES, sourced

_STATUSES = [
    ("prepared", "Input frozen"), ("announced", "Announced"), ("seeded", "Seed complete"),
    ("drawn", "Drawn, not published"), ("published", "Published"), ("voided", "Voided"),
]
_DRAW_KINDS = [
    ("first", "First draw"), ("next_phase", "Draw of the next phase"), ("supplementary", "Supplementary draw"),
    ("brought_in", "Brought in"),
]
_SEED_KINDS = [
    ("delegate", "A number that a delegate reads aloud"),
    ("public_value", "A public value that nobody can know beforehand"),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reviews", "0001_initial")]
    operations = at_once([
        table("Draw", "draw", "draws", [
            ("mechanism", key("reviews.mechanism", "mechanism", "draws")),
            ("phase", key("reviews.phase", "phase", "draws")),
            ("code", models.CharField("code", max_length=20)),
            ("is_training", models.BooleanField("is for training", default=False)),
            ("status", models.CharField("status", max_length=12, choices=_STATUSES, default="prepared")),
            ("as_of", models.DateField("parties as of")),
            ("kind", models.CharField("kind", max_length=20, choices=_DRAW_KINDS, default="first")),
            ("switches", models.JSONField("switches")),
            ("terms", models.JSONField("terms", default=dict)),
            ("input_sha256", models.CharField("checksum of the input (SHA-256)", max_length=64)),
            ("commitment_sha256", models.CharField("commitment (SHA-256)", max_length=64)),
            ("seed", models.TextField("seed", blank=True)),
            *people(MAYBE, prepared_by="prepared by", announced_by="announced by", run_by="run by"),
            *moments(MAYBE, announced_at="announced", seeded_at="seed complete", run_at="run"),
            *people(MAYBE, published_by="published by", void_requested_by="voiding asked for by"),
            *moments(MAYBE, published_at="published", void_requested_at="voiding asked for", voided_at="voided"),
            ("void_reason", models.TextField("reason for voiding", blank=True)),
            ("voided_by", key(USER, "voided by", **MAYBE)),
        ], [
            once("one_draw_a_code", "mechanism", "code"),
            holds("a_second_person_voids_a_draw", Q(voided_by=None) | ~Q(voided_by=F("void_requested_by"))),
            once(
                "one_published_draw_a_phase", "phase", "is_training",
                condition=Q(status="published") & ~Q(kind="supplementary"),
            ),
        ], ordering=["-created_at"]),
        table("DrawFile", "file of a draw", "files of draws", [
            ("draw", key("lots.draw", "draw", "files")),
            ("name", models.CharField("name", max_length=40)),
            ("content", models.BinaryField("content")),
            ("sha256", models.CharField("checksum (SHA-256)", max_length=64)),
        ], [once("one_file_a_name", "draw", "name")], ordering=["draw", "name"]),
        table("SeedPart", "part of a seed", "parts of seeds", [
            ("draw", key("lots.draw", "draw", "seed_parts")),
            ("order", models.PositiveSmallIntegerField("order")),
            ("kind", models.CharField("kind", max_length=12, choices=_SEED_KINDS)),
            ("source", models.SlugField("source")),
            ("regional_group", key("accounts.regionalgroup", "regional group", **MAYBE)),
            ("announcement", models.TextField("which value", blank=True)),
            ("delegate", models.CharField("read aloud by", max_length=150, blank=True)),
            ("commitment", models.CharField("commitment (SHA-256)", max_length=64, blank=True)),
            *people(MAYBE, committed_by="commitment recorded by", revealed_by="value recorded by"),
            *moments(MAYBE, committed_at="committed", revealed_at="revealed"),
            ("value", models.CharField("value", max_length=200, blank=True)),
            ("secret", models.CharField("secret words", max_length=200, blank=True)),
        ], [once("one_seed_part_a_source", "draw", "source"), once("one_seed_part_a_place", "draw", "order")],
        ordering=["draw", "order"]),
        table("DrawEntry", "State in a draw", "States in draws", [
            ("draw", key("lots.draw", "draw", "entries")),
            ("state_party", key("accounts.stateparty", "State")),
            ("regional_group", key("accounts.regionalgroup", "regional group")),
            ("is_group_assigned", models.BooleanField("drawn with a group that is not its own", default=False)),
            ("instruments", ArrayField(models.CharField(max_length=50), verbose_name="instruments")),
            ("review_group", key("reviews.reviewgroup", "review group", **MAYBE)),
            ("review", key("reviews.review", "review", "draw_entries", rule=SET_NULL, **MAYBE)),
        ], [once("one_entry_a_state", "draw", "state_party")], ordering=["draw", "state_party__iso3"]),
        table("Pairing", "pairing", "pairings", [
            ("draw", key("lots.draw", "draw", "pairings")),
            ("under_review", key("lots.drawentry", "State under review", "reviewers")),
            ("reviewer", key("lots.drawentry", "reviewing State", "duties")),
            ("basis", models.CharField("basis", max_length=20, choices=BASES)),
            ("is_extra", models.BooleanField("is an extra reviewer", default=False)),
            ("instruments", ArrayField(models.CharField(max_length=50), verbose_name="instruments")),
        ], [
            once("one_pairing_a_reviewer", "under_review", "reviewer"),
            holds("nobody_reviews_itself_in_a_draw", ~Q(under_review=F("reviewer"))),
        ], ordering=["draw", "under_review__state_party__iso3", "reviewer__state_party__iso3"]),
        table("DrawRule", "rule of the draw", "rules of the draw", [
            *sourced("draw_rules"),
            ("key", models.SlugField("key")),
            ("order", models.PositiveSmallIntegerField("order")),
            *translated("name", models.CharField, max_length=200, verbose_name="name"),
            *translated("text", models.TextField, verbose_name="rule"),
            ("switch", models.CharField("switch", max_length=30, blank=True)),
            ("default", models.CharField("value to begin with", max_length=100, blank=True)),
        ], [once("one_draw_rule_a_key", "mechanism", "key")], ordering=["mechanism", "order"]),
    ])
