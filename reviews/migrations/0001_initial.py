"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core import validators
from django.db import migrations, models
from django.db.models import CASCADE, DO_NOTHING, SET_NULL, F, Q
from django.utils import timezone

import reviews.access.models
import reviews.nominations.models
import reviews.outreach.models
from core.database.columns import (
    LANGUAGES, MAYBE, NULL, USER, at_once, days, done, file, holds, key, keys, list_of, moments, once, one_key, people,
    shown, table, translated,
)  # fmt: skip
from reviews.columns import BASES, evidence, room_table, sourced

_ADHERENCE_KINDS = [
    ("ratification", "Ratification"), ("accession", "Accession"), ("acceptance", "Acceptance"),
    ("approval", "Approval"), ("succession", "Succession"),
]
_STEP_KINDS = [
    ("consultation", "Consultation"), ("questionnaire", "Questionnaire"), ("feedback", "Feedback"),
    ("dialogue", "Dialogue"), ("agreed_text", "Agreed text"), ("processing", "Processing"), ("closing", "Closing"),
]
_OWNERS = [
    ("state_under_review", "State under review"), ("reviewing_states", "Reviewing States"),
    ("all", "All States of the review"), ("secretariat", "Secretariat"),
]
_DAY_RULES = [("keep", "Keep the day"), ("next_working_day", "Move to the next working day")]
_MILESTONE_KINDS = [
    ("focal_points", "Focal points"), ("experts", "Experts"), ("consultation", "Consultation"), ("answers", "Answers"),
    ("feedback", "Feedback"), ("dialogue", "Dialogue"), ("list", "List of observations"), ("summary", "Summary"),
    ("closing", "Closing"), ("processing", "Processing"), ("other", "Another milestone"),
]
_UNITS = [("days", "days"), ("weeks", "weeks"), ("months", "months")]
_ROLES = [
    ("focal_point", "Focal point"), ("governmental_expert", "Governmental expert"),
    ("national_contributor", "National contributor"), ("observer", "Observer"),
]
_SIDES = [("under_review", "State under review"), ("reviewing", "Reviewing State")]
_CHANGE_KINDS = [("extension", "Extension"), ("pause", "Pause")]
_CHANGE_STATUSES = [
    ("asked", "Asked for"), ("agreed", "Agreed"), ("declined", "Declined"), ("withdrawn", "Withdrawn"),
    ("lapsed", "Lapsed: the milestone was reached"),
]
_NOTE_STATUSES = [
    ("recording", "Being recorded"), ("submitted", "To be checked"), ("returned", "Returned"),
    ("waiting", "With the State"), ("approved", "Approved"),
]
_ACCESS_KINDS = [
    ("nominations", "Register the people whom a note verbale names"), ("end", "End a participation"),
    ("mission", "Register a person of the permanent mission"),
    ("end_mission", "End the access of a person of the permanent mission"),
    ("address", "Change the e-mail address of an account"), ("close", "Close an account"),
    ("reopen", "Open an account again"), ("factors", "Reset the second factor of a person"),
    ("role", "Change the role of a person in the secretariat"), ("member", "Add a member of the secretariat"),
]
_ACCESS_STATUSES = [
    ("prepared", "Waits for a second officer"), ("told", "Told to the State"), ("due", "Being carried out"),
    ("done", "In effect"), ("returned", "Returned"), ("refused", "Refused by the State"), ("withdrawn", "Withdrawn"),
]
_STATEMENT_KINDS = [
    ("reservation", "Reservation"), ("declaration", "Declaration"), ("competence", "Declaration of competence"),
    ("notification", "Notification"), ("objection", "Objection to a reservation of another State"),
]
_BROUGHT_KINDS = [
    ("course", "Steps and dates"), ("answers", "Answers of a self-assessment"), ("feedback", "Written feedback"),
    ("list_of_observations", "List of observations"), ("summary", "Summary"),
]
_BROUGHT_STATUSES = [
    ("prepared", "Being prepared"), ("waiting", "Waits for another officer"), ("brought_in", "Brought in"),
    ("set_aside", "Set aside"), ("withdrawn", "Withdrawn"),
]
_WORDS = [
    ("", "Not confirmed by the State"), ("confirmed", "Confirmed by the State"), ("objected", "The State objects"),
]
_MEANS = [
    ("videoconference", "Videoconference"), ("conference_call", "Conference call"),
    ("virtual_network", "Virtual network"), ("in_person", "Meeting in person"),
]
_MEETING_STATUSES = [
    ("invited", "Waiting for answers"), ("not_agreed", "Not agreed"), ("agreed", "Agreed"), ("cancelled", "Cancelled"),
]
_LETTER_KINDS = [
    ("written", "Written by an officer"), ("repeated", "Sent again, since nobody was named"),
    ("renewed", "Asked for by the holder of a link that had run out"),
]
_RECEIVED_STATUSES = [
    ("received", "To be taken over"), ("taken_over", "Taken over into a note verbale"), ("set_aside", "Set aside"),
]
_READING_KINDS = [
    ("text", "Text of an instrument"), ("rules", "Rules and guidelines of the mechanism"),
    ("records", "Records of the negotiation"), ("publication", "Publication"), ("tool", "Tool"),
]
_AUDIENCES = [
    ("experts", "Experts"), ("focal_points", "Focal points"), ("permanent_missions", "Permanent missions"),
    ("secretariat", "Officer of the secretariat in charge"),
]
_PERMISSIONS = [
    ("view_review", "See the review"), ("read_review", "Read what lies on the shared table"),
    ("draft_review", "Draft for one's State"), ("contribute_review", "Draft the sections sent to one's ministry"),
    ("clear_review", "Clear for one's State"),
]
_ANSWER = [
    ("state_party", key("accounts.stateparty", "State")),
    ("agrees", models.BooleanField("agrees")),
    ("note", models.TextField("note", blank=True)),
    ("answered_by", key(USER, "answered by")),
    ("answered_at", models.DateTimeField("answered at", default=timezone.now)),
]
_SILENCE = "of the day on which silence counts"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"), ("accounts", "0001_initial"), ("core", "0001_initial"),
    ]
    operations = at_once([
        table("Mechanism", "mechanism", "mechanisms", [
            ("slug", models.SlugField("short name in addresses", unique=True)),
            *translated("name", models.CharField, max_length=300, verbose_name="name"),
            *translated("short_name", models.CharField, max_length=100, verbose_name="short name"),
        ], ordering=["slug"]),
        table("Instrument", "instrument", "instruments", [
            *sourced("instruments", **MAYBE),
            ("slug", models.SlugField("short name in addresses", unique=True)),
            *translated("name", models.CharField, max_length=400, verbose_name="name"),
            *translated("short_name", models.CharField, max_length=120, verbose_name="short name"),
            ("order", models.PositiveSmallIntegerField("order")),
            ("in_force_on", models.DateField("entered into force on", **MAYBE)),
            ("days_to_force", models.PositiveSmallIntegerField(
                "days from a deposit to the entry into force", default=30,
            )),
            ("supplements", key("reviews.instrument", "does not bind a State before", **MAYBE)),
        ], ordering=["order"]),
        table("Article", "article", "articles", [
            ("instrument", key("reviews.instrument", "instrument", "articles")),
            ("number", models.PositiveSmallIntegerField("number")),
            *translated("title", models.CharField, max_length=300, verbose_name="title"),
        ], [once("one_article_a_number", "instrument", "number")], ordering=["instrument", "number"]),
        table("Adherence", "adherence", "adherences", [
            ("state_party", key("accounts.stateparty", "State", "adherences", rule=CASCADE)),
            ("instrument", key("reviews.instrument", "instrument", "adherences")),
            ("kind", models.CharField("act", max_length=20, choices=_ADHERENCE_KINDS)),
            ("deposited_on", models.DateField("deposited on")),
            ("is_verified", models.BooleanField("date read in a source", default=False)),
            ("source", models.CharField("source", max_length=300, blank=True)),
        ], [once("one_adherence_an_instrument", "state_party", "instrument")], ordering=["state_party", "instrument"]),
        table("Cluster", "cluster", "clusters", [
            ("mechanism", key("reviews.mechanism", "mechanism", "clusters")),
            ("number", models.PositiveSmallIntegerField("number")),
            ("roman", models.CharField("number as printed", max_length=8)),
            *translated("name", models.CharField, max_length=200, verbose_name="name"),
        ], [once("one_cluster_a_number", "mechanism", "number")], ordering=["mechanism", "number"]),
        table("ClusterArticle", "article of a cluster", "articles of clusters", [
            *evidence(),
            ("cluster", key("reviews.cluster", "cluster", "rows", rule=CASCADE)),
            ("article", key("reviews.article", "article")),
            ("unless_party_to", key("reviews.instrument", "not reviewed for parties to", **MAYBE)),
        ], [once("an_article_once_a_cluster", "cluster", "article")], ordering=["cluster", "article"]),
        migrations.AddField(
            "cluster", "articles", keys("reviews.article", "articles", "clusters", through="reviews.ClusterArticle"),
        ),
        table("Phase", "phase", "phases", [
            *sourced("phases"),
            ("number", models.PositiveSmallIntegerField("number")),
            ("cluster", key("reviews.cluster", "cluster", "phases")),
        ], [once("one_phase_a_number", "mechanism", "number")], ordering=["mechanism", "number"]),
        table("ReviewGroup", "review group", "review groups", [
            *sourced("review_groups"),
            ("number", models.PositiveSmallIntegerField("number")),
        ], [once("one_review_group_a_number", "mechanism", "number")], ordering=["mechanism", "number"]),
        table("PhasePeriod", "period of a phase", "periods of phases", [
            *evidence(),
            ("phase", key("reviews.phase", "phase", "periods", rule=CASCADE)),
            ("review_group", key("reviews.reviewgroup", "review group", "periods", rule=CASCADE)),
            ("period", DateRangeField("period")),
        ], [
            once("one_period_a_phase_and_group", "phase", "review_group"),
            ExclusionConstraint(
                name="periods_of_a_group_do_not_overlap",
                violation_error_message="This period overlaps another phase of the same group.",
                expressions=[("review_group", "="), ("period", "&&")],
            ),
        ], ordering=["period"]),
        table("Step", "step", "steps", [
            ("mechanism", key("reviews.mechanism", "mechanism", "steps")),
            ("slug", models.SlugField("short name")),
            ("kind", models.CharField("kind", max_length=20, choices=_STEP_KINDS)),
            ("owner", models.CharField("who acts", max_length=20, choices=_OWNERS)),
            ("order", models.PositiveSmallIntegerField("order")),
            *translated("name", models.CharField, max_length=100, verbose_name="name"),
            *translated("description", models.TextField, verbose_name="description", blank=True),
        ], [once("one_step_a_slug", "mechanism", "slug")], ordering=["mechanism", "order"]),
        table("Limit", "limit", "limits", [
            *sourced("limits"),
            ("key", models.SlugField("key")),
            ("value", models.PositiveIntegerField("value")),
            ("unit", models.CharField("unit", max_length=20)),
            ("is_hard", models.BooleanField("refuses what is beyond", default=False)),
        ], [once("one_limit_a_key", "mechanism", "key")], ordering=["mechanism", "key"]),
        table("StepPlanVersion", "version of the step plan", "versions of the step plan", [
            *sourced("plan_versions"),
            ("phase", key("reviews.phase", "phase", "plan_versions", **MAYBE)),
            ("number", models.PositiveSmallIntegerField("number")),
            ("day_rule", models.CharField("dates on a day off", max_length=20, choices=_DAY_RULES, default="keep")),
            ("note", models.TextField("note", blank=True)),
            ("published_at", models.DateTimeField("published at", **MAYBE)),
            ("published_by", key(USER, "published by", rule=SET_NULL, db_constraint=False, **MAYBE)),
        ], [once("one_plan_version_a_number", "mechanism", "number")], ordering=["mechanism", "number"]),
        table("StepPlan", "milestone of the step plan", "step plan", [
            *evidence(),
            ("version", key("reviews.stepplanversion", "version of the step plan", "milestones", rule=CASCADE)),
            ("slug", models.SlugField("short name")),
            ("kind", models.CharField("kind", max_length=20, choices=_MILESTONE_KINDS)),
            ("step", key("reviews.step", "step", "milestones")),
            *translated("name", models.CharField, max_length=200, verbose_name="name"),
            ("order", models.PositiveSmallIntegerField("order")),
            ("amount", models.PositiveSmallIntegerField("duration")),
            ("unit", models.CharField("unit", max_length=10, choices=_UNITS)),
            ("counted_from", key("reviews.stepplan", "counted from", "followers", **MAYBE)),
            ("owed_by", models.CharField("owed by", max_length=20, choices=_OWNERS)),
            ("clock_stops", models.BooleanField("the clock stops", default=False)),
        ], [
            once("one_milestone_a_slug", "version", "slug"),
            once("one_milestone_a_kind", "version", "kind", condition=~Q(kind__in=["processing", "other"])),
        ], ordering=["version", "order"]),
        table("Holiday", "official holiday", "official holidays", [
            *sourced("holidays"),
            ("day", models.DateField("day")),
            *translated("name", models.CharField, max_length=100, verbose_name="name"),
        ], [once("one_holiday_a_day", "mechanism", "day")], ordering=["mechanism", "day"]),
        table("Review", "review", "reviews", [
            ("mechanism", key("reviews.mechanism", "mechanism", "reviews")),
            ("phase", key("reviews.phase", "phase", "reviews")),
            ("review_group", key("reviews.reviewgroup", "review group", "reviews", **MAYBE)),
            ("state_under_review", key("accounts.stateparty", "State under review", "reviews")),
            ("code", models.CharField("code", max_length=20)),
            ("starts_on", models.DateField("starts on")),
            ("plan_version", key("reviews.stepplanversion", "version of the step plan", "reviews")),
            ("step", key("reviews.step", "step", "reviews")),
            ("party_to", list_of(models.SlugField(), "party to")),
            ("working_languages", list_of(models.CharField(max_length=10, choices=LANGUAGES), "working languages")),
            ("officer", key(USER, "officer in charge", rule=SET_NULL, **MAYBE)),
            ("reviewers_share_room", models.BooleanField(
                "the reviewing States read each other's drafts", default=False,
            )),
            ("is_brought_in", models.BooleanField("was brought in", default=False)),
            ("instruments", keys("reviews.instrument", "instruments", "reviews")),
        ], [
            once("one_review_a_code", "mechanism", "code"),
            once("one_review_a_phase_and_state", "phase", "state_under_review"),
        ], ordering=["code"], permissions=_PERMISSIONS, default_permissions=()),
        table("ReviewArticle", "article under review", "articles under review", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("article", key("reviews.article", "article")),
        ], [once("an_article_once_a_review", "review", "article")], ordering=["review", "article"]),
        migrations.AddField(
            "review", "articles",
            keys("reviews.article", "articles under review", "reviews", through="reviews.ReviewArticle"),
        ),
        table("ReviewingState", "reviewing State", "reviewing States", [
            ("review", key("reviews.review", "review", "reviewing_states", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "reviewing State", "reviews_performed")),
            ("basis", models.CharField("drawn", max_length=20, choices=BASES)),
            ("opens_room_at", models.DateTimeField("opened its room to the other reviewing States at", **MAYBE)),
            ("instruments", keys("reviews.instrument", "instruments covered", "reviewing_states")),
        ], [once("a_state_reviews_once", "review", "state_party")], ordering=["basis", "state_party__iso3"]),
        table("ReviewMilestone", "milestone of a review", "milestones of reviews", [
            ("review", key("reviews.review", "review", "milestones", rule=CASCADE)),
            ("plan", key("reviews.stepplan", "milestone")),
            ("due_on", models.DateField("due on")),
            *days(MAYBE, agreed_on="date agreed by the States", reached_on="reached on"),
            ("quiet_through", models.DateField("no reminders of a date up to", **MAYBE)),
        ], [once("one_date_a_milestone", "review", "plan")], ordering=["review", "plan__order"],
        indexes=[models.Index(fields=["due_on"], condition=Q(reached_on=None), name="milestone_open")]),
        table("StepChange", "change of step", "changes of step", [
            ("review", key("reviews.review", "review", "step_changes", rule=CASCADE)),
            ("from_step", key("reviews.step", "from", null=True)),
            ("to_step", key("reviews.step", "to")),
            ("at", models.DateTimeField("at")),
            ("actor", key(USER, "by", null=True)),
            ("acting_for", key("accounts.stateparty", "for", null=True)),
            ("is_brought_in", models.BooleanField("was brought in", default=False)),
        ], ordering=["at"]),
        table("Participation", "participation", "participations", [
            ("review", key("reviews.review", "review", "participations", rule=CASCADE)),
            ("user", key(USER, "person", "participations")),
            ("state_party", key("accounts.stateparty", "State", "participations")),
            ("role", models.CharField("role", max_length=30, choices=_ROLES)),
            ("side", models.CharField("side", max_length=20, choices=_SIDES)),
            ("note_verbale", models.CharField("note verbale", max_length=100, blank=True)),
            ("started_at", models.DateTimeField("from", default=timezone.now)),
            ("ended_at", models.DateTimeField("until", **MAYBE)),
        ], [
            once("one_active_focal_point", "review", "state_party", condition=Q(ended_at=None, role="focal_point")),
            once("one_active_hat_a_review", "review", "user", condition=Q(ended_at=None)),
        ], ordering=["side", "state_party__iso3", "started_at"]),
        table("Clearance", "clearance", "clearances", [
            ("review", key("reviews.review", "review", "clearances", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("focal_point", key(USER, "focal point")),
            ("document_type", models.CharField("kind of document", max_length=100)),
            ("document_id", models.UUIDField("document")),
            ("version", models.PositiveIntegerField("version")),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("cleared_at", models.DateTimeField("cleared at", default=timezone.now)),
        ], [once("one_clearance_a_version_and_state", "document_id", "version", "state_party")],
        ordering=["cleared_at"]),
        migrations.CreateModel("ReviewUserGrant", [
            ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
            ("content_object", models.ForeignKey("reviews.review", DO_NOTHING, related_name="grants")),
            ("user", models.ForeignKey(USER, DO_NOTHING)),
            ("permission", models.ForeignKey("auth.permission", DO_NOTHING)),
        ], options={"managed": False}),
        table("PartialTeam", "start with a partial team", "starts with a partial team", [
            ("review", key("reviews.review", "review", "partial_teams", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("reason", models.TextField("reason for going ahead")),
            ("recorded_by", key(USER, "recorded by", null=True)),
        ], ordering=["created_at"]),
        table("TimeChange", "extension or pause", "extensions and pauses", [
            ("review", key("reviews.review", "review", "time_changes", rule=CASCADE)),
            ("kind", models.CharField("kind", max_length=10, choices=_CHANGE_KINDS)),
            ("milestone", key("reviews.reviewmilestone", "milestone", "time_changes", rule=CASCADE, null=True)),
            *days(NULL, starts_on="first day of the pause", decided_on="decided on", ended_on="ended early on"),
            ("until", models.DateField("until")),
            ("reason", models.TextField("reason")),
            *people(NULL, asked_by="asked by", recorded_by="recorded by", ended_by="ended by"),
            ("asked_for", key("accounts.stateparty", "asked for", null=True)),
            ("asked_at", models.DateTimeField("asked at", default=timezone.now)),
            ("status", models.CharField("status", max_length=10, choices=_CHANGE_STATUSES, default="asked")),
            ("decided_at", models.DateTimeField("decided at", null=True)),
            ("recorded_how", models.TextField("how it was agreed", blank=True)),
        ], [
            holds(
                "a_time_change_has_what_its_kind_needs", Q(kind="extension", milestone__isnull=False, starts_on=None)
                    | Q(kind="pause", milestone=None, starts_on__isnull=False, until__gte=F("starts_on")),
            ),
            once("one_open_extension_a_milestone", "milestone", condition=Q(kind="extension", status="asked")),
            once("one_open_pause_a_review", "review", condition=Q(kind="pause", status="asked")),
        ], ordering=["-asked_at"]),
        table("NoteVerbale", "note verbale", "notes verbales", [
            ("mechanism", key("reviews.mechanism", "mechanism")),
            ("state_party", key("accounts.stateparty", "State", "notes_verbales")),
            ("number", models.CharField("number", max_length=100)),
            ("dated_on", models.DateField("date of the note")),
            *file("scan", "scanned note", reviews.nominations.models._place_of_scan, blank=True),
            ("status", models.CharField("status", max_length=10, choices=_NOTE_STATUSES, default="recording")),
            ("recorded_by", key(USER, "recorded by")),
            ("came_by_link", models.BooleanField("named by the mission through its link", default=False)),
            *people(MAYBE, written_by="wrote to the mission", listed_by="listed its address", checked_by="checked by"),
            *moments(MAYBE, submitted_at="submitted at", checked_at="checked at"),
            ("return_reason", models.TextField("why it was returned", blank=True)),
        ], [
            once("a_note_is_recorded_once", "mechanism", "state_party", "number"),
            holds("two_people_record_and_check", Q(checked_by=None) | ~Q(checked_by=F("recorded_by"))),
            holds(
                "who_opened_the_link_does_not_check", Q(checked_by=None)
                    | (Q(written_by=None) | ~Q(checked_by=F("written_by")))
                    & (Q(listed_by=None) | ~Q(checked_by=F("listed_by"))),
            ),
        ], ordering=["-dated_on", "-created_at"]),
        table("Nomination", "nomination", "nominations", [
            ("note", key("reviews.noteverbale", "note verbale", "nominations", rule=CASCADE)),
            ("review", key("reviews.review", "review", "nominations", rule=CASCADE)),
            ("role", models.CharField("role", max_length=30, choices=_ROLES)),
            ("email", models.EmailField("e-mail address")),
            ("full_name", models.CharField("name", max_length=150)),
            ("job_title", models.CharField("title", max_length=150, blank=True)),
            ("organization", models.CharField("ministry or office", max_length=200, blank=True)),
            ("phone", models.CharField("office telephone", max_length=40, blank=True)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES, default="en")),
            ("replaces", key("reviews.participation", "replaces", **MAYBE)),
            ("participation", one_key("reviews.participation", "participation", "nomination", rule=SET_NULL, **MAYBE)),
        ], [once("one_nomination_a_person_and_review", "note", "review", "email")],
        ordering=["review__code", "role", "full_name"]),
        table("AccessRequest", "request for access", "requests for access", [
            ("kind", models.CharField("act", max_length=20, choices=_ACCESS_KINDS)),
            ("status", models.CharField("status", max_length=10, choices=_ACCESS_STATUSES, default="prepared")),
            ("about", models.CharField("thing acted on", max_length=400)),
            ("state_party", key("accounts.stateparty", "State", **MAYBE)),
            ("mechanism", key("reviews.mechanism", "mechanism", **MAYBE)),
            *people(MAYBE, person="person", approved_by="approved by", answered_by="answered by"),
            ("participation", key("reviews.participation", "participation", rule=CASCADE, **MAYBE)),
            ("note", key("reviews.noteverbale", "note verbale", "requests", rule=SET_NULL, **MAYBE)),
            ("wanted", models.JSONField("what is asked for", default=dict, blank=True)),
            ("number", models.CharField("number of the note verbale", max_length=100, blank=True)),
            *file("scan", "scanned note", reviews.access.models._place_of_scan, blank=True),
            ("reason", models.TextField("reason", blank=True)),
            ("prepared_by", key(USER, "prepared by")),
            ("is_alone", models.BooleanField("taken on by the only officer left", default=False)),
            *moments(MAYBE, told_at="told to the State at", effective_at="takes effect at", delayed_at="delayed at"),
            *moments(MAYBE, answered_at="answered at", done_at="in effect since"),
            ("answer", models.TextField("why it was returned, delayed or refused", blank=True)),
        ], [
            once("one_open_request_about_a_thing", "about", condition=Q(status__in=("prepared", "told", "due"))),
            holds("two_people_prepare_and_approve", Q(approved_by=None) | ~Q(approved_by=F("prepared_by"))),
            holds(
                "nothing_is_done_by_one_officer",
                Q(status__in=["prepared", "returned", "refused", "withdrawn"]) | Q(approved_by__isnull=False)
                    | Q(is_alone=True),
            ),
            holds(
                "what_the_state_was_told_has_a_time",
                ~Q(status__in=["told", "due"]) | Q(effective_at__isnull=False, told_at__isnull=False),
            ),
        ], ordering=["-created_at"]),
        table("AdherenceStatement", "statement on an instrument", "statements on instruments", [
            ("adherence", key("reviews.adherence", "adherence", "statements", rule=CASCADE)),
            ("kind", models.CharField("kind", max_length=20, choices=_STATEMENT_KINDS)),
            ("made_on", models.DateField("made on", **MAYBE)),
            ("language", models.CharField("language of the text", max_length=10, choices=LANGUAGES)),
            ("text", models.TextField("text")),
            ("link", models.URLField("link", max_length=500, blank=True)),
        ], ordering=["adherence", "made_on", "created_at"]),
        table("BroughtFile", "file brought in", "files brought in", [
            ("mechanism", key("reviews.mechanism", "mechanism")),
            ("kind", models.CharField("kind", max_length=20, choices=_BROUGHT_KINDS)),
            ("review", key("reviews.review", "review", rule=CASCADE, **MAYBE)),
            ("instrument", key("reviews.instrument", "instrument", **MAYBE)),
            ("file_name", models.CharField("name of the file", max_length=200)),
            ("sha256", models.CharField("SHA-256 of the file", max_length=64)),
            ("content", models.JSONField("what was read")),
            ("brought_by", key(USER, "brought in by")),
            ("status", models.CharField("status", max_length=20, choices=_BROUGHT_STATUSES, default="prepared")),
            *done(MAYBE, decided="decided"),
            ("reason", models.TextField("why it was set aside", blank=True)),
        ], [
            holds(
                "two_officers_bring_in",
                ~Q(status="brought_in") | Q(decided_by__isnull=False) & ~Q(decided_by=F("brought_by")),
            ),
            once(
                "one_open_file_a_text", "review", "kind", "instrument",
                condition=Q(status="prepared") | Q(status="waiting"),
            ),
        ], ordering=["-created_at"]),
        table("BroughtPiece", "piece brought in", "pieces brought in", [
            ("review", key("reviews.review", "review", "brought_pieces", rule=CASCADE)),
            ("kind", models.CharField("kind", max_length=20, choices=_BROUGHT_KINDS)),
            ("file", key("reviews.broughtfile", "file", "pieces")),
            ("sha256", models.CharField("SHA-256 of the file", max_length=64)),
            ("brought_by", key(USER, "brought in by")),
            ("checked_by", key(USER, "checked by")),
            ("state_party", key("accounts.stateparty", "State whose own it is", **MAYBE)),
            ("instrument", key("reviews.instrument", "instrument", **MAYBE)),
            ("word", models.CharField("word of the State", max_length=10, choices=_WORDS, default="", blank=True)),
            *done(MAYBE, word="said"),
            ("reason", models.TextField("why the State objects", blank=True)),
        ], [once("a_file_once_a_review", "file", "review", "state_party")], ordering=["-created_at"]),
        table("Concern", "private consultation on a concern", "private consultations on concerns", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "opened by")),
            ("officer", key(USER, "officer who takes part", **MAYBE)),
            *moments(MAYBE, officer_settled_until="nothing to add until, the officer", closed_at="closed at"),
        ], ordering=["created_at"]),
        table("ConcernState", "State of a private consultation", "States of a private consultation", [
            ("concern", key("reviews.concern", "consultation", "states", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("settled_until", models.DateTimeField("nothing to add until", **MAYBE)),
        ], [once("a_state_once_a_concern", "concern", "state_party")], ordering=["concern", "state_party__iso3"]),
        table("ConcernMessage", "message of a private consultation", "messages of a private consultation", [
            ("concern", key("reviews.concern", "consultation", "messages", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State", **MAYBE)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            *shown("text", "text"),
            ("written_by", key(USER, "written by")),
        ], ordering=["concern", "created_at"]),
        table("ConsultationProposal", "proposal on languages and dates", "proposals on languages and dates", [
            ("review", key("reviews.review", "review", "proposals", rule=CASCADE)),
            ("number", models.PositiveSmallIntegerField("number")),
            ("languages", ArrayField(
                models.CharField(max_length=10, choices=LANGUAGES), size=6, verbose_name="working languages",
            )),
            ("reason", models.TextField("reason for a third language", blank=True)),
            ("dates", models.JSONField("dates", default=dict)),
            ("note", models.TextField("note to the other States", blank=True)),
            ("proposed_by", key(USER, "proposed by", null=True)),
            ("proposed_for", key("accounts.stateparty", "proposed for", null=True)),
        ], [once("one_proposal_a_number", "review", "number")], ordering=["-number"]),
        table("ConsultationConfirmation", "confirmation of a proposal", "confirmations of proposals", [
            ("proposal", key("reviews.consultationproposal", "proposal", "confirmations", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("focal_point", key(USER, "focal point", null=True)),
            ("confirmed_at", models.DateTimeField("confirmed at", default=timezone.now)),
        ], [once("one_confirmation_a_proposal_and_state", "proposal", "state_party")], ordering=["confirmed_at"]),
        table("SilenceNotice", f"notice {_SILENCE}", f"notices {_SILENCE}", [
            ("proposal", key("reviews.consultationproposal", "proposal", "silence_notices", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("counts_on", models.DateField("day on which silence counts")),
        ], [once("one_silence_notice_a_proposal_and_state", "proposal", "state_party")], ordering=["counts_on"]),
        table("TimeChangeAnswer", "answer on an extension or a pause", "answers on extensions and pauses", [
            *_ANSWER,
            ("change", key("reviews.timechange", "extension or pause", "answers", rule=CASCADE)),
        ], [once("one_answer_a_change_and_state", "change", "state_party")], ordering=["answered_at"]),
        table("CalendarFeed", "calendar feed", "calendar feeds", [
            ("user", key(USER, "person", "calendar_feeds", rule=CASCADE)),
            ("review", key("reviews.review", "review", "calendar_feeds", rule=CASCADE, **MAYBE)),
            ("sha256", models.CharField("SHA-256 of the secret", unique=True, max_length=64)),
            *moments(MAYBE, last_used_at="last used", ended_at="ended at"),
        ], [
            once(
                "one_calendar_feed_a_person_and_review", "user", "review", condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
        ], ordering=["created_at"]),
        room_table("DialogueMeeting", "meeting of the experts", "meetings of the experts", [
            ("held_on", models.DateField("held on")),
            ("means", models.CharField("means", max_length=20, choices=_MEANS)),
            ("others", models.CharField("others who took part", max_length=500, blank=True)),
            *shown("subject", "what was talked about", blank=True),
            ("recorded_by", key(USER, "recorded by")),
            ("recorded_for", key("accounts.stateparty", "recorded for", **MAYBE)),
            ("participants", keys("reviews.participation", "participants")),
        ], ordering=["held_on", "created_at"]),
        room_table("PlannedMeeting", "meeting to come", "meetings to come", [
            ("starts_at", models.DateTimeField("begins at")),
            ("time_zone", models.CharField("time zone", max_length=64)),
            ("minutes", models.PositiveSmallIntegerField("duration in minutes")),
            ("means", models.CharField("means", max_length=20, choices=_MEANS)),
            ("place", models.CharField("place", max_length=300, blank=True)),
            ("link", models.URLField("link", max_length=1000, blank=True)),
            *shown("agenda", "agenda", blank=True),
            ("status", models.CharField("status", max_length=10, choices=_MEETING_STATUSES, default="invited")),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            *people(NULL, invited_by="invited by", changed_by="changed by"),
            ("invited_for", key("accounts.stateparty", "invited for", null=True)),
            ("changed_for", key("accounts.stateparty", "changed for", null=True)),
            *moments(NULL, changed_at="changed at", agreed_at="agreed at"),
            ("asked_at", models.DateTimeField("asked at", default=timezone.now)),
            ("reason", models.TextField("reason of the cancellation", blank=True)),
            ("record", one_key("reviews.dialoguemeeting", "record", "planned", rule=SET_NULL, null=True)),
        ], [holds("a_meeting_lasts_minutes_to_a_day", Q(minutes__gte=5, minutes__lte=1440))],
        ordering=["starts_at", "created_at"]),
        table("MeetingAnswer", "answer to an invitation to a meeting", "answers to invitations to meetings", [
            *_ANSWER,
            ("meeting", key("reviews.plannedmeeting", "meeting", "answers", rule=CASCADE)),
            ("revision", models.PositiveIntegerField("revision")),
        ], [once("one_answer_a_meeting_state_and_revision", "meeting", "state_party", "revision")],
        ordering=["answered_at"]),
        table("NominationLetter", "letter to an office of a State", "letters to offices of States", [
            ("mechanism", key("reviews.mechanism", "mechanism")),
            ("state_party", key("accounts.stateparty", "State", "letters")),
            ("contact", key("accounts.statecontact", "contact", "letters", rule=SET_NULL, **MAYBE)),
            ("kind", models.CharField("kind", max_length=10, choices=_LETTER_KINDS, default="written")),
            ("office", models.CharField("mission or office", max_length=200)),
            ("address", models.EmailField("sent to")),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("written_by", key(USER, "written by")),
            ("listed_by", key(USER, "address listed by", **MAYBE)),
            ("link", one_key("accounts.statelink", "link", "letter", **MAYBE)),
            ("notification", one_key("core.notification", "mail", **MAYBE)),
            ("is_dropped", models.BooleanField("was not sent, since the office had left the list", default=False)),
        ], ordering=["-created_at"], indexes=[
            models.Index(fields=["mechanism", "state_party"], name="letters_of_state"),
            models.Index(fields=["created_at"], condition=Q(is_dropped=False, link=None), name="letters_owed"),
        ]),
        table("ReceivedNomination", "nomination received by link", "nominations received by link", [
            ("mechanism", key("reviews.mechanism", "mechanism")),
            ("state_party", key("accounts.stateparty", "State", "received_nominations")),
            ("link", key("accounts.statelink", "link", "received")),
            ("number", models.CharField("number", max_length=100)),
            ("dated_on", models.DateField("date of the note")),
            *file("scan", "scanned note", reviews.outreach.models._place_of_scan),
            ("people", models.JSONField("people")),
            ("digest", models.CharField("SHA-256 of all that was sent", max_length=64)),
            ("told_at", models.DateTimeField("officers were told at", **MAYBE)),
            ("status", models.CharField("status", max_length=10, choices=_RECEIVED_STATUSES, default="received")),
            ("note", one_key("reviews.noteverbale", "note verbale", rule=DO_NOTHING, db_constraint=False, **MAYBE)),
            *done(MAYBE, decided="decided"),
            ("reason", models.TextField("why it was set aside", blank=True)),
        ], [once("the_same_is_received_once", "link", "digest")], ordering=["-created_at"]),
        table("ReadingItem", "publication or tool", "publications and tools", [
            ("mechanism", key("reviews.mechanism", "mechanism", "reading")),
            ("kind", models.CharField("kind", max_length=20, choices=_READING_KINDS)),
            ("title", models.CharField("title", max_length=300)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("link", models.URLField("address", max_length=1000, blank=True)),
            ("instrument", key("reviews.instrument", "instrument", **MAYBE)),
            ("cluster", key("reviews.cluster", "cluster", **MAYBE)),
            ("order", models.PositiveSmallIntegerField("place in the list")),
            *evidence(blank=True),
            ("withdrawn_at", models.DateTimeField("withdrawn at", **MAYBE)),
        ], [once("a_work_once_a_language", "mechanism", "language", "title")],
        ordering=["mechanism", "order", "title"]),
        table("ReminderRule", "rule of reminders", "rules of reminders", [
            *sourced("reminder_rules"),
            ("audience", models.CharField("to whom", max_length=20, choices=_AUDIENCES)),
            ("days", models.SmallIntegerField("days after the indicative date (negative: before)")),
            ("is_active", models.BooleanField("is in use", default=True)),
        ], [
            once("one_reminder_a_day_and_audience", "mechanism", "audience", "days"),
            holds(
                "reminders_are_near_their_date", Q(days__gte=-90, days__lte=90),
                violation_error_message="At most 90 days before or after.",
            ),
        ], ordering=["mechanism", "days", "audience"]),
        table("ReminderHour", "hour of reminders", "hours of reminders", [
            ("user", one_key(USER, "person", "reminder_hour", rule=CASCADE)),
            ("hour", models.PositiveSmallIntegerField("hour", validators=[validators.MaxValueValidator(23)])),
        ]),
        table("Snooze", "postponed reminder", "postponed reminders", [
            ("user", key(USER, "person", "snoozes", rule=CASCADE)),
            ("milestone", key("reviews.reviewmilestone", "milestone of a review", "snoozes", rule=CASCADE)),
            ("until", models.DateField("until")),
        ], [once("one_snooze_a_task", "user", "milestone")]),
        table("TaskDelegation", "task handed to a colleague", "tasks handed to colleagues", [
            ("milestone", key("reviews.reviewmilestone", "milestone of a review", "delegations", rule=CASCADE)),
            ("user", key(USER, "by", "tasks_handed_on", rule=CASCADE)),
            ("colleague", key(USER, "to", "tasks_taken_on", rule=CASCADE)),
        ], [once("one_delegation_a_task", "milestone", "user")]),
        table("Mute", "muted review", "muted reviews", [
            ("user", key(USER, "person", "mutes", rule=CASCADE)),
            ("review", key("reviews.review", "review", "mutes", rule=CASCADE)),
        ], [once("muted_once", "user", "review")]),
        table("Absence", "absence", "absences", [
            ("user", key(USER, "person", "absences", rule=CASCADE)),
            ("starts_on", models.DateField("from")),
            ("ends_on", models.DateField("until")),
            ("deputy", key(USER, "deputy", "deputised_absences", rule=SET_NULL, **MAYBE)),
        ], [holds("absence_ends_after_it_starts", Q(ends_on__gte=F("starts_on")))], ordering=["starts_on"]),
        table("PublicStatus", "public page of steps reached", "public pages of steps reached", [
            *evidence(),
            ("mechanism", one_key("reviews.mechanism", "mechanism", "public_status")),
            ("is_open", models.BooleanField("the page is open to the public", default=False)),
        ], ordering=["mechanism"]),
        table("StatusConsent", "consent to the public status", "consents to the public status", [
            ("mechanism", key("reviews.mechanism", "mechanism", "status_consents")),
            ("state_party", key("accounts.stateparty", "State", "status_consents")),
            ("given_by", key(USER, "given by")),
            ("given_at", models.DateTimeField("given at", default=timezone.now)),
            *done(MAYBE, ended="ended"),
        ], [once("one_status_consent_a_state", "mechanism", "state_party", condition=Q(ended_at=None))],
        ordering=["given_at"]),
    ])
