"""My work: one list of what is due, from whom, by when, over all reviews and capacities of a person."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.affiliations.services import affiliate
from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core import context
from core.templatetags.components import date_words
from observations.clearance.services import clear_version
from observations.versions.selectors import standing_version
from portal.work.kinds import KINDS, tasks_of
from portal.work.tasks import DueDay, NamedCapacity, Task, Workload
from portal.work.views import _split
from questionnaires.assignments.services import assign_sections
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review, ReviewingState, ReviewMilestone, StepChange
from reviews.consultations.services import confirm_consultation, propose_consultation
from reviews.registration.services.participation import end_participation
from tests import journey, utils
from tests.at_once import propose_version, send_clarification
from tests.dialogue.exchange.exchange import clarification
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.reviews.meetings.meetings import in_days, invited, page_of, say
from tests.reviews.nominations.notes import ANA, submitted_by
from tests.utils import SYSTEM, Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HOME = "/en/"


def work_of(user: User) -> list[Task]:
    return tasks_of(Workload(User.objects.get(pk=user.pk), timezone.now()))


def own(user: User) -> list[str]:
    return [task.what for task in work_of(user) if task.is_own]


def waiting(user: User) -> list[tuple[str, str]]:
    return [(task.what, task.waits_for) for task in work_of(user) if not task.is_own]


@pytest.fixture
def consulting(make_cast: Callable[..., Cast]) -> Cast:
    return make_cast("consultations")


def test_a_focal_point_proposes_and_the_others_wait_for_the_focal_points(consulting: Cast) -> None:
    assert own(consulting.focal_point) == ["Propose working languages and dates"]
    for name in ("expert", "observer", "contributor", "same_group_expert"):
        assert own(consulting.people[name]) == []
        assert waiting(consulting.people[name]) == [("Propose working languages and dates", "the focal points")]


def test_a_proposal_is_confirmed_and_then_waited_for(consulting: Cast) -> None:
    propose_consultation(actor=consulting.focal_point, review=consulting.review, languages=["en"])
    assert own(consulting.same_group_focal_point) == ["Confirm proposal 1, or propose otherwise"]
    missing = f"{consulting.other_group_state} and {consulting.same_group_state}"
    assert waiting(consulting.focal_point) == [("Confirmation of proposal 1", missing)]
    confirm_consultation(actor=consulting.same_group_focal_point, review=consulting.review, number=1)
    assert own(consulting.same_group_focal_point) == []
    confirm_consultation(actor=consulting.other_group_focal_point, review=consulting.review, number=1)
    assert waiting(consulting.focal_point)[0][1] == "Secretariat"
    assert own(consulting.officer) == ["Open the self-assessment: languages and dates are agreed"]


def test_a_task_says_why_it_is_mine_by_when_and_as_what(consulting: Cast) -> None:
    (task,) = work_of(consulting.focal_point)
    assert task.due_on == dt.date(2021, 12, 13)
    assert str(task.capacity) == f"Focal point of {consulting.state}"
    assert str(consulting.state) in task.why
    assert task.url == "/en/untoc/reviews/1-XVE/consultations/"


def test_those_who_write_answer_and_the_others_wait(cast: Cast) -> None:
    for name in ("focal_point", "expert"):
        assert own(cast.people[name]) == ["Sending of the answers"]
    for name in ("observer", "contributor", "same_group_focal_point", "same_group_observer"):
        assert own(cast.people[name]) == []
        assert waiting(cast.people[name]) == [("Sending of the answers", str(cast.state))]


def test_a_contributor_has_a_task_once_sections_were_sent_to_the_ministry(cast: Cast, login_as: LoginAs) -> None:
    places = list(utils.index_of(cast.response.version_id).applicable_sections(cast.response.party_to))[:2]
    participation = cast.participations["contributor"]
    assign_sections(cast.focal_point, cast.response, participation=participation, places=places)
    (task,) = work_of(cast.contributor)
    assert task.what == "Draft the answers of 2 sections sent to you"
    assert login_as(cast.contributor).get(task.url).status_code == 200


@pytest.mark.stage("in_clearance")
def test_answers_in_clearance_are_the_focal_points_and_its_experts_wait(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("in_clearance")
    assert own(cast.focal_point) == ["Clear and send the answers, or return them to the experts"]
    assert waiting(cast.expert) == [("Clearance of the answers", f"the focal point of {cast.state}")]
    assert waiting(cast.same_group_expert) == [("Sending of the answers", str(cast.state))], "others learn nothing"


@pytest.mark.stage("dialogue")
def test_requests_are_answered_sent_and_waited_for(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("dialogue")
    clarification(cast.review, cast.same_group_expert, "Drafted.")
    assert "Send 1 drafted request for clarification" in own(cast.same_group_focal_point)
    assert not any("drafted request" in what for what in own(cast.same_group_expert)), "only the focal point sends"
    assert not any("drafted request" in what for what in own(cast.other_group_focal_point)), "not its room"
    request = clarification(cast.review, cast.same_group_focal_point, "Sent?")
    send_clarification(actor=cast.same_group_focal_point, request=request)
    assert "Answer 1 request for clarification" in own(cast.expert)
    assert ("Answer to 1 request for clarification", str(cast.state)) in waiting(cast.same_group_expert)
    assert ("Answer to 1 request for clarification", str(cast.state)) not in waiting(cast.other_group_expert)


@pytest.mark.stage("dialogue")
def test_an_invitation_is_answered_moved_and_waited_for(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("dialogue")
    meeting = invited(cast)
    day = date_words(meeting.local_start)
    asked = f"Answer the invitation to a meeting of the experts on {day}"
    waited_for = f"Answers to the invitation to a meeting of the experts on {day}"
    for name in ("focal_point", "expert", "other_group_focal_point", "other_group_expert"):
        assert asked in own(cast.people[name]), name
    task = next(task for task in work_of(cast.expert) if task.what == asked)
    assert (task.due_on, task.url) == (in_days(10), page_of(meeting, "answer"))
    others = f"{cast.state} and {cast.other_group_state}"
    for name in ("same_group_expert", "observer"):
        assert (waited_for, others) in waiting(cast.people[name]), name
        assert asked not in own(cast.people[name]), name
    assert all("meeting" not in what for what in own(cast.contributor) + [row[0] for row in waiting(cast.contributor)])
    say(cast.expert, meeting, agrees=False, note="A holiday")
    assert asked not in own(cast.focal_point)
    assert (waited_for, str(cast.other_group_state)) in waiting(cast.expert)
    assert f"Find another time for the meeting of the experts on {day}, or cancel it" in own(
        cast.same_group_focal_point
    )
    for user in (cast.expert, cast.other_group_expert):
        say(user, meeting)
    for name, user in cast.people.items():
        assert all("a meeting of the experts" not in what for what in own(user)), name


@pytest.mark.stage("dialogue")
def test_the_page_of_the_review_leads_to_the_invitation(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("dialogue")
    meeting = invited(cast)

    def is_led(user: User) -> bool:
        page = login_as(user).get(f"/en/untoc/reviews/{cast.review.code}/").content.decode()
        return page_of(meeting, "answer") in page

    led = {"focal_point", "expert", "second_expert", "other_group_focal_point", "other_group_expert"}
    assert {name for name, user in cast.people.items() if is_led(user)} == led
    say(cast.expert, meeting)
    assert not is_led(cast.focal_point)


@pytest.mark.stage("observations")
def test_texts_are_drafted_by_those_who_review_and_waited_for_by_the_state_under_review(
    cast_at: Callable[[str], Cast],
) -> None:
    cast = cast_at("observations")
    assert any(what.startswith("Draft the lists of observations") for what in own(cast.same_group_expert))
    assert own(cast.focal_point) == []
    assert own(cast.same_group_observer) == []


@pytest.mark.stage("observations")
def test_a_version_is_cleared_by_each_focal_point_and_then_waited_for(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("observations")
    text = journey.list_of(cast.review)
    journey.write_lists(cast.review)
    propose_version(actor=cast.same_group_focal_point, text=text)
    label = f"List of observations, {text.instrument}"
    assert f"Clear, or object to: {label}" in own(cast.focal_point)
    ((_what, who),) = [row for row in waiting(cast.expert) if row[0] == f"Clearance of: {label}"]
    assert str(cast.state) in who
    assert str(cast.same_group_state) not in who, "it has proposed the version, and cleared it with that"
    clear_version(actor=cast.focal_point, text=text, sha256=standing_version(text).sha256)
    assert f"Clear, or object to: {label}" not in own(cast.focal_point)
    assert (f"Clearance of: {label}", str(cast.other_group_state)) in waiting(cast.focal_point)


def test_missing_people_are_named_by_the_focal_point_and_by_the_mission(consulting: Cast) -> None:
    Participation.objects.filter(review=consulting.review, state_party=consulting.same_group_state).exclude(
        role=ParticipationRole.FOCAL_POINT
    ).update(ended_at=timezone.now())
    assert "Name the governmental experts" in own(consulting.same_group_focal_point)
    assert "Name the governmental experts" not in own(consulting.focal_point)
    member = UserFactory()
    affiliate(member, consulting.same_group_state)
    Affiliation.objects.filter(user=member).update(is_permanent_mission=True)
    tasks = [task for task in work_of(member) if task.review == consulting.review]
    assert [task.what for task in tasks] == ["Name the governmental experts"]
    assert tasks[0].due_on == dt.date(2021, 11, 29)


def test_notes_are_checked_by_another_officer_and_mended_by_the_state(cast: Cast) -> None:
    note = submitted_by(cast.focal_point, cast.state, ANA)
    assert "Check 1 note verbale" in own(cast.officer)
    assert "Check 1 note verbale" not in own(cast.auditor)
    type(note).objects.filter(pk=note.pk).update(status="returned")
    assert f"Mend the note verbale of {cast.state} that was returned" in own(cast.focal_point)
    assert not any("note verbale" in what for what in own(cast.expert))


@pytest.mark.stage("written_feedback")
def test_the_officer_in_charge_records_processing_and_concludes(cast_at: Callable[[str], Cast]) -> None:
    cast = cast_at("written_feedback")
    assert "Process the documentation and record it: Processing of the answers" in own(cast.officer)
    assert not any("documentation" in what for what in own(cast.administrator)), "not in charge"


def test_a_person_who_has_left_has_no_task(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    assert work_of(cast.expert) == []


@pytest.mark.parametrize("stage", ["self_assessment", "in_clearance", "written_feedback", "dialogue", "observations"])
def test_every_button_opens_for_whoever_has_it(cast_at: Callable[[str], Cast], stage: str) -> None:
    cast = cast_at(stage)
    refused = {
        (name, task.what)
        for name, user in cast.people.items()
        for task in work_of(user)
        if utils.login_as(Client(), user).get(task.url).status_code != 200
    }
    assert refused == set()


def test_tasks_are_ordered_own_first_then_by_date(cast: Cast) -> None:
    other = utils.make_review("written_feedback", state="XAL")
    utils.register(other, cast.expert, utils.fictional_state("XVE"), ParticipationRole.GOVERNMENTAL_EXPERT)
    tasks = work_of(cast.expert)
    assert [task.is_own for task in tasks] == sorted((task.is_own for task in tasks), reverse=True)
    assert {task.capacity.key for task in tasks} == {"xve-governmental_expert"}


def shown(page: Any) -> tuple[int, int]:
    """How many of one's own, and how many that are waited for."""
    parts = {part.key: [*part.cards, *part.lines] for part in page.context["parts"]}
    return len(parts.get("mine", [])), len(parts.get("waiting", []))


def test_the_list_is_filtered_by_plain_links(cast: Cast, login_as: LoginAs) -> None:
    other = utils.make_review("consultations", state="XHV")
    utils.register(other, cast.expert, utils.fictional_state("XLE"), ParticipationRole.OBSERVER)
    client = login_as(cast.expert)
    page = client.get(HOME)
    assert shown(page) == (1, 1)
    page = client.get(f"{HOME}?show=mine")
    assert shown(page) == (1, 0)
    assert 'href="?show=waiting"' in page.content.decode()
    page = client.get(f"{HOME}?show=waiting")
    assert shown(page) == (0, 1)
    page = client.get(f"{HOME}?hat=xle-observer")
    assert [task.review.code for task in page.context["tasks"]] == ["1-XHV"]
    page = client.get(f"{HOME}?show=nonsense&hat=nonsense")
    assert len(page.context["tasks"]) == 2, "nonsense filters nothing"


def test_who_acts_in_one_capacity_is_not_asked_for_it(cast: Cast, login_as: LoginAs) -> None:
    assert login_as(cast.expert).get(HOME).context["capacity_links"] == []


@pytest.mark.parametrize("stage", ["consultations", "written_feedback", "dialogue", "observations"])
def test_each_kind_takes_the_same_queries_for_one_review_and_for_a_hundred(
    make_cast: Callable[..., Cast], stage: str
) -> None:
    """As somebody of the State under review, and as the officer in charge of all."""
    cast = make_cast(stage)
    one = {person: _queries_of_page(person) for person in (cast.observer, cast.officer)}
    _copies(cast.review, cast.observer, 99)
    for person, (queries, tasks) in one.items():
        assert tasks >= 1
        many, their_tasks = _queries_of_page(person)
        assert many == queries, person
        assert their_tasks >= 100, person


def _queries_of_page(user: User) -> tuple[dict[str, int], int]:
    with context.begun():
        return _queries(user)


def _queries(user: User) -> tuple[dict[str, int], int]:
    """By kind, for a person whose reviews have been looked up; and how many tasks there are."""
    fresh = User.objects.get(pk=user.pk)
    workload = Workload(fresh, timezone.now())
    counts, tasks = {}, 0
    with CaptureQueriesContext(connection) as captured:
        assert workload.places is not None
    counts["places"] = len(captured)
    for kind in KINDS:
        with CaptureQueriesContext(connection) as captured:
            tasks += len(list(kind(workload)))
        counts[kind.__name__] = len(captured)
    return counts, tasks


def _copies(review: Review, user: User, number: int) -> None:
    """Reviews of other States at the same step, in which the user stands in the same way."""
    states = list(StateParty.objects.filter(is_fictional=False)[:number])
    assert len(states) == number
    milestones, reviewing = list(review.milestones.all()), list(review.reviewing_states.all())
    changes, officer = list(review.step_changes.all()), Review.objects.get(pk=review.pk).officer
    for state in states:
        copy = Review.objects.create(
            mechanism=review.mechanism,
            phase=review.phase,
            state_under_review=state,
            code=f"1-{state.iso3}",
            starts_on=review.starts_on,
            step=review.step,
            officer=officer,
            plan_version_id=review.plan_version_id,
        )
        ReviewMilestone.objects.bulk_create(
            ReviewMilestone(review=copy, plan=row.plan, due_on=row.due_on, reached_on=row.reached_on)
            for row in milestones
        )
        ReviewingState.objects.bulk_create(
            ReviewingState(review=copy, state_party=row.state_party, basis=row.basis) for row in reviewing
        )
        StepChange.objects.bulk_create(
            StepChange(review=copy, from_step=row.from_step, to_step=row.to_step, at=row.at) for row in changes
        )
        Participation.objects.create(
            review=copy, user=user, state_party=state, role=ParticipationRole.OBSERVER, side="under_review"
        )


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_an_observer_takes_a_constant_number_of_queries(number: int, login_as: LoginAs) -> None:
    user = UserFactory()
    for state in ["XHV", "XMB", "XAL"][:number]:
        review = utils.make_review("written_feedback", state=state)
        part = Participation.objects.get(
            review=review, role=ParticipationRole.FOCAL_POINT, state_party=review.state_under_review
        )
        end_participation(actor=utils.SYSTEM, participation=part)
        utils.register(review, user, review.state_under_review, ParticipationRole.OBSERVER)
    client = login_as(user)
    client.get(HOME)
    with assert_query_count("portal:dashboard as observer in the exchange"):
        client.get(HOME)


def test_what_is_far_away_takes_one_line_and_no_card_however_little_it_is(consulting: Cast) -> None:
    acts_as = NamedCapacity("focal", None, "Focal point")
    far = [
        Task(f"Task {number}", acts_as, HOME, "Go on", due=DueDay(dt.date(2027, 6, number), dt.date(2027, 1, 1)))
        for number in range(1, 9)
    ]
    near = Task("Soon", acts_as, HOME, "Go on", due=DueDay(dt.date(2027, 1, 20), dt.date(2027, 1, 1)))
    parts = {name: _split("mine", tasks) for name, tasks in {"far": far, "both": [near, *far]}.items()}
    assert {name: ([each.what for each in part.cards], len(part.lines)) for name, part in parts.items()} == {
        "far": ([], 8),
        "both": (["Soon"], 8),
    }
