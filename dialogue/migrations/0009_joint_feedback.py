"""One written feedback of all reviewing States of a review, which each of them clears (docs/adr/0082).

It lies in the room of one of them; policies and triggers beside those of rooms let the people of the others in, and no
other. What was cleared does not change while that counts, and is what is sent.
"""

from django.db import migrations, models
from django.db.migrations.operations import AddConstraint, AddField, RemoveConstraint, RunSQL
from django.db.models import CASCADE, Q
from django.utils import timezone

from core.database.columns import NULL, holds, key, once, people, table
from core.database.guards import FOR_PAGES, also_keeps, changed, guarded, refused, refused_on, stays_as_written
from core.database.reversible import made
from core.database.row_security import LOOKING, THE_SYSTEM, close
from reviews.walls import ANY_OFFICER, OWN_WORDS, not_said_by

_FEEDBACK, _COMMENT, _CLEARANCE = "reviews_writtenfeedback", "reviews_feedbackcomment", "dialogue_jointclearance"
_REVIEWING = """
-- Whoever reads, drafts or clears for any of the States that review.
CREATE FUNCTION acting_for_reviewers(review uuid, purpose text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL AND part.side = 'reviewing'
            AND part.review_id = review
            AND (purpose = 'read' OR part.role = 'focal_point'
                OR purpose = 'draft' AND part.role = 'governmental_expert')
    );
END $$;
"""


def _of_joint(purpose: str, *, more: str = "") -> str:
    """Of a row that belongs to a joint feedback, on its column ``feedback_id``."""
    return f"""EXISTS (SELECT FROM {_FEEDBACK} whole WHERE whole.id = feedback_id AND whole.is_joint
        AND acting_for_reviewers(whole.review_id, '{purpose}'){more})"""


_UNSENT = " AND whole.room_id IS NOT NULL"
_DRAFTS = "is_joint AND room_id IS NOT NULL AND acting_for_reviewers(review_id, 'draft')"
_READS = "is_joint AND acting_for_reviewers(review_id, 'read')"
_POLICIES = f"""
CREATE POLICY joint_read ON {_FEEDBACK} FOR SELECT USING ({_READS});
CREATE POLICY joint_update ON {_FEEDBACK} FOR UPDATE USING ({_DRAFTS}) WITH CHECK ({_DRAFTS});
CREATE POLICY joint_read ON {_COMMENT} FOR SELECT USING ({_of_joint("read")});
CREATE POLICY joint_insert ON {_COMMENT} FOR INSERT WITH CHECK ({_of_joint("draft", more=_UNSENT)});
CREATE POLICY joint_update ON {_COMMENT} FOR UPDATE USING ({_of_joint("draft", more=_UNSENT)})
    WITH CHECK ({_of_joint("draft", more=_UNSENT)});
"""
# On the table all read who has cleared what lies there.
_ON_TABLE = f"""EXISTS (SELECT FROM {_FEEDBACK} whole WHERE whole.id = feedback_id AND whole.room_id IS NULL
    AND undone_at IS NULL AND number = whole.times_sent)"""
_LAID = "OLD.room_id IS NOT NULL AND NEW.room_id IS NULL"
_LAID_ALONE = "reviews_laid_by_focal_point"
_REST = "to_jsonb({row}) - 'opened_at' - 'opened_by_id'"
_IS_OPENING = f"""(OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL
    AND {_REST.format(row="NEW")} = {_REST.format(row="OLD")})"""
_IS_BROUGHT = "COALESCE(OLD.brought_piece_id <> NEW.brought_piece_id, false)"


def _frozen(who: str) -> str:
    recalled = f"""(OLD.opened_at IS NULL AND NEW.sent_at IS NULL AND NEW.opened_at IS NULL AND NEW.room_id IS NOT NULL
        AND NEW.times_sent = OLD.times_sent AND NEW.review_id = OLD.review_id
        AND ({who} OR NOT ({FOR_PAGES}))) AND OLD.brought_piece_id IS NULL AND NEW.brought_piece_id IS NULL
        AND NEW.status = 'draft' AND NEW.room_id = OLD.state_party_id AND NEW.state_party_id = OLD.state_party_id"""
    return f"""DROP TRIGGER frozen ON {_FEEDBACK};
        CREATE TRIGGER frozen BEFORE UPDATE ON {_FEEDBACK} FOR EACH ROW
        WHEN (OLD.status = 'sent' AND NOT {_IS_BROUGHT} AND NOT {_IS_OPENING} AND NOT ({recalled}))
        EXECUTE FUNCTION core_refuse()"""


_ALONE = "acting_focal_point(OLD.review_id, NEW.room_id)"
_TOGETHER = f"({_ALONE} OR OLD.is_joint AND acting_for_reviewers(OLD.review_id, 'clear'))"


def _laid(when: str) -> str:
    return f"""DROP TRIGGER laid_by_focal_point ON {_FEEDBACK};
        CREATE TRIGGER laid_by_focal_point BEFORE UPDATE ON {_FEEDBACK} FOR EACH ROW
        WHEN ({when}) EXECUTE FUNCTION {_LAID_ALONE}()"""


def _written(more: str) -> str:
    return f"""CREATE OR REPLACE FUNCTION {_COMMENT}_written_by_drafters() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $refused$
        BEGIN
            IF {FOR_PAGES} AND NOT EXISTS (
                SELECT FROM {_FEEDBACK} row
                WHERE row.id = NEW.feedback_id AND (acting_drafter(row.review_id, row.state_party_id){more})
            ) THEN
                RAISE EXCEPTION 'feedback is written by focal point and experts of its State';
            END IF;
            RETURN NEW;
        END $refused$"""


# A State owes feedback that covers an article under review; the others go ahead without one that has nobody to clear.
_STATE_IS_MISSING = f"""SELECT FROM reviews_reviewingstate own
    WHERE own.review_id = NEW.review_id
    AND EXISTS (
        SELECT FROM reviews_reviewingstate_instruments covers
        JOIN reviews_article article ON article.instrument_id = covers.instrument_id
        JOIN reviews_reviewarticle reviewed ON reviewed.article_id = article.id AND reviewed.review_id = own.review_id
        WHERE covers.reviewingstate_id = own.id
    )
    AND NOT EXISTS (
        SELECT FROM {_CLEARANCE} said WHERE said.feedback_id = NEW.id AND said.state_party_id = own.state_party_id
        AND said.number = NEW.times_sent AND said.sha256 = NEW.sha256 AND said.undone_at IS NULL
    )
    AND NOT (
        EXISTS (SELECT FROM reviews_partialteam absent
            WHERE absent.review_id = own.review_id AND absent.state_party_id = own.state_party_id)
        AND NOT EXISTS (SELECT FROM reviews_participation part WHERE part.review_id = own.review_id
            AND part.state_party_id = own.state_party_id AND part.role = 'focal_point' AND part.ended_at IS NULL)
    )"""
_SAID = "SELECT COALESCE(jsonb_agg(said ORDER BY said), '[]') FROM"
_WRITTEN = f"""SELECT jsonb_build_object('instrument', instrument.slug, 'question', row.question_code,
        'article', article.number, 'text', row.text) AS said
    FROM {_COMMENT} row JOIN reviews_instrument instrument ON instrument.id = row.instrument_id
    LEFT JOIN reviews_article article ON article.id = row.article_id
    WHERE row.feedback_id = NEW.id AND row.text <> '' AND row.instrument_id = ANY (ARRAY(
        SELECT covers.instrument_id FROM reviews_reviewingstate_instruments covers
        JOIN reviews_reviewingstate own ON own.id = covers.reviewingstate_id WHERE own.review_id = NEW.review_id
    ))"""
_NOT_CLEARED = f"""EXISTS ({_STATE_IS_MISSING})
    OR ({_SAID} jsonb_array_elements(NEW.document -> 'comments') said) IS DISTINCT FROM ({_SAID} ({_WRITTEN}) texts)"""
_IS_CLEARED = f"""EXISTS (SELECT FROM {_CLEARANCE} said JOIN {_FEEDBACK} whole ON whole.id = said.feedback_id
    WHERE said.feedback_id = COALESCE(NEW.feedback_id, OLD.feedback_id) AND said.undone_at IS NULL
    AND said.number = whole.times_sent + 1)
    AND (TG_OP <> 'UPDATE' OR {changed(("feedback_id", "instrument_id", "question_code", "article_id", "text"))})"""
_NOT_NEXT = f"""NEW.undone_at IS NOT NULL OR NOT EXISTS (SELECT FROM {_FEEDBACK} whole WHERE whole.id = NEW.feedback_id
    AND whole.is_joint AND whole.room_id IS NOT NULL AND whole.times_sent + 1 = NEW.number)"""
_OF_FEEDBACK = f"(SELECT whole.review_id FROM {_FEEDBACK} whole WHERE whole.id = NEW.feedback_id)"
_BY_ANOTHER = f"{FOR_PAGES} AND NEW.undone_by_id IS DISTINCT FROM acting_person()"
_AS_SAID = ("feedback_id", "state_party_id", "focal_point_id", "number", "sha256", "cleared_at")
_BY_AN_AUTHOR = """NEW.is_joint AND NEW.opened_by_id IS NOT NULL AND NEW.opened_by_id
    <> (SELECT state_under_review_id FROM reviews_review WHERE id = NEW.review_id)"""
# An officer chooses; whoever sends the answers takes over the rule. Neither does once something is written.
_FORM = "OLD.feedback_is_joint IS DISTINCT FROM NEW.feedback_is_joint"
_NOT_CHOSEN = f"""{FOR_PAGES} AND NOT ({ANY_OFFICER} OR OLD.feedback_is_joint IS NULL AND NEW.feedback_is_joint
    = EXISTS (SELECT FROM reviews_limit rule WHERE rule.mechanism_id = NEW.mechanism_id AND rule.key = 'feedback_joint'
        AND rule.value = 1))"""
_BEGUN = f"""EXISTS (SELECT FROM {_FEEDBACK} whole WHERE whole.review_id = NEW.id AND (whole.sent_at IS NOT NULL
    OR EXISTS (SELECT FROM {_COMMENT} row WHERE row.feedback_id = whole.id AND row.text <> '')))"""


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0008_taken_out_by_drafters"), ("reviews", "0010_joint_feedback")]

    operations = [
        AddField(
            "writtenfeedback", "is_joint",
            models.BooleanField("is of all reviewing States", default=False, db_default=False),
        ),
        RemoveConstraint("writtenfeedback", "one_feedback_a_state"),
        AddConstraint(
            "writtenfeedback", once("one_feedback_a_state", "review", "state_party", condition=Q(is_joint=False))
        ),
        AddConstraint("writtenfeedback", once("one_joint_feedback_a_review", "review", condition=Q(is_joint=True))),
        AddConstraint(
            "writtenfeedback", holds("joint_feedback_is_written_here", Q(is_joint=False) | Q(brought_piece=None))
        ),
        table("JointClearance", "clearance of a joint feedback", "clearances of joint feedback", [
            ("feedback", key("dialogue.writtenfeedback", "written feedback", "joint_clearances", rule=CASCADE)),
            ("state_party", key("accounts.stateparty", "reviewing State")),
            *people({}, focal_point="focal point"),
            ("number", models.PositiveSmallIntegerField("sending")),
            ("sha256", models.CharField("SHA-256", max_length=64)),
            ("cleared_at", models.DateTimeField("cleared at", default=timezone.now)),
            ("undone_at", models.DateTimeField("undone at", **NULL)),
            *people(NULL, undone_by="undone by"),
        ], [
            once("one_joint_clearance", "feedback", "state_party", "number", condition=Q(undone_at=None)),
        ], ordering=["cleared_at"]),
        made(_REVIEWING),
        made(_POLICIES),
        close(
            _CLEARANCE, read=f"{LOOKING} OR {THE_SYSTEM} OR {_of_joint('read')} OR {_ON_TABLE}",
            added=f"{THE_SYSTEM} OR {_of_joint('clear', more=_UNSENT)}",
            write=f"{THE_SYSTEM} OR {_of_joint('draft', more=_UNSENT)}",
        ),
        stays_as_written(_CLEARANCE, _AS_SAID, once=("undone_at", "undone_by_id")),
        guarded(_CLEARANCE, "stays", on="DELETE", when="OLD.undone_at IS NOT NULL OR OLD.undone_at IS NULL"),
        refused(
            _CLEARANCE, "in_own_name", on="INSERT", words=OWN_WORDS,
            condition=not_said_by("focal_point_id", "state_party_id", review=_OF_FEEDBACK),
        ),
        refused(
            _CLEARANCE, "of_next_sending", on="INSERT", condition=_NOT_NEXT, past_rooms=True,
            words="a joint feedback is cleared for its next sending",
        ),
        refused(
            _CLEARANCE, "undone_in_own_name", on="UPDATE", when=changed(["undone_at", "undone_by_id"]),
            condition=_BY_ANOTHER, words="who undoes a clearance bears the own name",
        ),
        also_keeps(_FEEDBACK, ["is_joint"]),
        RunSQL(_laid(f"({_LAID}) AND NOT OLD.is_joint"), _laid(_LAID)),
        RunSQL(_frozen(_TOGETHER), _frozen(_ALONE)),
        RunSQL(
            _written(" OR row.is_joint AND acting_for_reviewers(row.review_id, 'draft')"), _written("")
        ),
        refused(
            _FEEDBACK, "laid_jointly", on="UPDATE", when=f"({_LAID}) AND OLD.is_joint",
            condition=f"{FOR_PAGES} AND NOT acting_for_reviewers(OLD.review_id, 'clear')",
            words="a joint feedback is sent by the focal point of a reviewing State",
        ),
        refused(
            _FEEDBACK, "cleared_by_all", on="UPDATE", when=f"({_LAID}) AND OLD.is_joint", condition=_NOT_CLEARED,
            past_rooms=True, words="a joint feedback is sent as every reviewing State has cleared it",
        ),
        refused_on(
            _FEEDBACK, name="opened_by_no_author", condition=_BY_AN_AUTHOR,
            words="a joint feedback is opened by the State under review",
        ),
        refused(
            _COMMENT, "as_cleared", on="INSERT OR UPDATE OR DELETE", condition=_IS_CLEARED, past_rooms=True,
            gives="COALESCE(NEW, OLD)", words="what is cleared is not changed before that is undone",
        ),
        refused(
            "reviews_review", "feedback_form", on="UPDATE", when=_FORM, condition=_NOT_CHOSEN,
            words="an officer chooses how feedback is sent, where the rule of the mechanism is not taken over",
        ),
        refused(
            "reviews_review", "feedback_begun", on="UPDATE", when=_FORM, condition=_BEGUN, past_rooms=True,
            words="how feedback is sent is chosen before something is written",
        ),
    ]  # fmt: skip
