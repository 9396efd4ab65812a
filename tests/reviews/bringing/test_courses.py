"""How far reviews have come elsewhere is brought in from a file that another officer confirms."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.jobs import making
from core.models import AuditEntry, Job, Notification
from core.policy import PolicyRefusedError
from core.time.dates import day_of
from dialogue.exchange.models import WrittenFeedback
from questionnaires.responses.services import open_response
from reviews.bringing.courses import (
    carry_out_courses,
    effects_of,
    fingerprint_of,
    known_programme,
    rows_now,
    seen_of_courses,
)
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import bring_in, carry_out_file, confirm_file, lay_before, say_for_state, set_file_aside
from reviews.bringing.sheet import read_courses
from reviews.cases import advance_to_next, focal_points_of, reviewing_states_of
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Review, StepChange
from reviews.nominations.enums import NoteStatus
from reviews.programme.models import Mechanism, StepPlan, StepPlanVersion
from reviews.reminders import dues
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.lots.draws.test_races import at_once
from tests.reviews.bringing.files import as_csv, as_xlsx, brought_in, upload, words
from tests.reviews.nominations.notes import approve, named, submitted_by
from tests.reviews.outreach.missions import unnamed_review
from tests.utils import SYSTEM, login_as, make_review, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
ADDRESS = "/en/untoc/bringing-in/steps/"
HERE = {
    "review": "1-XHV",
    "opened_on": "2021-11-01",
    "step": "Constructive dialogue",
    "languages": "French, English",
    "step:self_assessment": "2022-01-10",
    "step:written_feedback": "2022-09-15",
    "step:dialogue": "2023-05-02",
    "milestone:focal_points_appointed": "2021-11-20",
}


_FIRST = "milestone:focal_points_appointed"


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@pytest.fixture
def other() -> User:
    return OfficerFactory.create()


@pytest.fixture
def client(officer: User) -> Client:
    return login_as(Client(), officer)


@pytest.fixture
def review() -> Review:
    return make_review()


def step_name(slug: str) -> str:
    return str(Mechanism.objects.get(slug="untoc").steps.get(slug=slug).name)


def row(**changes: str) -> dict[str, str]:
    return {**HERE, "step": "dialogue", **changes}


def file_of(client: Client, *rows: dict[str, str]) -> BroughtFile:
    page = upload(client, ADDRESS, as_csv(rows or [row()]))
    assert page.status_code == 200, words(page)
    return BroughtFile.objects.latest("created_at")


def problems(*rows: dict[str, str]) -> list[dict[str, str]]:
    known = known_programme(Mechanism.objects.get(slug="untoc"))
    return [dict(each.problems) for each in read_courses("f.csv", as_csv(rows).read(), known)]


# --- From the file to the reviews


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_another_officer_confirms_what_was_shown_and_a_worker_carries_it_out(
    client: Client, officer: User, other: User, review: Review, make: Callable[..., Any]
) -> None:
    page = upload(client, ADDRESS, make([row()]))
    file = BroughtFile.objects.get()
    assert "1 review stands where its row says." in words(page)
    assert "The next act of 1 review is past its indicative date." in words(page)
    for shown in ('Opened: <time datetime="2021-11-01">', "2021-11-20", "Working languages: French · English"):
        assert shown in words(page)
    review.refresh_from_db()
    assert (review.step.slug, file.status) == ("consultations", "prepared")

    client.post(f"/en/untoc/bringing-in/{file.pk}/lay-before/", {"seen": page.context["seen"]})
    checking = login_as(Client(), other)
    shown = checking.get(f"{ADDRESS}{file.pk}/")
    confirmed = checking.post(f"/en/untoc/bringing-in/{file.pk}/confirm/", {"seen": shown.context["seen"]}, follow=True)
    assert "Being brought in: 0 of 1 review" in words(confirmed)
    making.carry_out(str(Job.objects.get().pk), carry_out_file)

    review.refresh_from_db()
    assert (review.step.slug, review.working_languages) == ("dialogue", ["fr", "en"])
    piece = BroughtPiece.objects.get()
    assert (piece.review, piece.brought_by, piece.checked_by, piece.state_party) == (
        review,
        officer,
        other,
        review.state_under_review,
    )
    verbs = AuditEntry.objects.filter(verb__startswith="reviews.brought").values_list("verb", flat=True)
    assert sorted(verb.rpartition(".")[2] for verb in verbs) == [
        "brought_in", "brought_in", "confirmed", "laid_before", "prepared",
    ]  # fmt: skip
    assert AuditEntry.objects.get(verb="reviews.review.course_brought_in").actor_id == other.pk
    assert "Brought in" in words(checking.get(f"{ADDRESS}{file.pk}/"))


def test_a_review_has_the_days_of_its_row_and_those_that_follow_from_them(client: Client, review: Review) -> None:
    brought_in(file_of(client))
    changes = [
        (change.to_step.slug, timezone.localdate(change.at).isoformat(), change.is_brought_in)
        for change in StepChange.objects.filter(review=review).order_by("at")
    ]
    assert changes == [
        ("consultations", "2021-11-01", True),
        ("self_assessment", "2022-01-10", True),
        ("written_feedback", "2022-09-15", True),
        ("dialogue", "2023-05-02", True),
    ]
    reached = dict(review.milestones.exclude(reached_on=None).values_list("plan__slug", "reached_on"))
    assert reached == {
        "focal_points_appointed": dt.date(2021, 11, 20),
        "experts_designated": dt.date(2022, 1, 10),
        "consultations_held": dt.date(2022, 1, 10),
        "answers_sent": dt.date(2022, 9, 15),
        "answers_processed": dt.date(2023, 5, 2),
        "feedback_sent": dt.date(2023, 5, 2),
    }


def test_what_begins_with_the_answers_is_open_and_its_state_alone_is_written_to(client: Client, review: Review) -> None:
    before = Notification.objects.count()
    brought_in(file_of(client))
    assert review.__class__.objects.get(pk=review.pk).step.slug == "dialogue"
    assert Notification.objects.count() == before + 1
    assert WrittenFeedback.objects.filter(review=review).count() == 2


def test_a_date_that_has_passed_reminds_nobody_and_a_later_one_does(client: Client, review: Review) -> None:
    with time_machine.travel("2023-09-10T12:00Z"):  # nine days after the dialogue is due
        file = file_of(client)
        brought_in(file)
        first, last = dt.date(2023, 8, 1), dt.date(2023, 10, 30)
        assert [due.milestone for due in dues(first, last, today=dt.date(2023, 9, 10))] == []
        act = review.milestones.get(plan__slug="feedback_processed")
        assert (act.due_on < dt.date(2023, 9, 10), act.quiet_through) == (True, dt.date(2023, 9, 10))
        review.milestones.filter(pk=act.pk).update(due_on=dt.date(2023, 9, 20))
        review.officer = OfficerFactory.create()
        review.save()
        assert {due.milestone for due in dues(first, last, today=dt.date(2023, 9, 10))} == {act.pk}


def test_a_day_that_is_not_known_is_left_out_and_said_to_be(client: Client, review: Review) -> None:
    given = row()
    given["step:written_feedback"] = ""
    page = upload(client, ADDRESS, as_csv([given]))
    assert "day not known" in words(page)
    brought_in(BroughtFile.objects.get())
    moves = StepChange.objects.filter(review=review).order_by("at").values_list("from_step__slug", "to_step__slug")
    assert list(moves) == [
        (None, "consultations"),
        ("consultations", "self_assessment"),
        ("self_assessment", "dialogue"),
    ]
    assert review.milestones.get(plan__slug="answers_sent").reached_on == dt.date(2023, 5, 2)


def test_the_template_names_the_reviews_that_have_not_moved_and_comes_back_as_it_is(
    client: Client, review: Review
) -> None:
    make_review("self_assessment", state="XAL")
    content = client.get(f"{ADDRESS}template/").content
    rows = [[cell.value for cell in line] for line in load_workbook(BytesIO(content)).worksheets[0].iter_rows()]
    assert [line[0] for line in rows[1:]] == ["1-XHV"]
    known = known_programme(Mechanism.objects.get(slug="untoc"))
    assert rows[0] == [str(label) for label in known.columns.values()]
    (read,) = read_courses("reviews.xlsx", content, known)
    assert set(read.problems) == {"step"}


def test_what_is_confirmed_is_all_that_follows_from_the_file(client: Client, review: Review) -> None:
    file = file_of(client)
    effects = effects_of(rows_now(file), review.mechanism)
    (effect,) = effects
    seen = {fingerprint_of(effects)}
    for change in (
        {"opened_on": dt.date(2021, 11, 2)},
        {"done": [(milestone, day + dt.timedelta(1)) for milestone, day in effect.done]},
        {"assumed": effect.assumed[1:]},
        {"steps": effect.steps[1:]},
        {"row": replace(effect.row, languages=("fr",))},
        {"row": replace(effect.row, milestones={})},
    ):
        seen.add(fingerprint_of([replace(effect, **change)]))
    assert len(seen) == 7


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


# --- What is wrong


def test_what_the_plan_of_a_review_does_not_have_is_named_and_not_dropped(review: Review) -> None:
    other = StepPlanVersion.objects.get(pk=review.plan_version_id)
    other.pk, other.id, other.number, other.published_at = None, None, other.number + 1, None
    other.save(force_insert=True)
    StepPlan.objects.create(
        version=other, step=review.step, slug="more", name="More", order=1, amount=1, unit="days", owed_by="all"
    )
    StepPlanVersion.objects.filter(pk=other.pk).update(published_at=timezone.now())
    given = {**row(), "milestone:more": "2021-12-01"}
    del given[_FIRST]
    assert problems(given) == [{"milestone:more": "The plan of this review has nothing of the kind."}]


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"review": "1-ZZZ"}, "review", "There is no review “1-ZZZ”."),
        ({"review": ""}, "review", "Enter the code of the review"),
        ({"step": ""}, "step", "Enter the step that the review has reached"),
        ({"step": "halfway"}, "step", "“halfway” is no step of this mechanism."),
        ({"step": "agreed_text"}, "step", "“agreed_text” may be several steps."),
        ({"step": "consultations"}, "step", "This is the first step"),
        ({"step:dialogue": ""}, "step:dialogue", "Enter the day on which the review came to this step."),
        ({"step:dialogue": "02.05.2023"}, "step:dialogue", "Enter the day as in 2021-03-01"),
        ({"step:dialogue": "2099-01-01"}, "step:dialogue", "This day lies ahead."),
        ({"step:dialogue": "1066-10-14"}, "step:dialogue", "No review is as old as that."),
        ({"step:dialogue": "2022-09-01"}, "step:dialogue", "This is before 15 September 2022"),
        ({"step:dialogue": "=TODAY()"}, "step:dialogue", "This cell is worked out by a formula."),
        ({"opened_on": "2022-02-01", _FIRST: ""}, "step:self_assessment", "This is before 1 February 2022"),
        ({"step": "written_feedback"}, "step:dialogue", "The review has not come to this step."),
        (
            {"milestone:focal_points_appointed": "2020-01-01"},
            "milestone:focal_points_appointed",
            "before the review was",
        ),
        ({"milestone:answers_sent": "2022-12-01"}, "milestone:answers_sent", "This is after 15 September 2022"),
        ({"state": "XAL"}, "state", "The review with this code is that of another State."),
        ({"phase": "2"}, "phase", "The review with this code is one of another phase."),
        ({"languages": "Klingon"}, "languages", "Enter languages of the United Nations"),
        ({"languages": "en, fr, es, ru"}, "languages", "at most three languages"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(
    review: Review, changes: dict[str, str], column: str, message: str
) -> None:
    ((name, said),) = problems(row(**changes))[0].items()
    assert name == column
    assert message in said


def test_nothing_is_stored_of_a_file_in_which_a_row_is_wrong(client: Client, review: Review) -> None:
    page = upload(client, ADDRESS, as_csv([row(), row(review="1-ZZZ"), row()]))
    shown = words(page)
    assert page.status_code == 422
    assert "2 rows are wrong; nothing was stored." in shown
    assert "The same review as in row 2." in shown
    assert not BroughtFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("r.xlsm", b"PK", "This kind of file can hold macros."),
        ("r.pdf", b"%PDF", "This kind of file is not accepted."),
        ("r.csv", b"", "This file is empty."),
        ("r.csv", "review,step\n1-É,x".encode("latin-1"), "The letters of this file cannot be read."),
        ("r.csv", b"review,step,mood\n1-XHV,dialogue,good", "These columns are not known: mood."),
        ("r.csv", b"review\n1-XHV", "The first row names no column for: Step reached."),
        ("r.csv", b"state,step\nXHV,dialogue", "two for the State and the phase"),
        ("r.csv", b"review,step\n", "There is no review in this file."),
        ("r.csv", b"x" * (2 * 1024 * 1024 + 1), "This file is larger than 2 megabytes."),
        ("r.xlsx", b"PK\x03\x04 no workbook", "govuk-error-message"),
    ],
)
def test_a_file_that_is_none_is_answered_by_its_field(client: Client, name: str, content: bytes, message: str) -> None:
    page = upload(client, ADDRESS, SimpleUploadedFile(name, content))
    assert page.status_code == 422
    assert message in words(page)
    assert not BroughtFile.objects.exists()


def test_a_review_is_found_by_state_and_phase_and_a_step_by_any_of_its_names(review: Review) -> None:
    state = {"state": str(review.state_under_review.name), "phase": "1", **row()}
    del state["review"]
    for name in ("dialogue", step_name("dialogue"), "DIALOGUE"):
        assert problems({**state, "step": name}) == [{}]


def test_a_review_that_has_moved_in_the_portal_stays_as_it_is(client: Client, review: Review) -> None:
    file = file_of(client)
    lay_before(actor=file.brought_by, file=file, seen=seen_of_courses(file))
    seen = seen_of_courses(file)
    open_response(SYSTEM, review)
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=file, seen=seen)
    assert "This review has moved on in the portal" in words(client.get(f"{ADDRESS}{file.pk}/"))
    assert problems(row())[0]["review"].startswith("This review has moved on in the portal")


# --- Two officers


def test_who_brings_it_in_does_not_confirm_it(client: Client, officer: User, review: Review) -> None:
    file = file_of(client)
    lay_before(actor=officer, file=file, seen=seen_of_courses(file))
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
