"""The second wall: the database answers with what the acting person may read, whatever the query (docs/adr/0014)."""

from django.db import migrations

from core.database.row_security import (
    GIVING_KEYS,
    LOOKING,
    ME,
    PERSON,
    SOMEBODY,
    THE_SYSTEM,
    close,
    protect,
    protect_part,
)  # fmt: skip
from reviews.walls import EVERY_SECRETARIAT_ROLE, OF_STATE, OFFICER, READ, SEES_REVIEW, TAKES_PART, WRITE

# The State's people, whoever the request is about, and officers; auditors read the record and no request.
_ASKED_FOR = f"""(
    state_party_id IN (SELECT acting_states())
    OR state_party_id IN (
        SELECT part.state_party_id FROM reviews_participation part
        WHERE part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL
    )
    OR person_id = (SELECT acting_person())
    OR {OFFICER}
)"""
_TAKES_PART = f"{TAKES_PART} OR {OFFICER} OR {THE_SYSTEM}"
_TAKES_STEP = f"(actor_id IS NULL OR actor_id = {ME}) AND ({_TAKES_PART})"
_SPEAKS = "acting_speaks_for(state_party_id)"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_acting")]

    operations = [
        protect("reviews_consultationproposal", read=SEES_REVIEW, write=SEES_REVIEW),
        protect_part(
            "reviews_consultationconfirmation",
            parent="reviews_consultationproposal",
            key="proposal_id",
            read=SEES_REVIEW,
            write=SEES_REVIEW,
        ),
        # Days are told by a task alone.
        protect_part(
            "reviews_silencenotice",
            parent="reviews_consultationproposal",
            key="proposal_id",
            read=SEES_REVIEW,
            write="false",
        ),
        # The reason is for those who see the review; officers write it.
        protect("reviews_partialteam", read=SEES_REVIEW, write=OFFICER),
        protect("reviews_timechange", read=SEES_REVIEW, write=SEES_REVIEW),
        protect_part(
            "reviews_timechangeanswer",
            parent="reviews_timechange",
            key="change_id",
            read=SEES_REVIEW,
            write=SEES_REVIEW,
        ),
        protect("reviews_dialoguemeeting", read=READ, write=WRITE),
        protect_part(
            "reviews_dialoguemeeting_participants",
            parent="reviews_dialoguemeeting",
            key="dialoguemeeting_id",
            read=READ,
            write=WRITE,
        ),
        protect("reviews_plannedmeeting", read=READ, write=WRITE),
        protect_part(
            "reviews_meetinganswer", parent="reviews_plannedmeeting", key="meeting_id", read=READ, write=WRITE
        ),
        protect("reviews_noteverbale", read=OF_STATE, write=OF_STATE),
        protect_part("reviews_nomination", parent="reviews_noteverbale", key="note_id", read=OF_STATE, write=OF_STATE),
        protect("reviews_accessrequest", read=_ASKED_FOR, write=_ASKED_FOR),
        close("reviews_participation", read="true", added=GIVING_KEYS, write=PERSON, becoming=GIVING_KEYS),
        close("reviews_reviewusergrant", read=SOMEBODY, write=GIVING_KEYS),
        close("reviews_calendarfeed", read=SOMEBODY, write=SOMEBODY),
        # Each focal point clears for the own State alone: that a text is agreed on rests on these rows.
        close(
            "reviews_clearance",
            read=f"{TAKES_PART} OR {EVERY_SECRETARIAT_ROLE} OR {LOOKING}",
            write=f"focal_point_id = {ME} AND acting_focal_point(review_id, state_party_id) OR {THE_SYSTEM}",
        ),
        # Public pages show which step was reached; a step is written by who takes it.
        close("reviews_stepchange", read="true", added=_TAKES_STEP, write=_TAKES_PART, becoming=_TAKES_STEP),
        # What is public is so by the word of the State, and for no longer than that holds.
        close(
            "reviews_statusconsent",
            read="true",
            added=f"{_SPEAKS} AND given_by_id = {ME} OR {THE_SYSTEM}",
            write=f"{_SPEAKS} OR {THE_SYSTEM}",
            becoming=f"{_SPEAKS} AND (ended_by_id IS NULL OR ended_by_id = {ME}) OR {THE_SYSTEM}",
        ),
        close("reviews_publicstatus", read="true", write=f"(SELECT acting_role() = 'administrator') OR {THE_SYSTEM}"),
    ]
