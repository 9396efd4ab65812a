"""What a page might write to come by a room, a right or an agreement all the same (docs/adr/0022).

Which States review, and what they cover, is drawn or opened with the review. A right is given at the door of access. A
text is agreed on when each State that covers it has cleared the version that stands.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.row_security import GIVING_KEYS, SOMEBODY, close

_FOR_PAGES = "(core_role_serves('plain') OR core_role_serves('door')) AND NOT core_on_errand('keys')"
# A review has begun to be one with its first change of step, which is written when all else of it is.
_REVIEWERS = """
CREATE FUNCTION reviews_team_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF FOR_PAGES AND (TG_OP = 'UPDATE' OR EXISTS (SELECT FROM reviews_stepchange WHERE review_id = NEW.review_id)) THEN
        RAISE EXCEPTION 'which States review is written when the review is opened';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opened BEFORE INSERT ON reviews_reviewingstate FOR EACH ROW EXECUTE FUNCTION reviews_team_opened();
CREATE TRIGGER opened_once BEFORE UPDATE ON reviews_reviewingstate FOR EACH ROW WHEN (
    OLD.review_id <> NEW.review_id OR OLD.state_party_id <> NEW.state_party_id OR OLD.basis <> NEW.basis
) EXECUTE FUNCTION reviews_team_opened();
CREATE FUNCTION reviews_covered_opened() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF FOR_PAGES AND (TG_OP = 'UPDATE' OR EXISTS (
        SELECT FROM reviews_reviewingstate row JOIN reviews_stepchange change ON change.review_id = row.review_id
        WHERE row.id = NEW.reviewingstate_id
    )) THEN
        RAISE EXCEPTION 'what a State covers is written when the review is opened';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opened BEFORE INSERT OR UPDATE ON reviews_reviewingstate_instruments
    FOR EACH ROW EXECUTE FUNCTION reviews_covered_opened();
"""
# Parts of a review go with it, at the end of the transaction.
_PARTS = """
CREATE FUNCTION reviews_goes_with_review() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF FOR_PAGES AND EXISTS (SELECT FROM reviews_review WHERE id = OLD.review_id) THEN
        RAISE EXCEPTION '% goes with its review alone', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION reviews_goes_with_team() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF FOR_PAGES AND EXISTS (SELECT FROM reviews_reviewingstate WHERE id = OLD.reviewingstate_id) THEN
        RAISE EXCEPTION '% goes with its review alone', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;
"""
_OF_REVIEW = ("reviews_reviewingstate", "reviews_review_instruments", "reviews_reviewarticle")
_OF_TEAM = ("reviews_reviewingstate_instruments",)


def _goes(table: str, function: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER goes_with_it AFTER DELETE ON {table} DEFERRABLE INITIALLY DEFERRED"
        f" FOR EACH ROW EXECUTE FUNCTION {function}();"
    )


# Who drafts is not told that somebody else reads it: a common room begins over no draft.
_COMMON = """
CREATE FUNCTION reviews_common_room_begins() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM reviews_feedbackcomment piece JOIN reviews_writtenfeedback feedback ON feedback.id = piece.feedback_id
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
_AGREED = """
CREATE FUNCTION reviews_agreed_by_all() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT state_under_review_id AS state FROM reviews_review WHERE id = NEW.review_id
            UNION
            SELECT row.state_party_id FROM reviews_reviewingstate row
            JOIN reviews_reviewingstate_instruments covered ON covered.reviewingstate_id = row.id
            WHERE row.review_id = NEW.review_id AND covered.instrument_id = NEW.instrument_id
        ) needed
        WHERE NOT EXISTS (
            SELECT FROM reviews_textversion version
            JOIN reviews_clearance clearance ON clearance.document_id = NEW.id
                AND clearance.version = version.number AND clearance.sha256 = version.sha256
            WHERE version.agreed_text_id = NEW.id AND version.cancelled_at IS NULL
                AND clearance.state_party_id = needed.state
        )
    ) THEN
        RAISE EXCEPTION 'not every State has cleared the version that stands';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreed BEFORE INSERT OR UPDATE ON reviews_agreedtext FOR EACH ROW
    WHEN (NEW.status = 'agreed') EXECUTE FUNCTION reviews_agreed_by_all();
"""


def _sql(words: str) -> str:
    return words.replace("FOR_PAGES", _FOR_PAGES)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0026_meeting_recorded_for")]

    operations = [
        RunSQL(
            _sql(_REVIEWERS),
            "DROP TRIGGER opened ON reviews_reviewingstate_instruments; DROP TRIGGER opened_once ON reviews_reviewingstate;"
            "DROP TRIGGER opened ON reviews_reviewingstate; DROP FUNCTION reviews_covered_opened();"
            "DROP FUNCTION reviews_team_opened();",
        ),
        RunSQL(
            _sql(_PARTS)
            + "".join(_goes(table, "reviews_goes_with_review") for table in _OF_REVIEW)
            + "".join(_goes(table, "reviews_goes_with_team") for table in _OF_TEAM),
            "".join(f"DROP TRIGGER goes_with_it ON {table};" for table in (*_OF_REVIEW, *_OF_TEAM))
            + "DROP FUNCTION reviews_goes_with_team(); DROP FUNCTION reviews_goes_with_review();",
        ),
        RunSQL(
            _COMMON, "DROP TRIGGER common_room_begins ON reviews_review; DROP FUNCTION reviews_common_room_begins();"
        ),
        RunSQL(_AGREED, "DROP TRIGGER agreed ON reviews_agreedtext; DROP FUNCTION reviews_agreed_by_all();"),
        close("reviews_reviewusergrant", read=SOMEBODY, write=GIVING_KEYS),
    ]
