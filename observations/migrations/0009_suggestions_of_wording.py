"""A State suggests another wording of what lies on the table, and who may change it decides (docs/adr/0087)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q

from core.database.columns import LANGUAGES, MAYBE, NULL, USER, holds, key, table
from core.database.guards import changed, guarded, refused, refused_on, stays_as_written
from core.database.row_security import protect
from reviews.walls import (
    OWN_WORDS, READ, WRITE, WRITES, not_said_by, taken_out_by_drafters, written_by_drafters,
)  # fmt: skip

_TABLE = "observations_suggestion"
_STATUSES = [
    ("draft", "Draft"), ("open", "Open"), ("accepted", "Accepted"), ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
]  # fmt: skip
_AT_ONE_PLACE = Q(observation__isnull=False, passage=None) | Q(observation=None, passage__isnull=False)
_LIES = Q(status="draft", room__isnull=False, tabled_at=None, tabled_by=None) | ~Q(status="draft") & Q(
    room=None, tabled_at__isnull=False, tabled_by__isnull=False
)
_UNDECIDED = Q(status="draft") | Q(status="open")
_BY_SOMEBODY = _UNDECIDED & Q(decided_at=None, decided_by=None, decided_for=None) | ~_UNDECIDED & Q(
    decided_at__isnull=False, decided_by__isnull=False, decided_for__isnull=False
)
# Of what lies on the table nothing changes but that it is decided on, once.
_DECISION = "'status' - 'decided_at' - 'decided_by_id' - 'decided_for_id' - 'reason' - 'outcome' - 'updated_at'"
_REST = f"to_jsonb({{row}}) - {_DECISION}"
_CHANGED = f"{_REST.format(row='NEW')} <> {_REST.format(row='OLD')}"
_PLACED = (
    "review_id",
    "agreed_text_id",
    "observation_id",
    "passage_id",
    "state_party_id",
    "base_revision",
    "base_text",
)
_ELSEWHERE = "NEW.room_id IS NOT NULL AND NEW.room_id IS DISTINCT FROM NEW.state_party_id"
_NOT_OF_ITS_TEXT = """NOT EXISTS (
        SELECT FROM reviews_agreedtext piece WHERE piece.id = NEW.agreed_text_id AND piece.review_id = NEW.review_id
    ) OR NEW.observation_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reviews_observation piece WHERE piece.id = NEW.observation_id
            AND piece.agreed_text_id = NEW.agreed_text_id AND piece.room_id IS NULL
    ) OR NEW.passage_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM reviews_summarypassage piece WHERE piece.id = NEW.passage_id
            AND piece.agreed_text_id = NEW.agreed_text_id
    )"""
_DECIDED = "OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL"
# Its own State withdraws it; who may change the text accepts or rejects.
_BY_ANOTHER = f"""{not_said_by("decided_by_id", "decided_for_id")} OR (
        NEW.status = 'withdrawn' AND NEW.decided_for_id IS DISTINCT FROM NEW.state_party_id
        OR NEW.status <> 'withdrawn' AND (
            NEW.observation_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM reviews_observation piece
                WHERE piece.id = NEW.observation_id AND piece.state_party_id = NEW.decided_for_id
            )
            OR NEW.passage_id IS NOT NULL AND EXISTS (
                SELECT FROM reviews_review review
                WHERE review.id = NEW.review_id AND review.state_under_review_id = NEW.decided_for_id
            )
        )
    )"""
_UNSENT = f"""EXISTS (
        SELECT FROM {_TABLE} WHERE review_id = NEW.id AND room_id IS NOT NULL AND room_id <> NEW.state_under_review_id
    )"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0008_taken_out_by_drafters")]

    operations = [
        table("Suggestion", "suggestion of wording", "suggestions of wording", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("room", key("accounts.stateparty", "room", **MAYBE)),
            ("language", models.CharField("language", max_length=10, choices=LANGUAGES)),
            ("agreed_text", key("observations.agreedtext", "list or summary", "suggestions", rule=CASCADE)),
            ("observation", key("observations.observation", "observation", "suggestions", rule=CASCADE, **NULL)),
            ("passage", key("observations.summarypassage", "passage of a summary", "suggestions", rule=CASCADE, **NULL)),
            ("state_party", key("accounts.stateparty", "suggested by")),
            ("written_by", key(USER, "written by")),
            ("base_revision", models.PositiveIntegerField("revision that was shown")),
            ("base_text", models.TextField("text that was shown", blank=True)),
            ("text", models.TextField("suggested wording", blank=True)),
            ("why", models.TextField("why", blank=True)),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            ("status", models.CharField("status", max_length=10, choices=_STATUSES, default="draft")),
            ("tabled_at", models.DateTimeField("laid on the table at", **NULL)),
            ("tabled_by", key(USER, "laid on the table by", **NULL)),
            ("decided_at", models.DateTimeField("decided at", **NULL)),
            ("decided_by", key(USER, "decided by", **NULL)),
            ("decided_for", key("accounts.stateparty", "decided for", **NULL)),
            ("reason", models.TextField("reason", blank=True)),
            ("outcome", models.TextField("text as it was accepted", blank=True)),
        ], [
            holds("suggestion_at_one_place", _AT_ONE_PLACE),
            holds("suggestion_laid_lies_on_the_table", _LIES),
            holds("suggestion_decided_by_somebody", _BY_SOMEBODY),
        ], ordering=["created_at"]),
        protect(_TABLE, read=READ, write=WRITE),
        written_by_drafters(_TABLE),
        taken_out_by_drafters(_TABLE),
        guarded(
            _TABLE, "laid_by_focal_point", on="UPDATE", when="OLD.room_id IS NOT NULL AND NEW.room_id IS NULL",
            function="reviews_laid_by_focal_point",
        ),
        guarded(
            _TABLE, "begins_in_a_room", on="INSERT", when="NEW.room_id IS NULL", function="reviews_begins_in_a_room"
        ),
        stays_as_written(_TABLE, _PLACED),
        guarded(_TABLE, "stays", on="DELETE", when="OLD.room_id IS NULL"),
        guarded(
            _TABLE, "decided_once", on="UPDATE",
            when=f"OLD.room_id IS NULL AND (OLD.decided_at IS NOT NULL OR {_CHANGED})",
            words="of a suggestion on the table nothing changes but that it is decided on, once",
        ),
        refused_on(
            _TABLE, name="of_its_state", condition=_ELSEWHERE,
            words="what is not sent lies in the room of the State that writes it",
        ),
        refused_on(
            _TABLE, name="of_its_text", condition=_NOT_OF_ITS_TEXT, words="wording is suggested to what lies on the table"
        ),
        refused(
            _TABLE, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("written_by_id", "state_party_id", who=WRITES),
        ),
        guarded(
            _TABLE, "in_own_name_again", on="UPDATE", when=changed(("text", "why", "written_by_id")),
            function=f"{_TABLE}_in_own_name",
        ),
        refused(
            _TABLE, "laid_in_own_name", on="UPDATE", when="OLD.room_id IS NOT NULL AND NEW.room_id IS NULL",
            words=OWN_WORDS, condition=not_said_by("tabled_by_id", "state_party_id"),
        ),
        refused(
            _TABLE, "decided_by_who_may", on="UPDATE", when=_DECIDED, condition=_BY_ANOTHER,
            words="who may change a text decides on a suggestion to it, and its State withdraws it",
        ),
        refused(
            "reviews_review", "room_opens_over_no_suggestion", on="UPDATE", past_rooms=True, condition=_UNSENT,
            when="NEW.reviewers_share_room AND NOT OLD.reviewers_share_room",
            words="something unsent lies in a room that would be opened",
        ),
    ]  # fmt: skip
