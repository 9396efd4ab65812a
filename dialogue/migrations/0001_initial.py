"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

import dialogue.exchange.models
from core.database.columns import (
    MAYBE, NULL, USER, at_once, document, done, file, holds, key, moments, once, one_key, people, shown, table,
)  # fmt: skip
from reviews.columns import room_table

_FEEDBACK_STATUSES = [("draft", "Draft"), ("sent", "Sent")]
_SUBJECTS = [("question", "a question"), ("legal_system", "the legal system"), ("law", "a law")]
_REQUEST_STATUSES = [("draft", "Draft"), ("asked", "Asked"), ("answered", "Answered"), ("closed", "Closed")]
_KINDS = [
    ("source", "Source"), ("law", "Law"), ("decision", "Decision of a court"), ("voluntary", "Voluntary information"),
]
_REQUEST, _REQUESTS = "request for clarification", "requests for clarification"
_PLACE = [
    ("instrument", key("reviews.instrument", "instrument")),
    ("question_code", models.CharField("question", max_length=60, blank=True)),
    ("article", key("reviews.article", "article", **MAYBE)),
]
_ON_QUESTION = (
    Q(subject="question") & Q(instrument__isnull=False) & ~Q(question_code="")
    | ~Q(subject="question") & Q(instrument=None, question_code="")
)
_ON_ONE = Q(article__isnull=False, question_code="") | ~Q(question_code="") & Q(article=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reviews", "0001_initial")]
    operations = at_once([
        room_table("WrittenFeedback", "written feedback", "written feedback", [
            ("state_party", key("accounts.stateparty", "reviewing State")),
            ("status", models.CharField("status", max_length=10, choices=_FEEDBACK_STATUSES, default="draft")),
            *document(**MAYBE),
            ("sha256", models.CharField("SHA-256", max_length=64, blank=True)),
            ("sent_at", models.DateTimeField("sent at", **MAYBE)),
            ("brought_piece", one_key("reviews.broughtpiece", "brought in as", "feedback", **MAYBE)),
        ], [
            once("one_feedback_a_state", "review", "state_party"),
            holds("feedback_brought_in_is_sent", Q(brought_piece=None) | Q(status="sent")),
        ], of="reviews", ordering=["state_party__iso3"]),
        table("FeedbackComment", "comment of a written feedback", "comments of a written feedback", [
            ("feedback", key("dialogue.writtenfeedback", "written feedback", "comments", rule=CASCADE)),
            *_PLACE,
            *shown("text", "text", blank=True),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("saved_by", key(USER, "saved by")),
        ], [
            holds("comment_on_a_question_or_an_article", _ON_ONE),
            once("one_comment_a_question", "feedback", "question_code", condition=Q(article=None)),
            once("one_comment_an_article", "feedback", "article", condition=Q(question_code="")),
        ], of="reviews", ordering=["instrument__order", "article__number", "question_code"]),
        room_table("ClarificationRequest", _REQUEST, _REQUESTS, [
            ("state_party", key("accounts.stateparty", "asked by")),
            ("subject", models.CharField("about", max_length=20, choices=_SUBJECTS, default="question")),
            ("instrument", key("reviews.instrument", "instrument", **MAYBE)),
            ("question_code", models.CharField("question", max_length=60, blank=True)),
            ("law", models.CharField("law", max_length=300, blank=True, default="")),
            ("follows", one_key("dialogue.clarificationrequest", "goes on from", "followed_by", **MAYBE)),
            *shown("text", "request"),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("status", models.CharField("status", max_length=10, choices=_REQUEST_STATUSES, default="draft")),
            ("written_by", key(USER, "written by")),
            *moments(MAYBE, asked_at="asked at", closed_at="closed at"),
            ("due_on", models.DateField("answer asked for by", **MAYBE)),
        ], [
            holds("request_on_a_question_or_none", _ON_QUESTION),
            holds("request_on_a_law_or_none", Q(subject="law") & ~Q(law="") | ~Q(subject="law") & Q(law="")),
        ], of="reviews", ordering=["instrument__order", "question_code", "created_at"]),
        room_table("ClarificationAnswer", f"answer to a {_REQUEST}", f"answers to {_REQUESTS}", [
            ("request", key("dialogue.clarificationrequest", "request for clarification", "answers", rule=CASCADE)),
            *shown("text", "answer"),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("written_by", key(USER, "written by")),
            ("sent_at", models.DateTimeField("sent at", **MAYBE)),
        ], [once("one_answer_a_request", "request")], of="reviews", ordering=["created_at"]),
        room_table("SupplementaryInformation", "supplementary information", "supplementary information", [
            ("kind", models.CharField("kind", max_length=20, choices=_KINDS, default="source")),
            ("answers_to", models.CharField("responds to", max_length=200, blank=True)),
            *shown("information", "information", default="", blank=True),
            ("title", models.CharField("title", max_length=300)),
            ("pages", models.CharField("relevant pages", max_length=100, blank=True)),
            ("link", models.URLField("link", max_length=1000, blank=True)),
            *file("file", "file", dialogue.exchange.models._place_of_file, blank=True),
            ("of_answer", one_key("dialogue.clarificationanswer", "answer", "source", **MAYBE)),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("added_by", key(USER, "added by")),
            ("sent_at", models.DateTimeField("sent at", **MAYBE)),
        ], of="reviews", ordering=["created_at"]),
        room_table("DeskSlip", "slip of the desk", "slips of the desk", [
            *_PLACE,
            *shown("text", "note", blank=True, default=""),
            ("revision", models.PositiveIntegerField("revision", default=0)),
            *done(NULL, saved="saved"),
            *people(NULL, ask_by="marked to ask by", observe_by="marked to observe by"),
        ], [
            holds("slip_lies_in_a_room", Q(room__isnull=False)),
            holds("slip_on_a_question_or_an_article", _ON_ONE),
            once("one_slip_a_place", "review", "room", "instrument", "question_code", "article", nulls_distinct=False),
        ], ordering=["instrument", "question_code"]),
        table("SlipReading", "reading of an answer", "readings of answers", [
            ("slip", key("dialogue.deskslip", "slip", "readings", rule=CASCADE)),
            ("user", key(USER, "person", rule=CASCADE)),
            ("read_at", models.DateTimeField("read at")),
        ], [once("one_reading_a_slip", "slip", "user")]),
        table("DeskVisit", "visit to the desk", "visits to the desk", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("user", key(USER, "person", rule=CASCADE)),
            ("section", models.CharField("section", max_length=140)),
            ("seen_at", models.DateTimeField("seen at")),
            ("before_at", models.DateTimeField("seen before at", null=True)),
        ], [once("one_visit_a_section", "review", "user", "section")]),
    ])
