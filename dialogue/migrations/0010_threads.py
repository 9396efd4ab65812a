"""Messages of the dialogue in threads, and who releases them for a State (docs/adr/0095)."""

from django.db import migrations, models
from django.db.models import CASCADE, Q
from django.utils import timezone

from core.database.columns import MAYBE, NULL, holds, key, moments, once, people, shown, table
from core.database.guards import FOR_PAGES, guarded, refused, refused_on, stays_as_written
from core.database.reversible import made
from core.database.row_security import ME, protect
from reviews.columns import room_table
from reviews.walls import (
    OWN_WORDS, READ, SEES_REVIEW, WRITE, not_said_by, taken_out_by_drafters, written_by_drafters,
)  # fmt: skip

_MESSAGE, _CHOICE = "dialogue_dialoguemessage", "dialogue_releasebyexperts"
_SUBJECTS = [
    ("question", "An answer"), ("feedback", "Written feedback"), ("observation", "An observation"), ("law", "A law"),
    ("legal_system", "The legal system"), ("review", "The review as a whole"),
]  # fmt: skip
_WHOLE = Q(subject="legal_system") | Q(subject="review")
_ONLY_SENT = Q(opened_at=None, opened_by=None) | Q(
    opened_at__isnull=False, opened_by__isnull=False, sent_at__isnull=False
)
_LIES = Q(sent_at=None, released_by=None, sha256="", room__isnull=False) | Q(
    sent_at__isnull=False, released_by__isnull=False, room=None
) & ~Q(sha256="")
_CLOSED = Q(closed_at=None, closed_for=None) | Q(
    closed_at__isnull=False, closed_for__isnull=False, thread=None, sent_at__isnull=False
)
# Who releases for a State, or where none is named for any: its focal point, and its experts where it has chosen so.
_RELEASES = f"""
CREATE FUNCTION acting_releaser(review uuid, state uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL AND part.review_id = review
            AND (state IS NULL OR part.state_party_id = state)
            AND (part.role = 'focal_point' OR part.role = 'governmental_expert' AND EXISTS (
                SELECT FROM {_CHOICE} choice WHERE choice.review_id = part.review_id
                    AND choice.state_party_id = part.state_party_id AND choice.ended_at IS NULL
            ))
    );
END $$;
-- Nobody is there to close what the State has begun: it takes part no longer, or the others go ahead without it.
CREATE FUNCTION acting_without(review uuid, state uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM reviews_review own WHERE own.id = review AND own.state_under_review_id = state
    ) AND NOT EXISTS (
        SELECT FROM reviews_reviewingstate own WHERE own.review_id = review AND own.state_party_id = state
    ) OR EXISTS (
        SELECT FROM reviews_partialteam absent WHERE absent.review_id = review AND absent.state_party_id = state
    ) AND NOT EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.review_id = review AND part.state_party_id = state AND part.role = 'focal_point'
            AND part.ended_at IS NULL
    );
END $$;
"""
_SENT = "OLD.sent_at IS NOT NULL"


def _alone(*columns: str) -> str:
    """Nothing else has changed."""
    rest = "".join(f" - '{column}'" for column in columns)
    return f"(to_jsonb(NEW){rest} = to_jsonb(OLD){rest})"


# Of what was released the first opening is noted; its thread is closed and opened; nothing else changes but by a recall.
_IS_OPENING = f"OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL AND {_alone('opened_at', 'opened_by_id')}"
_IS_TURN = f"OLD.thread_id IS NULL AND {_alone('closed_at', 'closed_for_id', 'updated_at')}"
_IS_RECALL = f"""OLD.opened_at IS NULL AND NEW.opened_at IS NULL AND NEW.sent_at IS NULL AND NEW.text = OLD.text
    AND NEW.room_id IS NOT NULL AND NEW.room_id = OLD.state_party_id AND NEW.times_sent = OLD.times_sent
    AND (acting_releaser(OLD.review_id, OLD.state_party_id) OR NOT ({FOR_PAGES}))"""
_TURNED = "(OLD.closed_at IS DISTINCT FROM NEW.closed_at) AND NEW.sent_at IS NOT NULL"
_NOT_TURNED = f"""NEW.closed_at IS NOT NULL AND (OLD.closed_at IS NOT NULL
        OR NEW.closed_for_id <> OLD.state_party_id AND NOT acting_without(OLD.review_id, OLD.state_party_id))
    OR {FOR_PAGES} AND NOT (CASE WHEN NEW.closed_at IS NULL THEN acting_releaser(OLD.review_id, NULL)
        ELSE acting_releaser(OLD.review_id, NEW.closed_for_id) END)"""
_IS_ANSWERED = f"EXISTS (SELECT FROM {_MESSAGE} below WHERE below.thread_id = OLD.id)"
_IS_RELEASE = "OLD.room_id IS NOT NULL AND NEW.room_id IS NULL"
_NOT_RELEASED = f"""{FOR_PAGES} AND NOT (
    NEW.released_by_id IS NOT DISTINCT FROM acting_person() AND acting_releaser(OLD.review_id, OLD.state_party_id)
)"""
# It goes on in a thread of its review that was begun, and is open when it is drafted and when it is released.
_ELSEWHERE = f"""NEW.thread_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.room_id IS NOT NULL AND NEW.room_id IS NULL)
    AND NOT EXISTS (
        SELECT FROM {_MESSAGE} first WHERE first.id = NEW.thread_id AND first.review_id = NEW.review_id
            AND first.thread_id IS NULL AND first.room_id IS NULL AND first.closed_at IS NULL
    )"""
_OF_ANOTHER = """NEW.room_id IS NOT NULL AND NEW.room_id <> NEW.state_party_id
    OR TG_OP = 'INSERT' AND NEW.state_party_id NOT IN (
        SELECT state_party_id FROM reviews_reviewingstate WHERE review_id = NEW.review_id
        UNION SELECT state_under_review_id FROM reviews_review WHERE id = NEW.review_id
    )"""
_NOT_OPENED = f"""{FOR_PAGES} AND OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL AND (
    NEW.opened_by_id = OLD.state_party_id OR NEW.opened_by_id NOT IN (
        SELECT part.state_party_id FROM reviews_participation part
        WHERE part.user_id = {ME} AND part.ended_at IS NULL AND part.review_id = OLD.review_id
    )
)"""
_NOT_ENDED = f"""{FOR_PAGES} AND NOT (
    NEW.ended_by_id IS NOT DISTINCT FROM acting_person() AND acting_focal_point(OLD.review_id, OLD.state_party_id)
)"""


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0009_joint_feedback")]

    operations = [
        room_table("DialogueMessage", "message of the dialogue", "messages of the dialogue", [
            ("state_party", key("accounts.stateparty", "State")),
            ("thread", key("dialogue.dialoguemessage", "thread", "replies", **MAYBE)),
            ("subject", models.CharField("about", max_length=20, choices=_SUBJECTS, blank=True)),
            ("matter", models.CharField("about which", max_length=300, blank=True)),
            *shown("text", "message"),
            ("revision", models.PositiveIntegerField("revision", default=1)),
            *people({}, written_by="written by"),
            *people(NULL, released_by="released by"),
            ("opened_at", models.DateTimeField("opened at", **NULL)),
            ("opened_by", key("accounts.stateparty", "first opened by", **NULL)),
            ("recalled_at", models.DateTimeField("recalled at", **NULL)),
            ("recall_reason", models.TextField("why it was recalled", blank=True, default="", db_default="")),
            ("sha256", models.CharField("SHA-256", max_length=64, blank=True)),
            *moments(MAYBE, sent_at="sent at"),
            ("times_sent", models.PositiveSmallIntegerField("times sent", default=0, db_default=0)),
            *moments(NULL, closed_at="closed at"),
            ("closed_for", key("accounts.stateparty", "closed for", **NULL)),
        ], [
            holds("message_opened_only_where_released", _ONLY_SENT),
            holds("message_released_lies_on_the_table", _LIES),
            holds(
                "message_begins_a_thread_or_goes_on",
                Q(thread=None) & ~Q(subject="") | Q(thread__isnull=False, subject="", matter=""),
            ),
            holds(
                "thread_names_what_it_is_about",
                Q(thread__isnull=False) | _WHOLE & Q(matter="") | ~_WHOLE & ~Q(matter=""),
            ),
            holds("thread_is_closed_for_a_state", _CLOSED),
            once(
                "one_draft_a_thread_and_room", "thread", "room",
                condition=Q(thread__isnull=False, room__isnull=False),
            ),
        ], ordering=["created_at"]),
        table("ReleaseByExperts", "release of messages by experts", "releases of messages by experts", [
            ("review", key("reviews.review", "review", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "State")),
            *people({}, chosen_by="chosen by"),
            ("chosen_at", models.DateTimeField("chosen at", default=timezone.now)),
            *people(NULL, ended_by="taken back by"),
            *moments(NULL, ended_at="taken back at"),
        ], [
            once("one_release_by_experts_a_state", "review", "state_party", condition=Q(ended_at=None)),
            holds(
                "release_by_experts_ends_by_somebody",
                Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ], ordering=["chosen_at"]),
        made(_RELEASES),
        protect(_MESSAGE, read=READ, write=WRITE),
        written_by_drafters(_MESSAGE),
        taken_out_by_drafters(_MESSAGE),
        stays_as_written(_MESSAGE, ("review_id", "state_party_id", "language", "thread_id", "subject", "matter")),
        guarded(
            _MESSAGE, "begins", on="INSERT", when="NEW.room_id IS NULL",
            words="a message begins as a draft in the room of its State",
        ),
        guarded(_MESSAGE, "stays", on="DELETE", when="OLD.room_id IS NULL"),
        guarded(
            _MESSAGE, "frozen", on="UPDATE",
            when=f"{_SENT} AND NOT ({_IS_OPENING}) AND NOT ({_IS_TURN}) AND NOT ({_IS_RECALL})",
        ),
        refused(
            _MESSAGE, "answered", on="UPDATE", when=f"{_SENT} AND NEW.sent_at IS NULL", condition=_IS_ANSWERED,
            past_rooms=True, words="a message is not recalled once others stand below it",
        ),
        refused(
            _MESSAGE, "turned_by_its_states", on="UPDATE", when=_TURNED, condition=_NOT_TURNED,
            words="a thread is closed by the State that began it, and opened by who releases for a State",
        ),
        refused(
            _MESSAGE, "released_by_its_state", on="UPDATE", when=_IS_RELEASE, condition=_NOT_RELEASED,
            words="a message is released by who speaks for its State there",
        ),
        refused_on(_MESSAGE, name="of_its_thread", condition=_ELSEWHERE, words="a message goes on in an open thread"),
        refused_on(_MESSAGE, name="of_its_state", condition=_OF_ANOTHER, words="a message lies in the room of its State"),
        refused(
            _MESSAGE, "of_its_reader", on="UPDATE", condition=_NOT_OPENED,
            words="that something was opened is noted by a reader of another State, for that State",
        ),
        protect(_CHOICE, read=SEES_REVIEW, write=SEES_REVIEW),
        stays_as_written(
            _CHOICE, ("review_id", "state_party_id", "chosen_by_id", "chosen_at"), once=("ended_at", "ended_by_id")
        ),
        guarded(_CHOICE, "stays", on="DELETE", when="OLD.chosen_at IS NOT NULL"),
        refused(
            _CHOICE, "in_own_name", on="INSERT", condition=not_said_by("chosen_by_id", "state_party_id"), words=OWN_WORDS
        ),
        refused(_CHOICE, "ended_in_own_name", on="UPDATE", condition=_NOT_ENDED, words=OWN_WORDS),
    ]  # fmt: skip
