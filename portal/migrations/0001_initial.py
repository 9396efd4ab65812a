"""The tables of the app: every column, constraint and index once, as they are (docs/adr/0069)."""

import uuid

from django.db import migrations, models
from django.db.models import CASCADE, SET_NULL, F, Q

from core.database.columns import MAYBE, NULL, USER, at_once, days, holds, key, list_of, moments, once, one_key, table

_KINDS = [
    ("remind", "Remind whoever owes the next act"), ("assign_officer", "Put an officer in charge"),
    ("ask_for_nominations", "Ask for the people whom States have not named"),
    ("extend", "Ask for more time for the next milestone"),
]
_ACT_STATUSES = [("prepared", "To be confirmed"), ("running", "Under way"), ("done", "Done")]
_LINE_STATUSES = [("foreseen", "Foreseen"), ("skipped", "Left out"), ("done", "Done"), ("failed", "Not done")]
_REASONS = [
    ("closed", "The review is closed."), ("nothing_owed", "Nothing is owed."),
    ("nobody", "Nobody whom the portal knows could be written to."), ("today", "This mail has gone out today already."),
    ("in_charge", "This officer is in charge already."), ("complete", "All States have named their people."),
    ("asked", "An extension of this milestone is being asked for already."),
    ("not_later", "The new date would not be later than the present one."),
]
_WAYS = [("shipped", "It comes with the portal"), ("file", "Out of a file"), ("empty", "Empty, to be filled on pages")]
_CHOICE_STATUSES = [
    ("waiting", "Waits for another member"), ("confirmed", "Being loaded"), ("loaded", "Loaded"),
    ("withdrawn", "Withdrawn"),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("reviews", "0001_initial")]
    operations = at_once([
        table("SavedView", "saved view", "saved views", [
            ("owner", key(USER, "owner", "saved_views", rule=CASCADE)),
            ("mechanism", key("reviews.mechanism", "mechanism", "saved_views", rule=CASCADE)),
            ("name", models.CharField("name", max_length=80)),
            ("query", models.CharField("filter", max_length=1000, blank=True)),
            ("is_shared", models.BooleanField("shared with the secretariat", default=False)),
            ("is_default", models.BooleanField("opens first", default=False)),
        ], [
            once("one_view_a_name", "owner", "mechanism", "name"),
            once("one_view_opens_first", "owner", "mechanism", condition=Q(is_default=True)),
        ], of="reviews", ordering=["name"]),
        table("BulkAct", "act on many reviews", "acts on many reviews", [
            ("mechanism", key("reviews.mechanism", "mechanism", "bulk_acts", rule=CASCADE)),
            ("actor", key(USER, "prepared by", "bulk_acts")),
            ("kind", models.CharField("act", max_length=30, choices=_KINDS)),
            ("officer", key(USER, "officer", **MAYBE)),
            ("extend_days", models.PositiveSmallIntegerField("days more", **MAYBE)),
            ("extend_until", models.DateField("until", **MAYBE)),
            ("reason", models.TextField("reason", blank=True)),
            ("status", models.CharField("status", max_length=10, choices=_ACT_STATUSES, default="prepared")),
            *moments(NULL, confirmed_at="confirmed at", finished_at="finished at"),
        ], [
            holds(
                "an_extension_has_days_or_a_date",
                Q(extend_days__gt=0, extend_days__isnull=False, extend_until=None, kind="extend")
                    | Q(extend_days=None, extend_until__isnull=False, kind="extend")
                    | ~Q(kind="extend") & Q(extend_days=None, extend_until=None),
            ),
        ], of="reviews", ordering=["-created_at"]),
        table("BulkActLine", "review of an act on many", "reviews of an act on many", [
            ("act", key("portal.bulkact", "act", "lines", rule=CASCADE)),
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("status", models.CharField("status", max_length=10, choices=_LINE_STATUSES)),
            ("reason", models.CharField("why it is left out", max_length=20, choices=_REASONS, blank=True)),
            ("people", list_of(models.UUIDField(default=uuid.uuid4), "who gets a mail")),
            ("milestone", key("reviews.reviewmilestone", "milestone", rule=SET_NULL, **MAYBE)),
            *days(MAYBE, due_on="due on", until="until"),
            ("foreseen", models.CharField("SHA-256 of what was foreseen", max_length=64)),
            ("is_changed", models.BooleanField("changed since the preview", default=False)),
            ("mails", models.PositiveSmallIntegerField("mails", default=0)),
            ("error", models.CharField("error", max_length=300, blank=True)),
        ], [once("a_review_once_an_act", "act", "review")], of="reviews", ordering=["review__code"]),
        table("MechanismChoice", "mechanism chosen", "mechanisms chosen", [
            ("way", models.CharField("way", max_length=10, choices=_WAYS)),
            ("slug", models.SlugField("short name in addresses")),
            ("short_name", models.CharField("short name", max_length=100)),
            ("files", models.JSONField("files", default=dict, blank=True)),
            ("file_name", models.CharField("name of the file", max_length=200, blank=True)),
            ("sha256", models.CharField("SHA-256 of the file", max_length=64, blank=True)),
            ("status", models.CharField("status", max_length=10, choices=_CHOICE_STATUSES)),
            ("chosen_by", key(USER, "chosen by")),
            ("decided_by", key(USER, "decided by", **MAYBE)),
        ], [
            holds(
                "two_bring_in_a_mechanism", ~Q(way="file") | ~Q(status__in=["confirmed", "loaded"])
                    | Q(decided_by__isnull=False) & ~Q(decided_by=F("chosen_by")),
            ),
        ], ordering=["-created_at"]),
        table("Learner", "person who practises", "people who practise", [
            ("user", one_key(USER, "person", rule=CASCADE)),
            ("alias", models.UUIDField("alias", unique=True, default=uuid.uuid4, editable=False)),
            *days(MAYBE, begun_on="began to practise on", finished_on="finished on"),
        ], ordering=["-created_at"]),
        table("HandOver", "hand-over to the practice portal", "hand-overs to the practice portal", []),
        table("Exercise", "exercise", "exercises", [
            ("learner", models.UUIDField("alias of the learner")),
            ("name", models.CharField("name to show", max_length=150)),
            ("language", models.CharField("language", max_length=10)),
            ("review", one_key("reviews.review", "review", **MAYBE)),
            ("cast", models.JSONField("accounts of the parts", default=dict, blank=True)),
            *moments(MAYBE, asked_at="asked for at", finished_at="finished at", dropped_at="dropped at"),
            ("failure", models.TextField("why it could not be made", default="", blank=True)),
        ], [once("one_exercise_a_learner", "learner", condition=Q(dropped_at=None))], ordering=["created_at"]),
    ])
