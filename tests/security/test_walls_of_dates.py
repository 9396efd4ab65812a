"""That more time or a meeting is agreed is written when the States have said so, and not before (docs/adr/0080)."""

import pytest
from django.utils import timezone

from core.database.identity import identified_as
from reviews.cases.models import TimeChange
from reviews.dates.models import TimeChangeAnswer
from reviews.meetings.models import MeetingAnswer, PlannedMeeting
from tests.permissions.pieces import Pieces, Planter
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused, run
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
MORE_TIME = "more time is agreed once all States have said so, or an officer records it"
MEETING = "a meeting is agreed once all States have said yes to it as it stands"


@shared
def asked(cast: Cast) -> TimeChange:
    """By the State under review; the State of the same group has said yes, and another one nothing."""
    row: TimeChange = Planter(cast, "Kept").plant("self_assessment").extension_asked
    assert row.asked_for == cast.state
    say(cast, row, "same_group", agrees=True)
    return row


def say(cast: Cast, change: TimeChange, side: str, *, agrees: bool) -> None:
    state, person = getattr(cast, f"{side}_state"), cast.people[f"{side}_focal_point"]
    TimeChangeAnswer.objects.create(change=change, state_party=state, agrees=agrees, answered_by=person)


@pytest.mark.stage("self_assessment")
def test_more_time_is_agreed_with_the_last_word(cast: Cast, asked: TimeChange) -> None:
    for name in ("focal_point", "same_group_focal_point", "officer"):
        with identified_as(cast.people[name]):
            refused(*change_of(asked, status="agreed"), words=MORE_TIME)
    say(cast, asked, "other_group", agrees=True)
    with identified_as(cast.same_group_focal_point):
        assert run(*change_of(asked, status="agreed")) == 1


@pytest.mark.stage("self_assessment")
def test_nor_where_a_state_has_said_no(cast: Cast, asked: TimeChange) -> None:
    say(cast, asked, "other_group", agrees=False)
    with identified_as(cast.focal_point):
        refused(*change_of(asked, status="agreed"), words=MORE_TIME)


@pytest.mark.stage("self_assessment")
def test_or_an_officer_records_it_of_what_is_asked_for(cast: Cast, asked: TimeChange) -> None:
    with identified_as(cast.officer):
        assert run(*change_of(asked, recorded_how="By a note.", recorded_by_id=cast.officer.pk)) == 1
        assert run(*change_of(asked, status="withdrawn")) == 1
        refused(*change_of(asked, status="agreed"), words=MORE_TIME)
        assert run(*change_of(asked, status="asked")) == 1
        assert run(*change_of(asked, status="agreed")) == 1


@pytest.mark.stage("self_assessment")
def test_nobody_asks_for_what_is_agreed_already(cast: Cast, asked: TimeChange) -> None:
    words = "more time begins as a request"
    recorded = {"recorded_how": "By a note.", "recorded_by_id": cast.officer.pk}
    with identified_as(cast.focal_point):
        for more in ({"status": "agreed"}, {"status": "withdrawn", **recorded}):
            refused(*copy_of(asked, **more), words=words)


@pytest.fixture
def meeting(pieces: Pieces) -> PlannedMeeting:
    """The State of the same group invites, another one has said no, and the State under review nothing."""
    row: PlannedMeeting = pieces.meeting_asked
    return row


@pytest.mark.stage("dialogue")
def test_a_meeting_is_agreed_with_the_last_yes(cast: Cast, meeting: PlannedMeeting) -> None:
    def agreed() -> None:
        with identified_as(cast.same_group_expert):
            refused(*change_of(meeting, status="agreed", agreed_at=timezone.now()), words=MEETING)

    agreed()
    answers = MeetingAnswer.objects.filter(meeting=meeting)
    answers.update(agrees=True)
    agreed()
    MeetingAnswer.objects.create(
        meeting=meeting, state_party=cast.state, revision=1, agrees=True, answered_by=cast.expert
    )
    PlannedMeeting.objects.filter(pk=meeting.pk).update(revision=2)
    agreed()
    answers.update(revision=2)
    with identified_as(cast.same_group_expert):
        assert run(*change_of(meeting, status="agreed", agreed_at=timezone.now())) == 1


@pytest.mark.stage("dialogue")
def test_what_is_agreed_takes_no_other_time(cast: Cast, pieces: Pieces) -> None:
    agreed = pieces.meeting_agreed
    with identified_as(cast.same_group_expert):
        assert run(*change_of(agreed, place="Elsewhere.")) == 1
        refused(*change_of(agreed, minutes=90), words="another time of a meeting is asked for anew")
        assert run(*change_of(agreed, minutes=90, status="invited")) == 1


@pytest.mark.stage("dialogue")
def test_nobody_invites_to_what_is_agreed_already(cast: Cast, meeting: PlannedMeeting) -> None:
    with identified_as(cast.same_group_expert):
        for more in ({"status": "agreed"}, {"agreed_at": timezone.now()}):
            refused(*copy_of(meeting, **more), words="a meeting begins as an invitation")
        assert run(*copy_of(meeting, status="invited")) == 1
