"""What is said for a State in a page, its own focal point or expert has said, in the own name (docs/adr/0014, 0022).

Each row bears who has said it and for which State; services asked the policy, and the database took any row of
whoever sees the review. What comes of the words, as that something is agreed, is written by who says the last one.
"""

from django.db import migrations

from core.database.guards import FOR_PAGES, changed, refused, stays_as_written
from core.database.reversible import made
from reviews.walls import ANY_OFFICER, OWN_WORDS, WRITES, not_said_by

_ACTING = """
-- Whoever writes for a State in a review, and whoever speaks for any State in it.
CREATE FUNCTION acting_drafter(review uuid, state uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL
            AND (part.role = 'focal_point' OR part.role = 'governmental_expert')
            AND part.review_id = review AND part.state_party_id = state
    );
END $$;
CREATE FUNCTION acting_speaker(review uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL AND part.role = 'focal_point'
            AND part.review_id = review
    );
END $$;
"""
# Whoever only reads in a room writes nothing there: triggers of many tables call it.
_DRAFTED = f"""
CREATE FUNCTION reviews_written_by_drafters() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF {FOR_PAGES} AND NOT acting_drafter(NEW.review_id, NEW.room_id) THEN
        RAISE EXCEPTION 'what lies in a room is written by focal point and experts of its State';
    END IF;
    RETURN NEW;
END $$;
"""
_OF_PROPOSAL = "(SELECT row.review_id FROM reviews_consultationproposal row WHERE row.id = NEW.proposal_id)"
_OF_CHANGE = "(SELECT row.review_id FROM reviews_timechange row WHERE row.id = NEW.change_id)"
_OF_MEETING = "(SELECT row.{column} FROM reviews_plannedmeeting row WHERE row.id = NEW.meeting_id)"
# Of what is said, who says it: the columns of person and State, and whether an officer may say it for none.
_SAID = {
    "reviews_consultationproposal": not_said_by("proposed_by_id", "proposed_for_id", or_officer=True),
    "reviews_consultationconfirmation": not_said_by("focal_point_id", "state_party_id", review=_OF_PROPOSAL),
    "reviews_timechange": not_said_by("asked_by_id", "asked_for_id", or_officer=True),
    "reviews_timechangeanswer": not_said_by("answered_by_id", "state_party_id", review=_OF_CHANGE),
    "reviews_plannedmeeting": not_said_by("invited_by_id", "invited_for_id", who=WRITES, or_officer=True),
    "reviews_dialoguemeeting": not_said_by("recorded_by_id", "recorded_for_id", or_officer=True),
}
_ASKED = "review_id kind milestone_id starts_on until reason asked_by_id asked_for_id asked_at".split()
# An answer goes on to another revision with a change of the meeting that asks for no new one.
_ANSWER = ("agrees", "note", "answered_by_id", "answered_at")
_SAYS_ANEW = f"TG_OP = 'INSERT' OR {changed(_ANSWER)}"
_ANSWERS = not_said_by("answered_by_id", "state_party_id", review=_OF_MEETING.format(column="review_id"), who=WRITES)


def _not_of_inviter(review: str, state: str) -> str:
    return f"{FOR_PAGES} AND NOT (acting_drafter({review}, {state}) OR {ANY_OFFICER})"


_CARRIED = _not_of_inviter(_OF_MEETING.format(column="review_id"), _OF_MEETING.format(column="invited_for_id"))
_NOT_ANSWERED = f"""(CASE WHEN {_SAYS_ANEW} THEN {_ANSWERS}
    WHEN OLD.revision <> NEW.revision THEN {_CARRIED} ELSE false END)"""
# Where it stands follows from the words of all; what it is, and that it is given up, is said by who invited.
_FOLLOWS = "ARRAY['status', 'agreed_at', 'record_id', 'agenda_html', 'updated_at']"
_NOT_CHANGED = f"""{_not_of_inviter("OLD.review_id", "OLD.invited_for_id")} AND (
    to_jsonb(NEW) - {_FOLLOWS} <> to_jsonb(OLD) - {_FOLLOWS}
    OR NEW.status <> OLD.status AND (NEW.status = 'cancelled' OR OLD.status = 'cancelled')
)"""
# Whoever reaches a milestone lets a request lapse.
_DECIDES = changed(("status", "decided_at", "decided_on", "ended_on", "ended_by_id"))
_NOT_DECIDED = f"{FOR_PAGES} AND NEW.status <> 'lapsed' AND NOT (acting_speaker(NEW.review_id) OR {ANY_OFFICER})"
_RECORDS = changed(("recorded_by_id", "recorded_how"))
_NOT_RECORDED = f"{FOR_PAGES} AND NOT (NEW.recorded_by_id IS NOT DISTINCT FROM acting_person() AND {ANY_OFFICER})"
_INVITED = ("review_id", "invited_by_id", "invited_for_id")
_NOT_TAKEN = (
    f"{FOR_PAGES} AND NEW.acting_for_id IS NOT NULL AND NOT acting_focal_point(NEW.review_id, NEW.acting_for_id)"
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_clearances_taken_back")]

    operations = [
        made(_ACTING),
        made(_DRAFTED),
        *[
            refused(table, "in_own_name", on="INSERT", condition=condition, words=OWN_WORDS)
            for table, condition in _SAID.items()
        ],
        refused(
            "reviews_meetinganswer", "in_own_name", on="INSERT OR UPDATE", condition=_NOT_ANSWERED, words=OWN_WORDS
        ),
        stays_as_written("reviews_meetinganswer", ("meeting_id", "state_party_id")),
        refused(
            "reviews_plannedmeeting", "by_the_inviter", on="UPDATE", condition=_NOT_CHANGED,
            words="a meeting is changed by the State that invited, or by an officer",
        ),
        stays_as_written("reviews_plannedmeeting", _INVITED),
        stays_as_written("reviews_timechange", _ASKED),
        refused(
            "reviews_timechange", "decided_by_speakers", on="UPDATE", when=_DECIDES, condition=_NOT_DECIDED,
            words="what becomes of a request for time is said by focal points and officers",
        ),
        refused(
            "reviews_timechange", "recorded_by_officer", on="UPDATE", when=_RECORDS, condition=_NOT_RECORDED,
            words="that the States agreed elsewhere is recorded by an officer, in the own name",
        ),
        refused(
            "reviews_stepchange", "for_own_state", on="INSERT", condition=_NOT_TAKEN,
            words="a step is taken for the State of whose focal point it is",
        ),
    ]  # fmt: skip
