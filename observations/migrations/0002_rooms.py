"""The second wall around observations and texts (docs/adr/0014)."""

from django.db import migrations

from core.database.reversible import made
from core.database.row_security import THE_SYSTEM, also_readable, close, protect, protect_part
from reviews.walls import READ, WRITE

_PLACED = ("agreedtext", "observation", "passagedraft")
_PARTS = (
    ("observation_articles", "observation", "observation_id"),
    ("summarypassage", "agreedtext", "agreed_text_id"),
    ("textversion", "agreedtext", "agreed_text_id"),
)
# Their parents are parts themselves, and answer for them.
_PARTS_OF_PARTS = (
    ("summarypassage_articles", "summarypassage", "summarypassage_id"),
    ("summarypassage_observations", "summarypassage", "summarypassage_id"),
    ("objection", "textversion", "version_id"),
)
_OWN_ROOM = "(review_id, state_party_id) IN (SELECT * FROM acting_places('write'))"
# What was written before the observation was laid on the table stays with the State that drafted it.
_REVISION = f"({READ}) AND ({_OWN_ROOM} OR number >= COALESCE(parent.tabled_revision, parent.revision))"
_PUBLIC_TEXT = """EXISTS (
    SELECT FROM reviews_publication WHERE agreed_text_id = reviews_agreedtext.id AND ended_at IS NULL
)"""
_PUBLIC_VERSION = """EXISTS (
    SELECT FROM reviews_publication WHERE version_id = reviews_textversion.id AND ended_at IS NULL
)"""
_MINE = "user_id = (SELECT acting_person())"
_PUBLISHES = """
CREATE FUNCTION acting_publishes(text uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_agreedtext piece
        JOIN reviews_review review ON review.id = piece.review_id
        JOIN reviews_participation part
            ON part.review_id = review.id AND part.state_party_id = review.state_under_review_id
        WHERE piece.id = text AND part.user_id = acting_person() AND part.ended_at IS NULL
            AND part.role = 'focal_point'
    );
END $$;
"""
# Who drafts is not told that somebody else reads it: a common room begins over no draft.
_COMMON = """
CREATE FUNCTION reviews_common_room_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM reviews_feedbackcomment piece
        JOIN reviews_writtenfeedback feedback ON feedback.id = piece.feedback_id
        WHERE feedback.review_id = NEW.id AND feedback.status = 'draft' AND piece.text <> ''
    ) OR EXISTS (SELECT FROM reviews_clarificationrequest WHERE review_id = NEW.id AND status = 'draft')
    OR EXISTS (
        SELECT FROM reviews_observation WHERE review_id = NEW.id AND withdrawn_at IS NULL AND room_id IS NOT NULL
    ) OR EXISTS (SELECT FROM reviews_passagedraft WHERE review_id = NEW.id) THEN
        RAISE EXCEPTION 'something unsent lies in a room that would be opened';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER common_room_begins BEFORE UPDATE ON reviews_review FOR EACH ROW
    WHEN (NEW.reviewers_share_room AND NOT OLD.reviewers_share_room) EXECUTE FUNCTION reviews_common_room_begins();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("observations", "0001_initial"),
        ("reviews", "0005_pages_open_nothing"),
        ("dialogue", "0002_walls"),
    ]

    operations = [
        made(_PUBLISHES),
        *[protect(f"reviews_{table}", read=READ, write=WRITE) for table in _PLACED],
        *[
            protect_part(f"reviews_{table}", parent=f"reviews_{parent}", key=key, read=READ, write=WRITE)
            for table, parent, key in _PARTS
        ],
        *[
            protect_part(f"reviews_{table}", parent=f"reviews_{parent}", key=key, read="true", write="true")
            for table, parent, key in _PARTS_OF_PARTS
        ],
        protect_part(
            "reviews_observationrevision",
            parent="reviews_observation",
            key="observation_id",
            read=_REVISION,
            write=WRITE,
        ),
        protect("reviews_versionreading", read=_MINE, write=_MINE),
        also_readable("reviews_agreedtext", "published", _PUBLIC_TEXT),
        also_readable("reviews_textversion", "published", _PUBLIC_VERSION),
        close("reviews_publication", read="true", write=f"acting_publishes(agreed_text_id) OR {THE_SYSTEM}"),
        made(_COMMON),
    ]
