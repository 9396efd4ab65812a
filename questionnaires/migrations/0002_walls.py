"""The second wall around answers, and what is written beside them (docs/adr/0014, 0059, 0060, 0062, 0063, 0064).

A national contributor reads and writes no official answer, and of assignments and proposals only the own ones. Laws are
closed to all but the people of their State (0058, 0067); officers alone write questionnaires (0052). Published ones,
what was sent, and what another person has written stay (0022, 0053).
"""

from django.db import migrations

from core.database.guards import (
    append_only, changed, frozen_by, guarded, keeps, kept_from_pages, refused_on, stays_as_once_set,
    stays_as_written, stays_when,
)  # fmt: skip
from core.database.row_security import (
    LOOKING, ME, THE_SYSTEM, also_changed, also_readable, close, protect, protect_each, protect_parts,
)  # fmt: skip
from reviews.walls import AT_TABLE, EVERY_SECRETARIAT_ROLE, MINE, OFFICER, OWN_ROOM, SEES_REVIEW

_RESPONSE, _SUBMISSION = "questionnaires_response", "questionnaires_responsesubmission"
_ASSIGNMENT = "questionnaires_sectionassignment"
# Everything of a State's draft lies in its room; a national contributor of the State works there too, but writes
# nothing of the official answers.
_IN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('answers'))"
_ON_TABLE = f"room_id IS NULL AND ({AT_TABLE} OR {OFFICER})"
_OWN = f"""participation_id IN (
    SELECT part.id FROM reviews_participation part WHERE part.user_id = {ME} AND part.ended_at IS NULL
)"""
# The first opening is noted by its reader, who writes nothing else of another State's response.
_OPENED = f"""sent_at IS NOT NULL AND review_id IN (SELECT part.review_id FROM reviews_participation part
    WHERE part.user_id = {ME} AND part.ended_at IS NULL AND part.side = 'reviewing')"""
# The room of a response is that of the State under review. What was recalled is read by that State alone.
_OF_RESPONSE = f"SELECT {{what}} FROM {_RESPONSE} sent WHERE sent.id = {_SUBMISSION}.response_id"
_OF_STATE = f"(review_id, ({_OF_RESPONSE.format(what='sent.room_id')})) IN (SELECT * FROM acting_places('write'))"
_STANDS = f"""(brought_piece_id IS NOT NULL
    OR NOT number = ANY (({_OF_RESPONSE.format(what="sent.recalled_numbers")})::smallint[]))"""
_OF_DRAFTERS = f"""EXISTS (SELECT FROM {_RESPONSE} parent WHERE parent.id = response_id AND {OWN_ROOM})"""
_OF_PROPOSAL = f"""EXISTS (
    SELECT FROM questionnaires_proposal parent WHERE parent.id = answer_id AND (({OWN_ROOM}) OR {_OWN})
)"""
# Of what was sent so that the official answer is read: the section, or the question with its follow-ups.
_SHOWN = f"""EXISTS (
    SELECT FROM {_ASSIGNMENT} sent
    JOIN reviews_participation part
        ON part.id = sent.participation_id AND part.user_id = {ME} AND part.ended_at IS NULL
    JOIN questionnaires_question asked
        ON asked.id = questionnaires_answer.question_id AND asked.section_id = sent.section_id
    LEFT JOIN questionnaires_question head ON head.id = sent.question_id
    WHERE sent.response_id = questionnaires_answer.response_id AND sent.shows_official
        AND (head.id IS NULL OR head.id = asked.id OR starts_with(asked.code, head.code || '.'))
)"""
# Who takes part now for the State in a review of it, in whatever role; who reviews another State does not.
_OF_LAW = """state_party_id IN (
    SELECT part.state_party_id FROM reviews_participation part
    WHERE part.user_id = (SELECT acting_person()) AND part.ended_at IS NULL AND part.side = 'under_review'
)"""
# Who reads the thread reads its notes; the policies of the outer table are asked as well.
_OF_THREAD = "EXISTS (SELECT FROM questionnaires_marginthread thread WHERE thread.id = thread_id)"
_OF_NOTE = "EXISTS (SELECT FROM questionnaires_marginnote note WHERE note.id = note_id)"
_OWN_NOTE = f"{THE_SYSTEM} OR (written_by_id = {ME} AND {_OF_THREAD})"
_PROTECTED = {
    **dict.fromkeys(("answer", "answerrevision", "consultedbody", "adoption"), (OWN_ROOM, OWN_ROOM)),
    **dict.fromkeys(("secondreading", "reusedanswer"), (OWN_ROOM, OWN_ROOM)),
    **dict.fromkeys(("proposal", "marginthread"), (f"{OWN_ROOM} OR {_OWN}", f"{OWN_ROOM} OR ({_IN_ROOM} AND {_OWN})")),
    **dict.fromkeys(("law", "lawname"), (_OF_LAW, _OF_LAW)),
    **dict.fromkeys(("itemmapping", "questionnaire", "questionnaireversion"), ("true", OFFICER)),
    "questionnairedraft": (EVERY_SECRETARIAT_ROLE, OFFICER),
    "responsesubmission": (f"room_id IS NULL AND ({_OF_STATE} OR ({_ON_TABLE}) AND {_STANDS})", _ON_TABLE),
    "responsereading": (MINE, MINE),
}
_APPEND_ONLY = (
    "answerrevision", "responsesubmission", "lawversion", "proposalrevision", "adoption", "secondreading",
    "reusedanswer",
)  # fmt: skip
_ANY = "INSERT OR UPDATE OR DELETE"
_FROZEN = "a published questionnaire is frozen"
# A version that is no draft: nothing of it changes but its status, which never becomes draft again.
_ONLY_RETIRES = """OLD.status <> 'draft' AND (
    TG_OP = 'DELETE' OR NEW.status = 'draft'
    OR to_jsonb(NEW) - ARRAY['status', 'updated_at'] <> to_jsonb(OLD) - ARRAY['status', 'updated_at']
)"""
# To which version a row belongs.
_VERSION = "{row}.version_id"
_OF_SECTION = "SELECT version_id FROM questionnaires_part WHERE id = {row}.part_id"
_OF_QUESTION = "SELECT version_id FROM questionnaires_question WHERE id = {row}.question_id"
_PARTS = {
    **dict.fromkeys(("part", "question"), _VERSION), "section": _OF_SECTION,
    **dict.fromkeys(("questionoption", "condition"), _OF_QUESTION),
}  # fmt: skip
_OF_PUBLISHED = """EXISTS (
    SELECT FROM questionnaires_section section
    JOIN questionnaires_part part ON part.id = section.part_id
    JOIN questionnaires_questionnaireversion version ON version.id = part.version_id AND version.status <> 'draft'
    WHERE section.id IN (OLD.section_id, NEW.section_id)
)"""
# An opening gives way to that of a later version alone, and the version that stands is that of its questions.
_OPENED_ONCE = f"""OLD.opened_at IS NOT NULL AND COALESCE(NEW.opened_sent_at <= OLD.opened_sent_at, true)
    AND ({changed(("opened_at", "opened_by_id", "opened_sent_at"))})"""
_STANDING = f"OLD.sent_at IS NOT NULL AND {changed(['version_id'])}"
_OPENING = "ARRAY['opened_at', 'opened_by_id', 'opened_sent_at']"
_NOT_OPENED = f"""(OLD.review_id, OLD.room_id) NOT IN (SELECT * FROM acting_places('answers')) AND (
    to_jsonb(NEW) - {_OPENING} <> to_jsonb(OLD) - {_OPENING} OR COALESCE(NEW.opened_sent_at > OLD.sent_at, true)
    OR NEW.opened_by_id NOT IN (
        SELECT part.state_party_id FROM reviews_participation part
        WHERE part.user_id = {ME} AND part.ended_at IS NULL AND part.side = 'reviewing'
            AND part.review_id = OLD.review_id
    )
)"""
_OPENED_ALONE = "of the answers of another State it is noted that they were opened, and nothing else"
# More than what the contributor says of what was sent: he or she would read every official answer by it.
_SAID = "ARRAY['said', 'said_at', 'word', 'checked_by_id', 'updated_at']"
_NOT_SAID = f"""NOT EXISTS (SELECT FROM {_RESPONSE} parent WHERE parent.id = OLD.response_id AND {OWN_ROOM}) AND (
    to_jsonb(NEW) - {_SAID} <> to_jsonb(OLD) - {_SAID}
    OR NEW.checked_by_id IS NOT NULL AND NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id
)"""
_SAID_ALONE = "of what was sent a contributor changes only what he or she says"
# An organization says what is not within its competence; no State does (docs/adr/0055). Of answers asked of the mark
# alone as it is set: a row that has it may move, and be settled.
_NO_ORGANIZATION = "NOT EXISTS (SELECT FROM accounts_stateparty WHERE id = NEW.room_id AND is_reio)"
_OF_A_STATE = f"NEW.is_outside_competence AND {_NO_ORGANIZATION}"
_AS_SET = f"NEW.is_outside_competence AND (TG_OP = 'INSERT' OR NOT OLD.is_outside_competence) AND {_NO_ORGANIZATION}"
_OUTSIDE = {"answer": _AS_SET, "answerrevision": _AS_SET, "proposal": _OF_A_STATE, "proposalrevision": _OF_A_STATE}
_REIO = "only a regional economic integration organization answers so"
_FILE = ("law_id", "title", "language", "file", "file_name", "sha256", "added_by_id")
_THREAD = ("response_id", "question_id", "participation_id", "review_id", "room_id")


def _published(version: str) -> str:
    versions = ", ".join(f"({version.format(row=row)})" for row in ("OLD", "NEW"))
    return f"EXISTS (SELECT FROM questionnaires_questionnaireversion WHERE status <> 'draft' AND id IN ({versions}))"


_OF_VERSION = {
    **{model: (_ANY, _published(version)) for model, version in _PARTS.items()},
    "questionnaireversion": ("UPDATE OR DELETE", _ONLY_RETIRES),
    "section_articles": (_ANY, _OF_PUBLISHED),
}


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial"), ("reviews", "0003_walls")]

    operations = [
        # All who see a review may know how far its answers are; the row holds none of them.
        protect(_RESPONSE, read=SEES_REVIEW, write=_IN_ROOM, opens=True),
        also_changed(_RESPONSE, "opened", _OPENED),
        *protect_each("questionnaires", _PROTECTED),
        *protect_parts("questionnaires", dict.fromkeys(("lawversion", "lawfile"), ("law", "law_id", _OF_LAW, _OF_LAW))),
        also_readable("questionnaires_answer", "shown_to_ministry", _SHOWN),
        close(_ASSIGNMENT, read=f"{LOOKING} OR {_OF_DRAFTERS} OR {_OWN}", write=f"{THE_SYSTEM} OR {_OF_DRAFTERS}"),
        also_changed(_ASSIGNMENT, "own", _OWN),
        # Written in one statement with its proposal, which a policy does not see yet.
        close(
            "questionnaires_proposalrevision", read=f"{LOOKING} OR {_OF_PROPOSAL}",
            added=f"{THE_SYSTEM} OR ({_IN_ROOM} AND saved_by_id = {ME})", write=THE_SYSTEM,
        ),
        close("questionnaires_marginnote", read=f"{LOOKING} OR {_OF_THREAD}", write=_OWN_NOTE),
        close(
            "questionnaires_marginmention", read=f"{LOOKING} OR user_id = {ME} OR {_OF_NOTE}",
            added=f"{THE_SYSTEM} OR {_OF_NOTE}", write=f"{THE_SYSTEM} OR user_id = {ME}",
        ),
        *[append_only(f"questionnaires_{model}") for model in _APPEND_ONLY],
        *[
            frozen_by(f"questionnaires_{model}", operations=operations, condition=condition, words=_FROZEN)
            for model, (operations, condition) in _OF_VERSION.items()
        ],
        # A State moves its answers to a later version, as long as they are not sent (docs/adr/0053).
        stays_as_once_set(_RESPONSE, ("review_id", "party_to"), when="OLD.review_id IS NOT NULL"),
        stays_when(_RESPONSE, "version_id", when="OLD.status = 'sent'"),
        guarded(_RESPONSE, "once_opened", on="UPDATE", when=_OPENED_ONCE),
        guarded(_RESPONSE, "stays_version_that_stands", on="UPDATE", when=_STANDING),
        kept_from_pages(_RESPONSE, operations="UPDATE", condition=_NOT_OPENED, words=_OPENED_ALONE),
        kept_from_pages(_ASSIGNMENT, operations="UPDATE", condition=_NOT_SAID, words=_SAID_ALONE),
        *[
            refused_on(f"questionnaires_{model}", name="of_a_state", condition=condition, words=_REIO)
            for model, condition in _OUTSIDE.items()
        ],
        *[keeps(f"questionnaires_{of}", kept) for of, kept in {"law": ["state_party_id"], "lawfile": _FILE}.items()],
        stays_as_written("questionnaires_marginthread", _THREAD),
        stays_as_written("questionnaires_marginnote", ["thread_id", "written_by_id", "created_at"]),
    ]  # fmt: skip
