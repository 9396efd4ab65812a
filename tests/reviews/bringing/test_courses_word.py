"""Two officers bring steps and dates in, and the State under review is heard on them."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.models import Job, Notification
from core.policy import PolicyRefusedError
from core.time.dates import day_of
from reviews.bringing.courses import (
    carry_out_courses,
    effects_of,
    known_programme,
    seen_of_courses,
)
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import bring_in, confirm_file, lay_before, say_for_state, set_file_aside
from reviews.bringing.sheet import read_courses
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Review, StepChange, TimeChange
from reviews.nominations.enums import NoteStatus
from reviews.participation import focal_points_of
from reviews.programme.models import Mechanism
from reviews.steps import advance_to_next
from reviews.visibility import reviewing_states_of
from tests.accounts.tokens.making import program_of
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.lots.draws.test_races import at_once
from tests.reviews.bringing.courses import ADDRESS, file_of, problems, row
from tests.reviews.bringing.files import as_csv, brought_in, upload, words
from tests.reviews.nominations.notes import approve, named, submitted_by
from tests.reviews.outreach.missions import unnamed_review
from tests.utils import SYSTEM, login_as, make_review, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
AGAIN = row(**{"step:dialogue": "2023-05-04"})


# --- The word of the State


def objected(review: Review, reason: str = "We were at the feedback.") -> BroughtPiece:
    piece = BroughtPiece.objects.filter(review=review, kind="course").latest("created_at")
    return say_for_state(actor=focal_point_of(review), piece=piece, word=StateWord.OBJECTED, reason=reason)


def focal_point_of(review: Review) -> User:
    found = focal_points_of(review, Side.UNDER_REVIEW)
    return found[0] if found else named_in(review, review.state_under_review)


def named_in(review: Review, state: StateParty) -> User:
    return register(review, UserFactory.create(), state, ParticipationRole.FOCAL_POINT).user


def test_the_state_is_told_of_its_steps_and_confirms_them(client: Client, review: Review) -> None:
    person, other = focal_point_of(review), named_in(review, reviewing_states_of(review)[0].state_party)
    brought_in(file_of(client))
    told = {each.recipient: each.context["sentence"] for each in Notification.objects.filter(template="reviews/news")}
    assert {who: "you confirm it for your State" in sentence for who, sentence in told.items()} == {
        person: True,
        other: False,
    }
    assert "Say for your State whether it is right: Steps and dates" in words(login_as(Client(), person).get("/en/"))
    piece = BroughtPiece.objects.get()
    say_for_state(actor=person, piece=piece, word=StateWord.CONFIRMED)
    assert problems(row())[0]["review"].startswith("Steps and dates are brought in already.")


def test_what_the_state_objects_to_gives_way_to_another_file(client: Client, review: Review) -> None:
    focal_point_of(review)
    brought_in(file_of(client))
    assert problems(row())[0]["review"].startswith("Steps and dates are brought in already.")
    objected(review)
    other = {"review": review.code, "step": "written_feedback", "step:written_feedback": "2022-10-01"}
    page = upload(client, ADDRESS, as_csv([other]))
    assert "Takes the place of what was brought in, to which the State objects." in words(page)
    brought_in(BroughtFile.objects.latest("created_at"))
    review.refresh_from_db()
    assert review.step.slug == "written_feedback"
    changes = StepChange.objects.filter(review=review).order_by("at")
    assert [(each.to_step.slug, day_of(each.at).isoformat(), each.actor) for each in changes] == [
        ("consultations", review.starts_on.isoformat(), None),
        ("written_feedback", "2022-10-01", None),
    ]
    reached = dict(review.milestones.exclude(reached_on=None).values_list("plan__slug", "reached_on"))
    assert reached.keys() == {"focal_points_appointed", "experts_designated", "consultations_held", "answers_sent"}
    assert set(reached.values()) == {dt.date(2022, 10, 1)}
    words_said = BroughtPiece.objects.filter(review=review).order_by("created_at").values_list("word", flat=True)
    assert list(words_said) == ["objected", ""]
    told = program_of(OfficerFactory.create()).get(f"/api/v1/untoc/reviews/{review.code}/brought-in/").json()
    assert [(each["word"], each["is_newest"]) for each in told["results"]] == [("", True), ("objected", False)]


def test_the_date_that_is_shown_is_the_one_that_follows_also_after_an_extension_and_a_pause(
    client: Client, review: Review
) -> None:
    focal_point_of(review)
    brought_in(file_of(client))
    objected(review)
    act = review.milestones.get(plan__slug="feedback_processed")
    agreed = {"review": review, "status": "agreed", "reason": "Elections.", "decided_on": dt.date(2023, 6, 1)}
    plain = shown_next(review)
    TimeChange.objects.create(kind="pause", starts_on=dt.date(2023, 5, 10), until=dt.date(2023, 5, 19), **agreed)
    paused = shown_next(review)
    TimeChange.objects.create(kind="extension", milestone=act, until=dt.date(2024, 2, 1), **agreed)
    shown = shown_next(review)
    assert (paused - plain, shown) == (dt.timedelta(10), dt.date(2024, 2, 1))
    brought_in(file_of(client, AGAIN))
    act.refresh_from_db()
    assert act.due_on == shown


def shown_next(review: Review) -> dt.date:
    """The date of the next act that would follow from another course."""
    known = known_programme(review.mechanism)
    (effect,) = effects_of(read_courses("f.csv", as_csv([AGAIN]).read(), known), review.mechanism)
    assert effect.next_act is not None
    assert (effect.next_act.slug, effect.due_on is None) == ("feedback_processed", False)
    return effect.due_on or dt.date.max


def test_the_list_of_files_counts_what_the_states_of_each_say(client: Client, review: Review) -> None:
    other = make_review(state="XAL")
    brought_in(file_of(client, row(), row(review=other.code)))
    page = words(client.get("/en/untoc/bringing-in/"))
    assert "Not confirmed by the State: 2</span>" in page
    focal_point_of(review)
    objected(review)
    page = words(client.get("/en/untoc/bringing-in/"))
    lines = re.findall(r'<span class="app-table__line">([^<]*)</span>', page)
    assert lines == ["Not confirmed by the State: 1", "The State objects: 1"]


def test_nothing_gives_way_once_something_has_happened_here(client: Client, review: Review) -> None:
    focal_point_of(review)
    brought_in(file_of(client))
    objected(review)
    assert problems(row()) == [{}]
    advance_to_next(SYSTEM, Review.objects.get(pk=review.pk))
    assert problems(row())[0]["review"].startswith("This review has moved on in the portal")


def test_a_word_that_is_said_meanwhile_keeps_the_other_file_out(client: Client, review: Review) -> None:
    person = focal_point_of(review)
    brought_in(file_of(client))
    piece = objected(review)
    file = file_of(client, row(**{"step:dialogue": "2023-06-01"}))
    lay_before(actor=file.brought_by, file=file, seen=seen_of_courses(file))
    seen = seen_of_courses(file)
    say_for_state(actor=person, piece=piece, word=StateWord.CONFIRMED)
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=file, seen=seen)
    with pytest.raises(ServiceError, match="Steps and dates are brought in already"):
        carry_out_courses(OfficerFactory.create(), file, lambda number: None)


# --- Two officers


def test_who_brings_it_in_does_not_confirm_it(client: Client, officer: User, review: Review) -> None:
    file = file_of(client)
    lay_before(actor=officer, file=file, seen=seen_of_courses(file))
    asks, second = "Check 1 file brought in", login_as(Client(), OfficerFactory.create())
    assert [asks in words(each.get("/en/")) for each in (client, second)] == [False, True]
    with pytest.raises(PolicyRefusedError, match="Two different officers are needed"):
        confirm_file(actor=officer, file=file, seen=seen_of_courses(file), language="en")


def test_another_officer_sets_it_aside_with_a_reason_that_is_shown(client: Client, other: User, review: Review) -> None:
    file = file_of(client)
    lay_before(actor=file.brought_by, file=file, seen=seen_of_courses(file))
    with pytest.raises(ServiceError, match="Say why it is set aside"):
        set_file_aside(actor=other, file=file, reason=" ")
    set_file_aside(actor=other, file=file, reason="The days of group 2 are those of group 1.")
    assert "The days of group 2 are those of group 1." in words(client.get(f"{ADDRESS}{file.pk}/"))
    assert review.step.slug == "consultations"


def test_a_file_whose_officer_does_nothing_more_is_set_aside_by_another_who_tells_why(
    client: Client, other: User, review: Review
) -> None:
    file = file_of(client)
    assert f"Lay the file before another officer, or withdraw it: {file.file_name}" in words(client.get("/en/"))
    page = words(login_as(Client(), other).get(f"{ADDRESS}{file.pk}/"))
    assert f"/en/untoc/bringing-in/{file.pk}/set-aside/" in page
    set_file_aside(actor=other, file=file, reason="It is brought in by another file.")
    assert "Another officer has set your file aside" in words(client.get("/en/"))
    assert file_of(client).status == "prepared"


def test_the_same_file_is_not_brought_in_twice_at_once(client: Client, review: Review) -> None:
    file_of(client)
    page = upload(client, ADDRESS, as_csv([row()]))
    assert page.status_code == 422
    assert "has brought this file in already." in words(page)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does() -> None:
    review, first = make_review(), OfficerFactory.create()
    file = file_of(login_as(Client(), first))
    lay_before(actor=first, file=file, seen=seen_of_courses(file))
    seen, officers = seen_of_courses(file), [OfficerFactory.create(), OfficerFactory.create()]
    acts = [lambda who=who: confirm_file(actor=who, file=file, seen=seen, language="en") for who in officers]
    assert at_once(*acts) == ["This is being brought in.", "done"]
    assert (Job.objects.count(), review.step.slug) == (1, "consultations")


def test_the_page_of_a_file_takes_as_many_queries_for_many_reviews_as_for_one(client: Client, review: Review) -> None:
    one = file_of(client)
    make_review(state="XAL")
    make_review(state="XMB")
    many = file_of(client, row(), row(review="1-XAL"), row(review="1-XMB"))
    counts = []
    for file in (one, one, many):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}{file.pk}/")
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_a_review_that_begins_on_a_day_to_come_does_not_run_yet(review: Review) -> None:
    with time_machine.travel(dt.datetime(2021, 10, 31, 12, tzinfo=dt.UTC)):
        given = {"review": review.code, "step": "self_assessment", "step:self_assessment": "2021-10-30"}
        assert problems(given)[0]["review"] == "This review begins on a day that lies ahead in the portal."
        known = known_programme(Mechanism.objects.get(slug="untoc"))
        assert [code for code, each in known.reviews.items() if not each.obstacle] == []


@pytest.mark.parametrize("step", ["self_assessment", "dialogue", "summary"])
def test_people_are_named_by_note_verbale_in_a_review_at_whatever_step_it_was_brought_in(
    client: Client, officer: User, other: User, step: str
) -> None:
    review = unnamed_review()
    days = {"step:self_assessment": "2022-01-10", "step:dialogue": "2023-05-02", "step:summary": "2024-02-01"}
    until = [*days][: [*days].index(f"step:{step}") + 1]
    brought_in(file_of(client, {"review": review.code, "step": step, **{key: days[key] for key in until}}))
    person = named(review=review.code, email="focal@state.example", role="focal_point")
    note = submitted_by(officer, review.state_under_review, person, number="7/2026")
    assert approve(other, note).status in {NoteStatus.APPROVED, NoteStatus.WAITING}
