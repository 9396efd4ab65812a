"""Polls on the time of a meeting, and what the States say of each time (docs/adr/0090)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q
from django.utils import timezone

from core.database.columns import NULL, holds, key, list_of, once, people, shown, table
from core.database.guards import FOR_PAGES, refused, refused_on, stays_as_written
from core.database.row_security import protect, protect_part
from reviews.columns import room_table
from reviews.walls import ANY_OFFICER, OWN_WORDS, READ, WRITE, WRITES, not_said_by

_POLL, _ANSWER = "reviews_meetingpoll", "reviews_pollanswer"
_MEANS = [
    ("videoconference", "Videoconference"), ("conference_call", "Conference call"),
    ("virtual_network", "Virtual network"), ("in_person", "Meeting in person"),
]  # fmt: skip
_STATUS = [
    ("open", "Waiting for answers"), ("closed", "All States have answered"), ("decided", "A time is picked"),
    ("withdrawn", "Withdrawn"),
]  # fmt: skip
_WORDS = [("yes", "Yes"), ("if_need_be", "If need be"), ("no", "No")]
_REVIEW = "(SELECT row.review_id FROM reviews_meetingpoll row WHERE row.id = NEW.poll_id)"
_DECIDED = Q(status="decided", picked__isnull=False, meeting__isnull=False)
# The last answer closes it; what it asks, and how it ends, is said by who asked.
_FOLLOWS = "ARRAY['status', 'agenda_html', 'updated_at']"
_CLOSES = "OLD.status = 'open' AND NEW.status = 'closed'"
_NOT_CHANGED = f"""{FOR_PAGES} AND NOT (acting_drafter(OLD.review_id, OLD.proposed_for_id) OR {ANY_OFFICER}) AND (
    to_jsonb(NEW) - {_FOLLOWS} <> to_jsonb(OLD) - {_FOLLOWS} OR NEW.status <> OLD.status AND NOT ({_CLOSES})
)"""
_ENDED = "(OLD.status = 'decided' OR OLD.status = 'withdrawn')"
_NOT_ASKED = f"""NOT EXISTS (SELECT FROM {_POLL} row WHERE row.id = NEW.poll_id AND row.status = 'open'
    AND row.revision = NEW.revision AND cardinality(row.starts) = cardinality(NEW.words))"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0011_document_symbols")]

    operations = [
        room_table("MeetingPoll", "poll on the time of a meeting", "polls on the time of a meeting", [
            ("starts", list_of(models.DateTimeField(), "times")),
            ("time_zone", models.CharField("time zone", max_length=64)),
            ("minutes", models.PositiveSmallIntegerField("duration in minutes")),
            ("means", models.CharField("means", max_length=20, choices=_MEANS)),
            ("place", models.CharField("place", max_length=300, blank=True)),
            *shown("agenda", "agenda", blank=True),
            ("status", models.CharField("status", max_length=10, choices=_STATUS, default="open")),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            *people(NULL, proposed_by="proposed by"),
            ("proposed_for", key("accounts.stateparty", "proposed for", **NULL)),
            ("asked_at", models.DateTimeField("asked at", default=timezone.now)),
            ("meeting", key("reviews.plannedmeeting", "meeting", "polls", **NULL)),
            ("picked", models.DateTimeField("time that was picked", **NULL)),
        ], [
            holds("a_poll_is_decided_by_a_time", _DECIDED | Q(picked=None) & ~Q(status="decided")),
        ], ordering=["created_at"]),
        table("PollAnswer", "answer to a poll on the time of a meeting", "answers to polls on the time of a meeting", [
            ("state_party", key("accounts.stateparty", "State")),
            ("agrees", models.BooleanField("agrees")),
            ("note", models.TextField("note", blank=True)),
            *people({}, answered_by="answered by"),
            ("answered_at", models.DateTimeField("answered at", default=timezone.now)),
            ("poll", key("reviews.meetingpoll", "poll", "answers", rule=CASCADE)),
            ("revision", models.PositiveIntegerField("revision")),
            ("words", list_of(models.CharField(max_length=10, choices=_WORDS), "words on the times")),
        ], [once("one_answer_a_poll_state_and_revision", "poll", "state_party", "revision")], ordering=["answered_at"]),
        protect(_POLL, read=READ, write=WRITE),
        protect_part(_ANSWER, parent=_POLL, key="poll_id", read=READ, write=WRITE),
        refused(
            _POLL, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("proposed_by_id", "proposed_for_id", who=WRITES, or_officer=True),
        ),
        stays_as_written(_POLL, ("review_id", "proposed_by_id", "proposed_for_id")),
        refused(
            _POLL, "by_the_proposer", on="UPDATE", condition=_NOT_CHANGED,
            words="a poll is changed by the State that asked, or by an officer",
        ),
        refused(
            _POLL, "ends_once", on="UPDATE", when=f"{_ENDED} AND NEW.status <> OLD.status", condition="true",
            words="a poll that has ended stays as it is",
        ),
        refused(
            _ANSWER, "in_own_name", on="INSERT OR UPDATE", words=OWN_WORDS,
            condition=not_said_by("answered_by_id", "state_party_id", review=_REVIEW, who=WRITES),
        ),
        stays_as_written(_ANSWER, ("poll_id", "state_party_id", "revision")),
        refused_on(
            _ANSWER, name="of_what_stands", condition=_NOT_ASKED,
            words="an answer is given to each time of a poll as it stands",
        ),
    ]  # fmt: skip
