"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import CASCADE, F, Q
from django.utils import timezone

import questionnaires.laws.models
from core.database.columns import (
    LANGUAGES, MAYBE, NULL, USER, at_once, days, document, done, file, holds, key, keys, list_of, moments, once,
    one_key, people, shown, table,
)  # fmt: skip
from reviews.columns import here_or_brought_in, room_table, sourced

_VERSION_STATUSES = [("draft", "Draft"), ("published", "Published"), ("retired", "Retired")]
_QUESTION_KINDS = [
    ("yes_no", "Yes or no"), ("yes_part_no", "Yes, in part or no"), ("single", "One of several"),
    ("multiple", "Any of several"), ("text", "Text"), ("group", "Heads its sub-items"),
]
_RESPONSE_STATUSES = [
    ("open", "Being drafted"), ("in_clearance", "With the focal point for clearance"), ("sent", "Sent"),
]
_SAID = [("done", "Done"), ("not_ours", "Not ours")]
_LAW_KINDS = [
    ("law", "Law"), ("regulation", "Regulation"), ("case", "Case"), ("policy", "Policy"),
    ("elsewhere", "Answer given elsewhere"),
]
_LAW_STATUSES = [("in_force", "In force"), ("amended", "Amended"), ("repealed", "Repealed")]
_BODY_KINDS = [
    ("civil_society", "Civil society"), ("private_sector", "Private sector"), ("academia", "Academia"),
    ("other", "Other body"),
]
_METHODS = [
    ("text", "Same official text"), ("heading", "First question under the same heading"),
    ("article", "Same article and paragraph"), ("officer", "Linked by the secretariat"),
]
_HOW = [
    ("kept", "Still correct"), ("edited", "Taken to be changed"), ("same", "Same answer as to another question"),
    ("set_aside", "Set aside"),
]
# What is said to a question: an official answer, or a proposal of a ministry; and each revision of that.
_SAYS = [
    ("choices", list_of(models.TextField(), "choices")),
    ("citations", models.JSONField("legal references", default=list)),
    ("is_outside_competence", models.BooleanField("not within the competence", default=False)),
    ("saved_by", key(USER, "saved by")),
]
_REPLY = [
    *_SAYS, *shown("text", "text", blank=True),
    ("question", key("questionnaires.question", "question")),
    ("revision", models.PositiveIntegerField("revision", default=1)),
]
_REVISION = [
    *_SAYS, ("text", models.TextField("text", blank=True)),
    ("number", models.PositiveIntegerField("number")),
    ("is_conflict", models.BooleanField("came on top of an older revision", default=False)),
    ("save_key", models.UUIDField("name of the save", null=True, editable=False)),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reviews", "0001_initial")]
    operations = at_once([
        table("Questionnaire", "questionnaire", "questionnaires", [
            ("mechanism", key("reviews.mechanism", "mechanism", "questionnaires")),
            ("cluster", one_key("reviews.cluster", "cluster", "questionnaire")),
            ("slug", models.SlugField("short name in addresses", unique=True)),
        ], ordering=["cluster__number"]),
        table("QuestionnaireVersion", "version of a questionnaire", "versions of questionnaires", [
            ("questionnaire", key("questionnaires.questionnaire", "questionnaire", "versions")),
            ("number", models.PositiveSmallIntegerField("number")),
            ("status", models.CharField("status", max_length=10, choices=_VERSION_STATUSES, default="draft")),
            ("language", models.CharField("official language of the text", max_length=10, choices=LANGUAGES)),
            ("title", models.CharField("title", max_length=300)),
            ("source", models.CharField("source", max_length=200)),
            ("guidance", models.JSONField("general guidance", default=list)),
            ("translations", models.JSONField("translations", default=dict, blank=True)),
            ("sha256", models.CharField("SHA-256", max_length=64, blank=True)),
            ("published_at", models.DateTimeField("published at", **MAYBE)),
        ], [once("one_version_a_number", "questionnaire", "number")], ordering=["questionnaire", "number"]),
        table("Part", "part", "parts", [
            ("version", key("questionnaires.questionnaireversion", "version", "parts", rule=CASCADE)),
            ("instrument", key("reviews.instrument", "instrument")),
            ("order", models.PositiveSmallIntegerField("order")),
            ("title", models.CharField("title", max_length=300)),
            ("cluster_title", models.CharField("title of the cluster", max_length=300)),
            ("guidance", models.JSONField("guidance", default=list)),
        ], [once("one_part_an_instrument", "version", "instrument")], ordering=["version", "order"]),
        table("Section", "section", "sections", [
            ("part", key("questionnaires.part", "part", "sections", rule=CASCADE)),
            ("slug", models.SlugField("short name in addresses", max_length=80)),
            ("order", models.PositiveSmallIntegerField("order")),
            ("heading", models.TextField("heading")),
            ("parent_heading", models.TextField("heading above", blank=True)),
            ("guidance", models.JSONField("guidance", default=list)),
            ("footnotes", models.JSONField("footnotes", default=list)),
            ("applicability", models.CharField("applies when", max_length=60, blank=True)),
            ("articles", keys("reviews.article", "articles", "sections")),
        ], [once("one_section_a_slug", "part", "slug")], ordering=["part", "order"]),
        table("Question", "question", "questions", [
            ("version", key("questionnaires.questionnaireversion", "version", "questions", rule=CASCADE)),
            ("section", key("questionnaires.section", "section", "questions", rule=CASCADE)),
            ("parent", key("questionnaires.question", "item above", "children", rule=CASCADE, null=True)),
            ("code", models.CharField("code", max_length=60)),
            ("order", models.PositiveSmallIntegerField("order")),
            ("number", ArrayField(models.CharField(max_length=8), verbose_name="number as printed")),
            ("text", models.TextField("text")),
            ("kind", models.CharField("kind", max_length=12, choices=_QUESTION_KINDS)),
            ("is_voluntary", models.BooleanField("is voluntary", default=False)),
            ("is_self_assessed", models.BooleanField("is self-assessed", default=False)),
            ("articles", models.JSONField("articles cited", default=list)),
            ("footnotes", models.JSONField("footnotes", default=list)),
            ("deviation", models.TextField("difference from the print", blank=True)),
        ], [once("one_question_a_code", "version", "code")], ordering=["version", "order"]),
        table("QuestionOption", "option", "options", [
            ("question", key("questionnaires.question", "question", "options", rule=CASCADE)),
            ("order", models.PositiveSmallIntegerField("order")),
            ("text", models.TextField("text")),
            ("is_free_text", models.BooleanField("asks for words", default=False)),
        ], [once("one_option_a_place", "question", "order")], ordering=["question", "order"]),
        table("ItemMapping", "where an item goes", "where items go", [
            ("old_version", key("questionnaires.questionnaireversion", "earlier version")),
            ("new_version", key("questionnaires.questionnaireversion", "later version")),
            ("old_code", models.CharField("code in the earlier version", max_length=60)),
            ("new_code", models.CharField("code in the later version", max_length=60, blank=True)),
            ("decided_by", key(USER, "decided by")),
        ], [once("one_place_an_item", "old_version", "new_version", "old_code")]),
        table("Condition", "condition", "conditions", [
            ("question", one_key("questionnaires.question", "question", "condition", rule=CASCADE)),
            ("tree", models.JSONField("tree")),
            ("source", models.TextField("words it came from")),
        ]),
        table("Response", "response", "responses", [
            ("room", key("accounts.stateparty", "room", **MAYBE)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("review", one_key("reviews.review", "review", "response", rule=CASCADE)),
            ("version", key("questionnaires.questionnaireversion", "version", "responses")),
            ("party_to", ArrayField(models.SlugField(), verbose_name="party to")),
            ("status", models.CharField("status", max_length=20, choices=_RESPONSE_STATUSES, default="open")),
            ("return_reason", models.TextField("why it was returned", blank=True)),
            ("sent_at", models.DateTimeField("sent at", **MAYBE)),
            ("moved_from", key("questionnaires.questionnaireversion", "moved from", "moved_away", null=True)),
            ("is_brought_in", models.BooleanField("was brought in", default=False)),
            *moments(NULL, opened_at="opened at", recalled_at="recalled at"),
            ("opened_by", key("accounts.stateparty", "first opened by", null=True)),
            ("recall_reason", models.TextField("why it was recalled", default="", db_default="", blank=True)),
            ("recalled_numbers", list_of(
                models.PositiveSmallIntegerField(), "versions that were recalled", db_default=[],
            )),
            *moments(NULL, opened_sent_at="sending of the version that was opened", revised_at="next version begun at"),
            ("revision_reason", models.TextField("why there is a next version", default="", db_default="", blank=True)),
            ("wants_second_reader", models.BooleanField("is read by a second person", default=False, db_default=False)),
        ], [
            holds(
                "opened_only_where_sent", Q(opened_at=None, opened_by=None, opened_sent_at=None) | Q(
                    opened_at__isnull=False, opened_by__isnull=False, sent_at__isnull=False,
                    opened_sent_at__lte=F("sent_at"),
                ),
            ),
            holds("revised_only_where_sent", Q(revised_at=None) | Q(sent_at__isnull=False)),
        ]),
        table("SectionAssignment", "assignment of a section", "assignments of sections", [
            ("response", key("questionnaires.response", "response", "assignments", rule=CASCADE)),
            ("section", key("questionnaires.section", "section", rule=CASCADE)),
            ("participation", key("reviews.participation", "contributor", "assignments", rule=CASCADE)),
            ("question", key("questionnaires.question", "question", rule=CASCADE, null=True)),
            ("due_on", models.DateField("due on", null=True)),
            ("remark", models.TextField("remark", blank=True)),
            ("shows_official", models.BooleanField("shows the official answers", default=False)),
            *people(NULL, sent_by="sent by", checked_by="checked by"),
            ("sent_at", models.DateTimeField("sent at", default=timezone.now)),
            ("said", models.CharField("said", max_length=10, choices=_SAID, blank=True)),
            ("said_at", models.DateTimeField("said at", null=True)),
            ("word", models.TextField("whom to ask", blank=True)),
        ], [
            once(
                "one_assignment_a_contributor", "response", "section", "question", "participation",
                nulls_distinct=False,
            ),
        ]),
        room_table("ResponseSubmission", "submission", "submissions", [
            ("response", key("questionnaires.response", "response", "submissions")),
            ("number", models.PositiveSmallIntegerField("number")),
            *document(),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("cleared_by", key(USER, "cleared by", null=True)),
            ("brought_piece", one_key("reviews.broughtpiece", "brought in as", "submission", null=True)),
            ("sent_at", models.DateTimeField("sent at")),
        ], [
            once("one_submission_a_number", "response", "number"),
            here_or_brought_in("cleared_here_or_brought_in", "cleared_by"),
        ], ordering=["response", "number"]),
        room_table("Answer", "answer", "answers", [
            *_REPLY,
            ("response", key("questionnaires.response", "response", "answers", rule=CASCADE)),
            ("settled_by", key(USER, "looked at by", null=True)),
        ], [
            once("one_answer_a_question", "response", "question"),
            holds("outside_competence_without_choice", Q(is_outside_competence=False) | Q(choices=[])),
        ]),
        room_table("AnswerRevision", "revision of an answer", "revisions of answers", [
            *_REVISION,
            ("answer", key("questionnaires.answer", "answer", "revisions", rule=CASCADE)),
        ], [once("one_revision_a_number", "answer", "number", condition=Q(is_conflict=False))],
        ordering=["answer", "created_at"]),
        room_table("Proposal", "proposal", "proposals", [
            *_REPLY,
            ("response", key("questionnaires.response", "response", "proposals", rule=CASCADE)),
            ("participation", key("reviews.participation", "contributor", "proposals")),
            ("return_reason", models.TextField("why it was returned", default="", db_default="", blank=True)),
            *done(NULL, returned="returned"),
            ("return_answered_at", models.DateTimeField("return answered at", null=True)),
        ], [once("one_proposal_a_contributor", "response", "participation", "question")]),
        room_table("ProposalRevision", "revision of a proposal", "revisions of proposals", [
            *_REVISION,
            ("answer", key("questionnaires.proposal", "proposal", "revisions", rule=CASCADE)),
        ], [once("one_proposal_revision_a_number", "answer", "number", condition=Q(is_conflict=False))],
        ordering=["answer", "created_at"]),
        room_table("Adoption", "adoption of a proposal", "adoptions of proposals", [
            ("proposal", key("questionnaires.proposal", "proposal", "adoptions")),
            ("number", models.PositiveIntegerField("revision of the proposal")),
            ("answer_number", models.PositiveIntegerField("revision of the answer")),
            ("adopted_by", key(USER, "adopted by")),
        ], ordering=["proposal", "created_at"]),
        room_table("SecondReading", "second reading", "second readings", [
            ("response", key("questionnaires.response", "response", "second_readings", rule=CASCADE)),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("is_fine", models.BooleanField("nothing to add")),
            ("word", models.TextField("at what to look again", blank=True)),
            ("read_by", key(USER, "read by")),
        ], ordering=["response", "created_at"]),
        table("QuestionnaireDraft", "draft of a questionnaire", "drafts of questionnaires", [
            ("cluster", one_key("reviews.cluster", "cluster", "draft")),
            ("content", models.JSONField("content")),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("edited_by", list_of(models.UUIDField(), "edited by")),
            ("last_edited_by", key(USER, "last edited by")),
        ], ordering=["cluster"]),
        table("Law", "law", "laws", [
            ("state_party", key("accounts.stateparty", "State", "laws")),
            ("kind", models.CharField("kind", max_length=20, choices=_LAW_KINDS, default="law")),
            ("title", models.CharField("title", max_length=300)),
            ("translation", models.CharField("title in translation", max_length=300, blank=True)),
            ("number", models.CharField("number", max_length=100, blank=True)),
            *days(MAYBE, dated="date", since="from when"),
            ("language", models.CharField("language", max_length=12, blank=True)),
            ("status", models.CharField("status", max_length=20, choices=_LAW_STATUSES, default="in_force")),
            ("link", models.URLField("link", max_length=500, blank=True)),
            ("text", models.TextField("text", blank=True)),
            ("also_cited_as", models.TextField("also cited as", blank=True)),
            ("articles", list_of(models.CharField(max_length=60), "articles", blank=True)),
            ("ended_at", models.DateTimeField("no longer used since", **MAYBE)),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("saved_by", key(USER, "saved by")),
        ], ordering=["title", "dated"]),
        table("LawName", "name of a law", "names of laws", [
            ("law", key("questionnaires.law", "law", "names", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            ("key", models.TextField("words")),
        ], [once("one_law_a_name", "state_party", "key")]),
        table("LawFile", "file of a law", "files of laws", [
            ("law", key("questionnaires.law", "law", "files", rule=CASCADE)),
            ("title", models.CharField("title", max_length=300)),
            ("language", models.CharField("language", max_length=12, blank=True)),
            *file("file", "file", questionnaires.laws.models._place_of_law_file),
            ("added_by", key(USER, "added by")),
            ("ended_at", models.DateTimeField("no longer used since", **MAYBE)),
        ], [once("one_file_of_a_law_once", "law", "sha256", condition=Q(ended_at=None))], ordering=["created_at"]),
        table("LawVersion", "version of a law", "versions of laws", [
            ("law", key("questionnaires.law", "law", "versions", rule=CASCADE)),
            ("review", key("reviews.review", "review")),
            ("number", models.PositiveIntegerField("number")),
            ("content", models.JSONField("content")),
            ("saved_by", key(USER, "saved by")),
        ], [once("one_version_of_a_law_a_number", "law", "number")], ordering=["law", "number"]),
        room_table("MarginThread", "thread of margin notes", "threads of margin notes", [
            ("response", key("questionnaires.response", "response", "threads", rule=CASCADE)),
            ("question", key("questionnaires.question", "question")),
            ("participation", key("reviews.participation", "addressed to", "threads", null=True)),
            *done(NULL, resolved="resolved"),
        ], ordering=["response", "created_at"]),
        room_table("MarginNote", "margin note", "margin notes", [
            ("thread", key("questionnaires.marginthread", "thread", "notes", rule=CASCADE)),
            ("text", models.TextField("text")),
            ("written_by", key(USER, "written by")),
            ("edited_at", models.DateTimeField("changed at", null=True)),
        ], ordering=["thread", "created_at"]),
        room_table("MarginMention", "mention in a margin note", "mentions in margin notes", [
            ("note", key("questionnaires.marginnote", "note", "mentions", rule=CASCADE)),
            ("user", key(USER, "person", rule=CASCADE)),
            ("seen_at", models.DateTimeField("seen at", null=True)),
        ], [once("one_mention_a_note", "note", "user")]),
        room_table("ConsultedBody", "consulted body", "consulted bodies", [
            ("response", key("questionnaires.response", "response", "consulted_bodies", rule=CASCADE)),
            ("name", models.CharField("name", max_length=200)),
            ("kind", models.CharField("kind", max_length=20, choices=_BODY_KINDS)),
            ("consulted_on", models.DateField("consulted on")),
            ("about", models.TextField("on what", blank=True)),
            ("added_by", key(USER, "added by")),
        ], ordering=["response", "consulted_on", "created_at"]),
        table("ResponseReading", "reading of a self-assessment", "readings of self-assessments", [
            ("response", key("questionnaires.response", "response", "readings", rule=CASCADE)),
            ("user", key(USER, "person", rule=CASCADE)),
            ("seen_at", models.DateTimeField("seen at")),
            ("before_at", models.DateTimeField("seen before at", null=True)),
        ], [once("one_reading_a_response", "response", "user")]),
        table("QuestionLink", "link between questions", "links between questions", [
            *sourced("question_links"),
            ("block", models.SlugField("block", max_length=60)),
            ("code", models.CharField("code of the question", max_length=60)),
            ("method", models.CharField("found by", max_length=10, choices=_METHODS, default="officer")),
        ], [once("a_question_once_a_block", "mechanism", "block", "code")], ordering=["mechanism", "block", "code"]),
        room_table("ReusedAnswer", "answer taken over", "answers taken over", [
            ("response", key("questionnaires.response", "response", "reused", rule=CASCADE)),
            ("question", key("questionnaires.question", "question")),
            ("answer", key("questionnaires.answer", "answer", "reused", null=True)),
            ("number", models.PositiveIntegerField("revision of the answer", default=0)),
            ("how", models.CharField("what was done", max_length=10, choices=_HOW)),
            ("submission", key("questionnaires.responsesubmission", "taken from", null=True)),
            ("source_review", models.CharField("review that it is taken from", max_length=20)),
            ("source_code", models.CharField("question that it is taken from", max_length=60)),
            ("source_number", models.PositiveIntegerField("version that it is taken from")),
            ("source_sha256", models.CharField("SHA-256 of what it is taken from", max_length=64, blank=True)),
            ("source_sent_at", models.DateTimeField("sent at", null=True)),
            ("taken_by", key(USER, "taken by")),
        ], ordering=["response", "created_at"]),
    ])
