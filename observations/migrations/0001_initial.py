"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import CASCADE, SET_NULL, Q

from core.database.columns import (
    MAYBE, USER, at_once, document, done, key, keys, list_of, once, one_key, shown, table, translated,
)  # fmt: skip
from reviews.columns import here_or_brought_in, room_table, sourced

_TEXT_KINDS = [("list_of_observations", "List of observations"), ("summary", "Summary")]
_HEADING_KINDS = [
    ("gap_or_challenge", "Gap or challenge"), ("best_practice", "Best practice"), ("suggestion", "Suggestion"),
    ("assistance_need", "Technical assistance need"),
]
_FOLLOW_UP_STATUSES = [
    ("planned", "Planned"), ("under_way", "Under way"), ("done", "Done"), ("not_pursued", "Not pursued"),
]
_AUDIENCES = [
    ("review_team", "The reviewing States of this review"), ("states_parties", "All States parties"),
    ("public", "Everybody"),
]
_STATUSES = [("drafting", "Being drafted"), ("proposed", "Proposed for agreement"), ("agreed", "Agreed")]
_RECORDED = [
    ("status", models.CharField("status", max_length=20, choices=_FOLLOW_UP_STATUSES)),
    ("body", models.CharField("body", max_length=200, blank=True)),
    ("due_on", models.DateField("due on", **MAYBE)),
    ("action", models.TextField("action", blank=True)),
    ("action_html", models.TextField("the action as it is shown", blank=True, default="", editable=False)),
    ("reason", models.TextField("why it is not pursued", blank=True)),
    ("saved_by", key(USER, "saved by")),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reviews", "0001_initial")]
    operations = at_once([
        table("BlueprintText", "fixed text of a document", "fixed texts of documents", [
            *sourced("blueprint_texts"),
            ("kind", models.CharField("document", max_length=30, choices=_TEXT_KINDS)),
            ("key", models.SlugField("key")),
            *translated("text", models.TextField, verbose_name="text"),
        ], [once("one_blueprint_text_a_key", "mechanism", "kind", "key")],
        of="reviews", ordering=["mechanism", "kind", "key"]),
        table("ObservationHeading", "heading of observations", "headings of observations", [
            *sourced("observation_headings"),
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
        ], [here_or_brought_in("drafted_here_or_brought_in", "state_party", room=None)],
        of="reviews", ordering=["heading__order", "created_at"]),
        table("ObservationRevision", "revision of an observation", "revisions of observations", [
            ("observation", key("observations.observation", "observation", "revisions", rule=CASCADE)),
            ("number", models.PositiveIntegerField("revision")),
            ("heading", key("observations.observationheading", "heading")),
            ("article_numbers", ArrayField(models.PositiveSmallIntegerField(), verbose_name="articles")),
            ("text", models.TextField("text")),
            ("saved_by", key(USER, "saved by")),
            ("saved_for", key("accounts.stateparty", "saved for")),
        ], [once("one_observation_a_revision", "observation", "number")], of="reviews", ordering=["-number"]),
        table("SummaryPassage", "passage of a summary", "passages of summaries", [
            ("agreed_text", key("observations.agreedtext", "summary", "passages", rule=CASCADE)),
            ("heading", key("observations.observationheading", "heading")),
            ("order", models.PositiveSmallIntegerField("order")),
            *shown("text", "text", blank=True),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("saved_by", key(USER, "saved by", null=True)),
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
            ("written_by", key(USER, "written by")),
        ], [once("one_passage_draft_a_state", "passage", "state_party")], of="reviews", ordering=["passage__order"]),
        table("TextVersion", "version of a text", "versions of texts", [
            ("agreed_text", key("observations.agreedtext", "text", "versions", rule=CASCADE)),
            ("number", models.PositiveIntegerField("number")),
            *document(),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("words", models.PositiveIntegerField("words")),
            ("proposed_by", key(USER, "proposed by", null=True)),
            ("proposed_for", key("accounts.stateparty", "proposed for", null=True)),
            ("brought_piece", one_key("reviews.broughtpiece", "brought in as", "text_version", null=True)),
            ("cancelled_at", models.DateTimeField("cancelled at", **MAYBE)),
        ], [
            once("one_text_version_a_number", "agreed_text", "number"),
            once("one_standing_version_a_text", "agreed_text", condition=Q(cancelled_at=None)),
            here_or_brought_in("proposed_here_or_brought_in", "proposed_by", "proposed_for"),
        ], of="reviews", ordering=["-number"]),
        table("Objection", "objection", "objections", [
            ("version", key("observations.textversion", "version", "objections", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("focal_point", key(USER, "focal point")),
            ("reason", models.TextField("reason")),
        ], [once("one_objection_a_state", "version", "state_party")], of="reviews", ordering=["created_at"]),
        table("VersionReading", "reading of a text", "readings of texts", [
            ("agreed_text", key("observations.agreedtext", "text", "readings", rule=CASCADE)),
            ("user", key(USER, "person", rule=CASCADE)),
            ("version", key("observations.textversion", "version", rule=CASCADE)),
            ("compared_with", key("observations.textversion", "version seen before", rule=CASCADE, null=True)),
        ], [once("one_reading_a_person", "agreed_text", "user")], of="reviews"),
        table("Publication", "publication", "publications", [
            ("agreed_text", key("observations.agreedtext", "text", "publications", rule=CASCADE)),
            ("version", key("observations.textversion", "version")),
            ("names_experts", models.BooleanField("with the names of the experts", default=False)),
            *done({}, published="published"),
            ("ended_at", models.DateTimeField("ended at", **MAYBE)),
            ("pdf", models.FileField("PDF", max_length=200, upload_to="publications/%Y/", blank=True)),
            ("docx", models.FileField("Word", max_length=200, upload_to="publications/%Y/", blank=True)),
        ], [once("one_publication_a_text", "agreed_text", condition=Q(ended_at=None))],
        of="reviews", ordering=["-published_at"]),
        room_table("FollowUp", "follow-up", "follow-ups", [
            *_RECORDED,
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("observation", one_key("observations.observation", "observation", "follow_up")),
        ]),
        room_table("FollowUpEntry", "record of a follow-up", "records of follow-ups", [
            *_RECORDED,
            ("number", models.PositiveIntegerField("revision")),
            ("follow_up", key("observations.followup", "follow-up", "entries", rule=CASCADE)),
        ], [once("one_follow_up_entry_a_number", "follow_up", "number")], ordering=["-number"]),
        room_table("FollowUpShare", "shared follow-up", "shared follow-ups", [
            ("follow_up", key("observations.followup", "follow-up", "shares")),
            ("number", models.PositiveIntegerField("revision")),
            ("audience", models.CharField("shared with", max_length=20, choices=_AUDIENCES)),
            *document(),
            *done({}, shared="shared"),
            ("ended_at", models.DateTimeField("ended at", **MAYBE)),
        ], [once("one_share_a_follow_up", "follow_up", condition=Q(ended_at=None))], ordering=["-shared_at"]),
    ])
