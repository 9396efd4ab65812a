"""Where somebody stopped writing stands first on the page of what there is to do."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from dialogue.exchange.models import WrittenFeedback
from portal.work.continuing import LeftOff, left_off
from portal.work.tasks import Workload
from questionnaires.assignments.services import assign_sections
from questionnaires.definitions import index_of
from reviews.programme.models import Instrument
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.at_once import clear_feedback, save_comment
from tests.dialogue.exchange.exchange import observation
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
QUESTION = "I.untoc.3.a.i"


def place(user: User) -> LeftOff | None:
    return left_off(Workload(user, timezone.now()))


def comment(cast: Cast, user: User, text: str) -> None:
    feedback = WrittenFeedback.objects.get(review=cast.review, state_party=cast.same_group_state)
    untoc = Instrument.objects.get(slug="untoc")
    save_comment(actor=user, feedback=feedback, instrument=untoc, question_code=QUESTION, text=text, base=0)


def test_who_has_written_nothing_has_stopped_nowhere(cast: Cast, login_as: LoginAs) -> None:
    assert [place(user) for user in (cast.expert, cast.stranger, cast.officer)] == [None] * 3
    assert "data-continue" not in login_as(cast.expert).get("/en/").content.decode()


def test_the_answer_saved_last_is_where_its_writer_goes_on(cast: Cast, login_as: LoginAs) -> None:
    utils.save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    utils.save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    found = place(cast.expert)
    assert found is not None
    assert (found.what, found.review) == ("Answer to question 3", cast.review)
    page = login_as(cast.expert).get("/en/").content.decode()
    assert f'href="{found.url}"' in page
    assert login_as(cast.expert).get(found.url.partition("#")[0]).status_code == 200
    assert place(cast.second_expert) is None, "what a colleague wrote is no place of one's own"


@pytest.mark.stage("written_feedback")
def test_feedback_leads_to_the_desk_until_it_is_sent(cast: Cast, login_as: LoginAs) -> None:
    comment(cast, cast.same_group_expert, "Well drafted.")
    found = place(cast.same_group_expert)
    assert found is not None
    assert found.url.startswith(f"/en/untoc/reviews/{cast.review.code}/desk/untoc/")
    assert login_as(cast.same_group_expert).get(found.url.partition("#")[0]).status_code == 200
    feedback = WrittenFeedback.objects.get(review=cast.review, state_party=cast.same_group_state)
    clear_feedback(actor=cast.same_group_focal_point, feedback=feedback)
    assert place(cast.same_group_expert) is None


@pytest.mark.stage("observations")
def test_a_drafted_observation_is_gone_on_with(cast: Cast) -> None:
    drafted = observation(cast.review, cast.same_group_expert, "Words that are not laid yet.")
    found = place(cast.same_group_expert)
    assert found is not None
    assert str(drafted.pk) in found.url


def test_what_one_wrote_is_no_place_for_who_takes_no_part_any_more(cast: Cast) -> None:
    utils.save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    end_participation(actor=utils.SYSTEM, participation=cast.participations["expert"])
    assert place(cast.expert) is None


def test_a_section_that_is_with_another_ministry_by_now_is_not_gone_on_with(cast: Cast) -> None:
    untoc = index_of(cast.response.version_id).section_of["I.untoc.1"]
    row = cast.participations["contributor"]
    assign_sections(cast.focal_point, cast.response, participation=row, places=[untoc])
    utils.save(cast.response, cast.contributor, "I.untoc.1", choices=("Yes",))
    assert place(cast.contributor) is not None
    assign_sections(cast.focal_point, cast.response, participation=row, places=[])
    assert place(cast.contributor) is None
