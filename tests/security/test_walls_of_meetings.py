"""Who asks which times suit and answers, who writes notes of a meeting and agrees; the database asks (record 90)."""

from uuid import uuid4

import pytest
from django.utils import timezone

from reviews.cases.models import ConfidentialModel
from tests.permissions.pieces import Pieces
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of
from tests.security.test_walls_of_names import done_by, refused_to
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]


@pytest.mark.stage("dialogue")
def test_a_poll_is_of_its_proposer_and_answered_by_each_state_itself(cast: Cast, pieces: Pieces) -> None:
    poll = pieces.poll_open  # by the expert of the State of the same group
    refused_to(cast, "expert same_group_observer other_group_expert officer", copy_of(poll))
    done_by(cast, "same_group_expert", copy_of(poll))
    another = "expert focal_point same_group_observer other_group_expert"
    words = "a poll is changed by the State that asked, or by an officer"
    refused_to(cast, another, change_of(poll, minutes=90), words)
    refused_to(cast, another, change_of(poll, status="withdrawn"), words)
    refused_to(
        cast,
        "same_group_expert officer",
        change_of(pieces.poll_decided, status="closed"),
        "stays as it is|poll_is_decided",
    )
    said = poll.answers.get(state_party=cast.other_group_state)
    refused_to(cast, "same_group_expert other_group_observer expert officer", change_of(said, note="Forged."))
    forged = copy_of(said, state_party_id=cast.state.pk)
    refused_to(cast, "same_group_expert other_group_expert expert observer officer", forged)
    own = {"state_party_id": cast.state.pk, "answered_by_id": cast.expert.pk}
    refused_to(cast, "expert", copy_of(said, **own, revision=2), "a poll as it stands")
    done_by(cast, "expert", copy_of(said, **own))


@pytest.mark.stage("dialogue")
def test_notes_are_laid_and_agreed_to_by_focal_points(cast: Cast, pieces: Pieces) -> None:
    draft, notes = pieces.notes_draft, pieces.notes_laid  # of the State of the same group
    begun = {"meeting_id": pieces.held.pk}
    refused_to(cast, "expert same_group_observer other_group_expert officer", copy_of(draft, **begun))
    at_once = {"status": "laid", "sha256": "0" * 64, "room_id": None, "laid_at": timezone.now()}
    refused_to(cast, "same_group_expert same_group_focal_point", copy_of(draft, **begun, **at_once), "in its own room")
    done_by(cast, "same_group_expert", copy_of(draft, **begun))
    refused_to(cast, "same_group_expert", change_of(draft, **at_once), "laid on the table by the focal point")
    words = "changed by the focal point of the State that drafts them"
    refused_to(cast, "expert focal_point same_group_expert officer", change_of(notes, text="Forged."), words)
    taken_out = "DELETE FROM reviews_meetingnotes WHERE id = %s", notes.pk
    refused_to(cast, "same_group_focal_point officer", taken_out, "laid before the States stay")
    agreed = change_of(notes, status="agreed", agreed_at=timezone.now())
    refused_to(cast, "same_group_focal_point focal_point officer", agreed, "once all States that met have agreed")
    said = notes.answers.get(state_party=cast.other_group_state)
    refused_to(cast, "same_group_focal_point other_group_expert focal_point officer", change_of(said, agrees=True))
    own = {"state_party_id": cast.state.pk, "answered_by_id": cast.focal_point.pk, "agrees": True}
    refused_to(cast, "expert officer same_group_focal_point", copy_of(said, **own))
    refused_to(cast, "focal_point", copy_of(said, **own, sha256="0" * 64), "notes as they stand")
    done_by(cast, "focal_point", copy_of(said, **own))
    done_by(cast, "other_group_focal_point", change_of(said, agrees=True))


@pytest.mark.stage("dialogue")
def test_an_officer_goes_on_with_notes_of_a_state_that_has_left(cast: Cast, pieces: Pieces) -> None:
    cast.review.reviewing_states.filter(state_party=cast.same_group_state).delete()
    anew = {"revision": 2, "sha256": "0" * 64, "saved_by_id": cast.officer.pk}
    change = change_of(pieces.notes_laid, text="By an officer.", **anew)
    refused_to(cast, "expert focal_point other_group_focal_point", change, "the State that drafts them")
    done_by(cast, "officer", change)


@pytest.mark.stage("dialogue")
def test_what_a_state_has_said_of_notes_is_said_of_the_text_that_it_saw(cast: Cast, pieces: Pieces) -> None:
    notes, drafter = pieces.notes_laid, "same_group_focal_point"
    own, anew = {"text": "Forged.", "saved_by_id": cast.people[drafter].pk}, "another text of notes is asked about anew"
    refused_to(cast, drafter, change_of(notes, **own), anew)
    refused_to(cast, drafter, change_of(notes, **own, revision=2), anew)
    refused_to(cast, drafter, change_of(notes, **own, sha256="0" * 64), anew)
    changed = {**own, "revision": 2, "sha256": "0" * 64}
    refused_to(cast, drafter, change_of(notes, **{**changed, "saved_by_id": cast.expert.pk}))
    done_by(cast, drafter, change_of(notes, **changed))
    begun = {"meeting_id": pieces.held.pk, "drafted_for_id": None, "saved_by_id": cast.officer.pk}
    agreed = copy_of(notes, **begun, status="agreed", agreed_at=timezone.now())
    refused_to(cast, "officer", agreed, "once all States that met have agreed")
    elsewhere = {"meeting_id": moved(pieces.held, cast).pk}
    refused_to(
        cast, "same_group_expert", copy_of(pieces.notes_draft, **elsewhere), "notes are of a meeting of their review"
    )


@pytest.mark.stage("dialogue")
def test_a_poll_is_closed_by_the_last_answer_to_what_it_asks(cast: Cast, pieces: Pieces) -> None:
    poll = pieces.poll_open  # to which the State under review has not answered
    closed = change_of(poll, status="closed")
    refused_to(cast, "same_group_expert other_group_observer expert officer", closed, "once all States have answered")
    refused_to(cast, "same_group_expert officer", change_of(poll, minutes=90), "other times are asked about anew")
    elsewhere = copy_of(poll, meeting_id=moved(pieces.poll_decided.meeting, cast).pk)
    refused_to(cast, "same_group_expert", elsewhere, "a poll is about a meeting of its review")
    said = poll.answers.get(state_party=cast.other_group_state)
    own = {"state_party_id": cast.state.pk, "answered_by_id": cast.expert.pk}
    done_by(cast, "expert", copy_of(said, **own))
    done_by(cast, "expert", closed)


def moved(meeting: ConfidentialModel, cast: Cast) -> ConfidentialModel:
    """A copy of a meeting in the review that nobody here takes part in."""
    meeting = type(meeting)._base_manager.get(pk=meeting.pk)
    meeting.pk, meeting.review, meeting._state.adding = uuid4(), cast.bystander_review, True
    meeting.save()
    return meeting
