"""In the name of a State, and of a person, that person writes for his or her own State; no statement says otherwise."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from core.database.identity import identified_as
from dialogue.exchange.models import ClarificationRequest, FeedbackComment, FeedbackReading, WrittenFeedback
from dialogue.slips.models import DeskSlip
from observations.texts.models import ObservationRevision, SummaryPassage, TextVersion
from questionnaires.clearance.models import SecondReading
from questionnaires.definitions.models import Section
from questionnaires.responses.models import Answer, ResponseSubmission, SectionAssignment
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import StepChange
from reviews.consultations.services import propose_consultation
from reviews.dates.services import answer_time_change
from reviews.meetings.models import DialogueMeeting
from tests import journey, utils
from tests.at_once import object_to_version, propose_version
from tests.permissions.pieces import Pieces, Planter
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused, run
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
KEPT = "Cannot update rows"
ITS_STATE = "lies in the room of the State that writes it"
SAYS = "people write in their own names, for a State for which they stand there"


def refused_to(cast: Cast, names: str, statement: tuple[Any, ...], words: str = SAYS) -> None:
    for name in names.split():
        with identified_as(cast.people[name]):
            refused(*statement, words=words)


def done_by(cast: Cast, name: str, statement: tuple[Any, ...]) -> None:
    with identified_as(cast.people[name]):
        assert run(*statement) == 1


# --- What lies in a room is of the State of that room


@pytest.mark.stage("dialogue")
def test_nobody_drafts_in_the_name_of_another_state(cast: Cast, pieces: Pieces) -> None:
    """Which the own focal point would lay on the table as if that State had asked, or the one under review answered."""
    own, other = cast.same_group_state.pk, cast.other_group_state.pk
    asked = pieces.legal_asked.answers.get()
    answer = copy_of(asked, room_id=own, request_id=pieces.clarification_draft.pk)
    for statement in (
        copy_of(pieces.clarification_draft, state_party_id=other),
        copy_of(pieces.observation_draft, state_party_id=other),
        answer,
        copy_of(pieces.supplement_draft, room_id=own),
    ):
        refused_to(cast, "same_group_focal_point same_group_expert", statement, ITS_STATE)
    for row in (pieces.clarification_draft, pieces.observation_draft):
        refused_to(cast, "same_group_focal_point", change_of(row, state_party_id=other), ITS_STATE)
    for row in (pieces.clarification_asked, pieces.observation_tabled):
        refused_to(cast, "same_group_focal_point", change_of(row, state_party_id=other), KEPT)
    done_by(cast, "same_group_expert", copy_of(pieces.clarification_draft))


@pytest.mark.stage("written_feedback")
def test_nor_feedback(cast: Cast) -> None:
    rows = WrittenFeedback.objects.order_by("state_party__iso3")
    for row in rows:
        refused_to(cast, "focal_point expert", copy_of(row, room_id=cast.state.pk), ITS_STATE)
        refused_to(cast, "focal_point", copy_of(row, room_id=cast.state.pk, state_party_id=cast.state.pk), "no State")
    own = rows.get(state_party=cast.same_group_state)
    refused_to(cast, "same_group_expert", change_of(own, state_party_id=cast.other_group_state.pk), ITS_STATE)


@pytest.mark.stage("dialogue")
def test_nothing_moves_to_another_review(cast: Cast, pieces: Pieces) -> None:
    """Of which the expert of this one is the focal point: there it would be laid on the table, and brought back."""
    elsewhere = utils.make_review("consultations", state="XHV")
    state, role = cast.same_group_state, ParticipationRole.FOCAL_POINT
    utils.register(elsewhere, cast.same_group_expert, state, role)
    for row in (pieces.clarification_draft, pieces.observation_draft):
        refused_to(cast, "same_group_expert", change_of(row, review_id=elsewhere.pk), KEPT)


@pytest.mark.stage("written_feedback")
def test_what_is_sent_has_left_its_room(cast: Cast) -> None:
    row = WrittenFeedback.objects.get(state_party=cast.same_group_state)
    sent = "UPDATE reviews_writtenfeedback SET status = 'sent', sent_at = now() WHERE id = %s"
    for name in ("same_group_expert", "same_group_observer", "same_group_focal_point"):
        raises = pytest.raises(IntegrityError, match="feedback_sent_lies_on_the_table")
        with identified_as(cast.people[name]), raises, transaction.atomic():
            run(sent, row.pk)


@pytest.mark.stage("dialogue")
def test_nor_is_anything_else_marked_as_sent_in_its_room(cast: Cast, pieces: Pieces) -> None:
    answer = pieces.legal_asked.answers.get()
    for name, row, marks, words in (
        ("same_group_expert", pieces.clarification_draft, "status = 'asked', asked_at = now()", "request_sent_lies"),
        ("expert", answer, "sent_at = now()", "answer_sent_lies"),
        ("expert", pieces.supplement_draft, "sent_at = now()", "supplement_sent_lies"),
        ("same_group_expert", pieces.observation_draft, "tabled_revision = 1", "observation_tabled_lies"),
    ):
        mark = f"UPDATE {row._meta.db_table} SET {marks} WHERE id = %s"  # noqa: S608 - words of ours
        with identified_as(cast.people[name]), pytest.raises(IntegrityError, match=words), transaction.atomic():
            run(mark, row.pk)


@pytest.mark.stage("dialogue")
def test_whoever_only_reads_in_a_room_writes_nothing_there(cast: Cast, pieces: Pieces) -> None:
    words = "is written by focal point and experts of its State"
    for row in (pieces.clarification_draft, pieces.observation_draft):
        refused_to(cast, "same_group_observer", change_of(row, text="An observer's."), words)
        refused_to(cast, "same_group_observer", copy_of(row, text="An observer's."), words)
    for row in (pieces.legal_asked.answers.get(), pieces.reply_draft):
        refused_to(cast, "observer", change_of(row, text="An observer's."), words)
    refused_to(cast, "observer", change_of(pieces.supplement_draft, title="An observer's."), words)
    slip = DeskSlip.objects.filter(room=cast.same_group_state)[0]
    refused_to(cast, "same_group_observer", change_of(slip, text="An observer's."), words)


@pytest.mark.stage("self_assessment")
def test_nor_an_answer(cast: Cast) -> None:
    utils.answer_some(cast.response, cast.expert, 1)
    answer = Answer.objects.get(response=cast.response)
    words = "is written by focal point and experts of its State"
    refused_to(cast, "observer", change_of(answer, text="An observer's."), words)
    done_by(cast, "expert", change_of(answer, text="An expert's."))


@pytest.mark.stage("written_feedback")
def test_nor_a_comment(cast: Cast) -> None:
    journey.write_feedback(cast.review, cast.same_group_expert, "Kept.")
    comment = FeedbackComment.objects.filter(feedback__state_party=cast.same_group_state)[0]
    words = "feedback is written by focal point and experts"
    refused_to(cast, "same_group_observer", change_of(comment, text="An observer's."), words)
    done_by(cast, "same_group_expert", change_of(comment, text="An expert's."))


# --- What lies on the table


@pytest.mark.stage("dialogue")
def test_a_request_is_answered_by_one_state_and_closed_by_the_other(cast: Cast, pieces: Pieces) -> None:
    asked: ClarificationRequest = pieces.clarification_asked
    words = "a request is answered by the State under review, and closed by the State that asked"
    others = "expert observer same_group_expert same_group_observer other_group_focal_point officer"
    refused_to(cast, f"{others} same_group_focal_point", change_of(asked, status="answered"), words)
    closed = "UPDATE reviews_clarificationrequest SET status = 'closed', closed_at = now() WHERE id = %s"
    refused_to(cast, f"{others} focal_point", (closed, asked.pk), words)
    refused_to(cast, "focal_point", change_of(pieces.clarification_answered, status="asked"), words)
    done_by(cast, "focal_point", change_of(asked, status="answered"))
    done_by(cast, "same_group_focal_point", (closed, asked.pk))


@pytest.mark.stage("dialogue")
def test_an_observation_on_the_table_is_reworded_by_the_focal_point_of_its_state(cast: Cast, pieces: Pieces) -> None:
    row = pieces.observation_tabled
    others = "focal_point same_group_expert same_group_observer other_group_focal_point other_group_expert officer"
    words = "an observation on the table changes by the focal point of its State"
    refused_to(cast, others, change_of(row, text="Other words."), words)
    refused_to(cast, others, ("UPDATE reviews_observation SET withdrawn_at = now() WHERE id = %s", row.pk), words)
    of_articles = "DELETE FROM reviews_observation_articles WHERE observation_id = %s"
    refused_to(cast, others, (of_articles, row.pk), words)
    of_needs = "UPDATE observations_assistanceneed SET description = 'Other words.' WHERE observation_id = %s"
    refused_to(cast, others, (of_needs, row.pk), words)
    refused_to(cast, "same_group_focal_point", change_of(row, room_id=cast.same_group_state.pk), "stays on the table")
    refused_to(cast, "other_group_expert", change_of(row, room_id=cast.other_group_state.pk), "table")
    done_by(cast, "same_group_focal_point", change_of(row, text="Other words."))
    done_by(cast, "same_group_focal_point", (of_articles, row.pk))
    done_by(cast, "same_group_focal_point", (of_needs, row.pk))


@pytest.mark.stage("dialogue")
def test_a_revision_is_saved_by_its_person_for_the_own_state(cast: Cast, pieces: Pieces) -> None:
    row = ObservationRevision.objects.filter(observation=pieces.observation_draft)[0]
    own, other = cast.same_group_state.pk, cast.other_group_state.pk
    me = cast.same_group_expert.pk
    refused_to(cast, "same_group_expert", copy_of(row, number=9, saved_for_id=other, saved_by_id=me))
    refused_to(cast, "same_group_focal_point", copy_of(row, number=9, saved_for_id=own, saved_by_id=me))
    refused_to(cast, "same_group_observer", copy_of(row, number=9, saved_by_id=cast.same_group_observer.pk))
    done_by(cast, "same_group_expert", copy_of(row, number=9, saved_by_id=me))


@pytest.mark.stage("summary")
def test_a_passage_is_written_by_a_focal_point_under_the_own_name(cast: Cast) -> None:
    row = SummaryPassage.objects.filter(agreed_text__review=cast.review)[0]
    me, own = cast.same_group_focal_point.pk, cast.same_group_state.pk
    refused_to(cast, "expert focal_point same_group_expert other_group_focal_point", change_of(row, text="Mine."))
    signed = change_of(row, text="Mine.", saved_by_id=me, saved_for_id=own)
    refused_to(cast, "same_group_expert other_group_focal_point", signed)
    done_by(cast, "same_group_focal_point", signed)
    refused_to(cast, "same_group_expert other_group_focal_point", change_of(row, text="Not mine."))


# --- Versions of a text


@shared
def version(cast: Cast) -> TextVersion:
    """One that stands, and one that was cancelled before it."""
    text = journey.list_of(cast.review)
    journey.write_lists(cast.review)
    first = propose_version(actor=cast.same_group_focal_point, text=text)
    object_to_version(actor=cast.focal_point, text=text, sha256=first.sha256, reason="Not what was said.")
    return propose_version(actor=cast.same_group_focal_point, text=text)


@pytest.mark.stage("observations")
def test_a_version_is_proposed_by_a_focal_point_and_cancelled_by_one(cast: Cast, version: TextVersion) -> None:
    old = version.agreed_text.versions.get(number=1)
    again = copy_of(old, number=7)
    refused_to(cast, "expert focal_point same_group_expert other_group_focal_point officer", again)
    done_by(cast, "same_group_focal_point", again)
    words = "what becomes of a text is said by a focal point"
    everybody_else = "expert observer same_group_expert other_group_observer"
    refused_to(
        cast, everybody_else, ("UPDATE reviews_textversion SET cancelled_at = now() WHERE id = %s", version.pk), words
    )
    refused_to(cast, everybody_else, change_of(version.agreed_text, status="drafting"), words)


@pytest.mark.stage("observations")
def test_a_focal_point_objects_for_the_own_state(cast: Cast, version: TextVersion) -> None:
    said = version.agreed_text.versions.get(number=1).objections.get()
    here = {"version_id": version.pk}
    words = "who speaks for a State objects"
    refused_to(cast, "expert same_group_focal_point other_group_focal_point officer", copy_of(said, **here), words)
    forged = copy_of(said, **here, state_party_id=cast.other_group_state.pk)
    refused_to(cast, "focal_point other_group_focal_point", forged, words)
    done_by(cast, "focal_point", copy_of(said, **here))


# --- Answers to the questionnaire


@pytest.mark.stage("dialogue")
def test_answers_are_sent_by_the_focal_point_of_their_state(cast: Cast) -> None:
    sent = ResponseSubmission.objects.get(response=cast.response)
    others = "expert contributor observer same_group_focal_point same_group_expert officer"
    for name in others.split():
        person = cast.people[name]
        statement = copy_of(sent, number=7, cleared_by_id=person.pk)
        with identified_as(person):
            refused(*statement, words=f"{SAYS}|row-level security")
    refused_to(cast, "same_group_focal_point expert", copy_of(sent, number=7))
    refused_to(cast, "focal_point", copy_of(sent, number=7, cleared_by_id=cast.expert.pk))
    done_by(cast, "focal_point", copy_of(sent, number=7))


@pytest.mark.stage("self_assessment")
def test_what_becomes_of_the_answers_is_said_by_the_focal_point(cast: Cast) -> None:
    assert cast.response is not None
    words = "what becomes of the answers is said by the focal point"
    for changes in ({"status": "sent"}, {"wants_second_reader": True}, {"return_reason": "No."}):
        refused_to(cast, "expert contributor observer", change_of(cast.response, **changes), words)
    refused_to(cast, "contributor observer", change_of(cast.response, status="in_clearance"), words)
    done_by(cast, "expert", change_of(cast.response, status="in_clearance"))
    refused_to(cast, "expert", change_of(cast.response, status="open"), words)
    done_by(cast, "focal_point", change_of(cast.response, status="open"))


@pytest.mark.stage("dialogue")
def test_answers_that_were_sent_are_recalled_by_the_focal_point(cast: Cast) -> None:
    assert cast.response is not None
    later = "UPDATE questionnaires_response SET recalled_numbers = '{1}', status = 'open' WHERE id = %s"
    refused_to(cast, "expert contributor observer", (later, cast.response.pk), "what becomes of the answers")


@pytest.mark.stage("self_assessment")
def test_sections_are_sent_to_ministries_by_the_focal_point(cast: Cast) -> None:
    assert cast.response is not None
    section = Section.objects.filter(part__version=cast.response.version)[0]
    sent = SectionAssignment.objects.create(
        response=cast.response, section=section, participation=cast.participations["contributor"],
        sent_by=cast.focal_point,
    )  # fmt: skip
    words, others = "sections are sent to ministries by the focal point", "expert observer"
    later = Section.objects.filter(part__version=cast.response.version)[1]
    refused_to(cast, others, copy_of(sent, section_id=later.pk), words)
    refused_to(cast, others, change_of(sent, shows_official=True), words)
    refused_to(cast, others, ("DELETE FROM questionnaires_sectionassignment WHERE id = %s", sent.pk), words)
    done_by(cast, "contributor", change_of(sent, said="done"))
    done_by(cast, "expert", change_of(sent, checked_by_id=cast.expert.pk))
    done_by(cast, "focal_point", change_of(sent, shows_official=True))


# --- What a reader has said


@pytest.mark.stage("written_feedback")
def test_a_second_reader_speaks_alone(cast: Cast) -> None:
    Planter(cast, "Kept").plant("written_feedback")
    read = FeedbackReading.objects.get()
    words = "what a reader says is his or her own word"
    refused_to(cast, "same_group_focal_point", copy_of(read), words)
    done_by(cast, "same_group_expert", copy_of(read))
    reading = SecondReading.objects.create(
        review=cast.review, room=cast.state, language="en", response=cast.response, sha256="0" * 64, is_fine=True,
        read_by=cast.expert,
    )  # fmt: skip
    refused_to(cast, "focal_point", copy_of(reading), words)
    done_by(cast, "expert", copy_of(reading))


# --- Languages and dates, meetings, steps


def test_a_proposal_and_its_confirmations_are_of_focal_points(db: None) -> None:
    cast = utils.make_cast("consultations")
    proposal = propose_consultation(actor=cast.focal_point, review=cast.review, languages=["en"])
    everybody_else = "expert observer same_group_focal_point officer auditor contributor"
    refused_to(cast, everybody_else, copy_of(proposal, number=7))
    said = proposal.confirmations.get()
    other = {"state_party_id": cast.same_group_state.pk}
    refused_to(cast, f"{everybody_else} focal_point", copy_of(said, **other))
    silence = copy_of(said, **other, focal_point_id=None)
    refused_to(cast, f"{everybody_else} focal_point same_group_focal_point", silence)
    me = {"focal_point_id": cast.same_group_focal_point.pk}
    done_by(cast, "same_group_focal_point", copy_of(said, **other, **me))
    of_nobody = copy_of(proposal, number=7, proposed_by_id=cast.officer.pk, proposed_for_id=None)
    refused_to(cast, "focal_point auditor", of_nobody)
    done_by(cast, "officer", of_nobody)


@pytest.mark.stage("self_assessment")
def test_more_time_is_asked_for_and_answered_by_focal_points(cast: Cast) -> None:
    asked = Planter(cast, "Kept").plant("self_assessment").extension_asked
    everybody_else = "expert contributor observer same_group_focal_point officer"
    refused_to(cast, everybody_else, copy_of(asked, status="withdrawn"))
    refused_to(cast, "focal_point", change_of(asked, asked_for_id=cast.same_group_state.pk), KEPT)
    words = "what becomes of a request for time"
    refused_to(cast, "expert contributor observer auditor", change_of(asked, status="agreed"), words)
    recorded = change_of(asked, recorded_how="By a note.", recorded_by_id=cast.officer.pk)
    refused_to(cast, "focal_point same_group_focal_point administrator", recorded, "recorded by an officer")
    done_by(cast, "officer", recorded)
    answer_time_change(actor=cast.same_group_focal_point, change=asked, agrees=True)
    said = asked.answers.get(state_party=cast.same_group_state)
    forged = copy_of(said, state_party_id=cast.other_group_state.pk)
    refused_to(cast, f"{everybody_else} other_group_expert other_group_focal_point", forged)
    me = cast.other_group_focal_point.pk
    refused_to(
        cast, "same_group_focal_point", copy_of(said, state_party_id=cast.other_group_state.pk, answered_by_id=me)
    )
    own = copy_of(said, state_party_id=cast.other_group_state.pk, answered_by_id=me)
    done_by(cast, "other_group_focal_point", own)


@pytest.mark.stage("dialogue")
def test_a_state_is_invited_and_answers_by_its_own_people(cast: Cast, pieces: Pieces) -> None:
    meeting = pieces.meeting_asked  # by the expert of the State of the same group
    another_one = copy_of(meeting, status="invited")
    refused_to(cast, "expert same_group_observer other_group_expert officer", another_one)
    done_by(cast, "same_group_expert", another_one)
    words = "a meeting is changed by the State that invited, or by an officer"
    another = "expert focal_point same_group_observer other_group_expert"
    refused_to(cast, another, change_of(meeting, place="Elsewhere."), words)
    refused_to(cast, another, change_of(meeting, status="cancelled"), words)
    said = meeting.answers.get(state_party=cast.other_group_state)
    refused_to(cast, "same_group_expert other_group_observer other_group_focal_point", change_of(said, agrees=True))
    forged = copy_of(said, state_party_id=cast.state.pk)
    refused_to(cast, "same_group_expert other_group_expert expert observer officer", forged)
    refused_to(cast, "expert other_group_observer", change_of(said, revision=2))
    done_by(cast, "expert", copy_of(said, state_party_id=cast.state.pk, answered_by_id=cast.expert.pk))
    done_by(cast, "other_group_expert", change_of(said, agrees=True))
    done_by(cast, "same_group_expert", change_of(said, revision=2))
    done_by(cast, "same_group_expert", change_of(meeting, place="Elsewhere."))


@pytest.mark.stage("dialogue")
def test_what_was_held_is_recorded_by_a_focal_point_or_an_officer(cast: Cast) -> None:
    held = DialogueMeeting.objects.filter(review=cast.review).first() or DialogueMeeting.objects.create(
        review=cast.review, language="en", held_on=cast.review.starts_on, means="telephone", others="All.",
        recorded_by=cast.focal_point, recorded_for=cast.state,
    )  # fmt: skip
    of_state = {"recorded_for_id": cast.state.pk, "recorded_by_id": cast.focal_point.pk}
    refused_to(cast, "expert observer same_group_focal_point officer", copy_of(held, **of_state))
    done_by(cast, "focal_point", copy_of(held, **of_state))
    done_by(cast, "officer", copy_of(held, recorded_for_id=None, recorded_by_id=cast.officer.pk))


@pytest.mark.stage("dialogue")
def test_a_step_is_taken_for_the_own_state(cast: Cast) -> None:
    last = StepChange.objects.filter(review=cast.review).latest("at")
    for name in ("expert", "focal_point", "officer"):
        mine = copy_of(last, actor_id=cast.people[name].pk, acting_for_id=cast.same_group_state.pk)
        refused_to(cast, name, mine, "a step is taken for the State of whose focal point it is")
    own = copy_of(last, actor_id=cast.focal_point.pk, acting_for_id=cast.state.pk)
    done_by(cast, "focal_point", own)
