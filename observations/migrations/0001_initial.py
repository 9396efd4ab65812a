"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import CASCADE, SET_NULL, Q

from core.database.columns import MAYBE, holds, key, keys, list_of, once, one_key, shown, table, translated
from reviews.columns import evidence, room_table

_TEXT_KINDS = [("list_of_observations", "List of observations"), ("summary", "Summary")]
_HEADING_KINDS = [
    ("gap_or_challenge", "Gap or challenge"), ("best_practice", "Best practice"), ("suggestion", "Suggestion"),
    ("assistance_need", "Technical assistance need"),
]
_STATUSES = [("drafting", "Being drafted"), ("proposed", "Proposed for agreement"), ("agreed", "Agreed")]
_USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reviews", "0001_initial")]
    operations = [
        table("BlueprintText", "fixed text of a document", "fixed texts of documents", [
            *evidence(),
            ("mechanism", key("reviews.mechanism", "mechanism", "blueprint_texts")),
            ("kind", models.CharField("document", max_length=30, choices=_TEXT_KINDS)),
            ("key", models.SlugField("key")),
            *translated("text", models.TextField, verbose_name="text"),
        ], [once("one_blueprint_text_a_key", "mechanism", "kind", "key")],
        of="reviews", ordering=["mechanism", "kind", "key"]),
        table("ObservationHeading", "heading of observations", "headings of observations", [
            *evidence(),
            ("mechanism", key("reviews.mechanism", "mechanism", "observation_headings")),
            ("kind", models.CharField("kind", max_length=30, choices=_HEADING_KINDS)),
            ("letter", models.CharField("letter", max_length=4)),
            ("order", models.PositiveSmallIntegerField("order")),
            *translated("name", models.CharField, max_length=100, verbose_name="name"),
            *translated("text", models.CharField, max_length=300, verbose_name="heading as the list prints it"),
        ], [once("one_heading_a_kind", "mechanism", "kind")], of="reviews", ordering=["mechanism", "order"]),
        room_table("AgreedText", "agreed text", "agreed texts", [
            ("instrument", key("reviews.instrument", "instrument")),
            ("kind", models.CharField("document", max_length=30, choices=_TEXT_KINDS)),
            ("status", models.CharField("status", max_length=10, choices=_STATUSES, default="drafting")),
            ("agreed_at", models.DateTimeField("agreed at", **MAYBE)),
        ], [once("one_text_an_instrument_and_kind", "review", "instrument", "kind")],
        of="reviews", ordering=["kind", "instrument__order"]),
        room_table("Observation", "observation", "observations", [
            ("agreed_text", key("observations.agreedtext", "list of observations", "observations", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "drafted by", **MAYBE)),
            ("brought_piece", key("reviews.broughtpiece", "brought in as", **MAYBE)),
            ("heading", key("observations.observationheading", "heading")),
            *shown("text", "text"),
            ("question_codes", list_of(models.CharField(max_length=60), "questions that it rests on", blank=True)),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("tabled_revision", models.PositiveIntegerField("revision laid on the table", **MAYBE)),
            ("copied_from", key("observations.observation", "copied from", "copies", rule=SET_NULL, **MAYBE)),
            ("copied_revision", models.PositiveIntegerField("revision that was copied", **MAYBE)),
            ("withdrawn_at", models.DateTimeField("withdrawn at", **MAYBE)),
            ("articles", keys("reviews.article", "articles")),
        ], [
            holds(
                "drafted_here_or_brought_in",
                Q(brought_piece=None, state_party__isnull=False)
                    | Q(brought_piece__isnull=False, room=None, state_party=None),
            ),
        ], of="reviews", ordering=["heading__order", "created_at"]),
        table("ObservationRevision", "revision of an observation", "revisions of observations", [
            ("observation", key("observations.observation", "observation", "revisions", rule=CASCADE)),
            ("number", models.PositiveIntegerField("revision")),
            ("heading", key("observations.observationheading", "heading")),
            ("article_numbers", ArrayField(models.PositiveSmallIntegerField(), verbose_name="articles")),
            ("text", models.TextField("text")),
            ("saved_by", key(_USER, "saved by")),
            ("saved_for", key("accounts.stateparty", "saved for")),
        ], [once("one_observation_a_revision", "observation", "number")], of="reviews", ordering=["-number"]),
        table("SummaryPassage", "passage of a summary", "passages of summaries", [
            ("agreed_text", key("observations.agreedtext", "summary", "passages", rule=CASCADE)),
            ("heading", key("observations.observationheading", "heading")),
            ("order", models.PositiveSmallIntegerField("order")),
            *shown("text", "text", blank=True),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("saved_by", key(_USER, "saved by", null=True)),
            ("saved_for", key("accounts.stateparty", "saved for", null=True)),
            ("articles", keys("reviews.article", "articles")),
            ("observations", keys("observations.observation", "observations that it draws on", "passages")),
        ], [once("one_passage_a_place", "agreed_text", "order")], of="reviews", ordering=["order"]),
        room_table("PassageDraft", "draft of a passage", "drafts of passages", [
            ("passage", key("observations.summarypassage", "passage of a summary", "drafts", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "drafted by")),
            ("text", models.TextField("text", blank=True)),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("copied_revision", models.PositiveIntegerField("revision that was copied")),
            ("written_by", key(_USER, "written by")),
        ], [once("one_passage_draft_a_state", "passage", "state_party")], of="reviews", ordering=["passage__order"]),
        table("TextVersion", "version of a text", "versions of texts", [
            ("agreed_text", key("observations.agreedtext", "text", "versions", rule=CASCADE)),
            ("number", models.PositiveIntegerField("number")),
            ("document", models.JSONField("document")),
            ("rendered", models.JSONField("the texts as they are shown", default=dict, blank=True, editable=False)),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("words", models.PositiveIntegerField("words")),
            ("proposed_by", key(_USER, "proposed by", null=True)),
            ("proposed_for", key("accounts.stateparty", "proposed for", null=True)),
            ("brought_piece", one_key("reviews.broughtpiece", "brought in as", "text_version", null=True)),
            ("cancelled_at", models.DateTimeField("cancelled at", **MAYBE)),
        ], [
            once("one_text_version_a_number", "agreed_text", "number"),
            once("one_standing_version_a_text", "agreed_text", condition=Q(cancelled_at=None)),
            holds(
                "proposed_here_or_brought_in",
                Q(brought_piece=None, proposed_by__isnull=False, proposed_for__isnull=False)
                    | Q(brought_piece__isnull=False, proposed_by=None, proposed_for=None),
            ),
        ], of="reviews", ordering=["-number"]),
        table("Objection", "objection", "objections", [
            ("version", key("observations.textversion", "version", "objections", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("focal_point", key(_USER, "focal point")),
            ("reason", models.TextField("reason")),
        ], [once("one_objection_a_state", "version", "state_party")], of="reviews", ordering=["created_at"]),
        table("VersionReading", "reading of a text", "readings of texts", [
            ("agreed_text", key("observations.agreedtext", "text", "readings", rule=CASCADE)),
            ("user", key(_USER, "person", rule=CASCADE)),
            ("version", key("observations.textversion", "version", rule=CASCADE)),
            ("compared_with", key("observations.textversion", "version seen before", rule=CASCADE, null=True)),
        ], [once("one_reading_a_person", "agreed_text", "user")], of="reviews"),
        table("Publication", "publication", "publications", [
            ("agreed_text", key("observations.agreedtext", "text", "publications", rule=CASCADE)),
            ("version", key("observations.textversion", "version")),
            ("names_experts", models.BooleanField("with the names of the experts", default=False)),
            ("published_by", key(_USER, "published by")),
            ("published_at", models.DateTimeField("published at")),
            ("ended_at", models.DateTimeField("ended at", **MAYBE)),
            ("pdf", models.FileField("PDF", max_length=200, upload_to="publications/%Y/", blank=True)),
            ("docx", models.FileField("Word", max_length=200, upload_to="publications/%Y/", blank=True)),
        ], [once("one_publication_a_text", "agreed_text", condition=Q(ended_at=None))],
        of="reviews", ordering=["-published_at"]),
    ]
