"""How far reviews have come elsewhere is brought in from a file, and shown before it is."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.people.models import User
from core.jobs import making
from core.models import AuditEntry, Job, Notification
from dialogue.exchange.models import WrittenFeedback
from reviews.bringing.courses import (
    effects_of,
    fingerprint_of,
    known_programme,
    rows_now,
)
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import carry_out_file
from reviews.bringing.sheet import read_courses
from reviews.cases.models import Review, StepChange
from reviews.programme.models import Mechanism
from reviews.reminders import dues
from tests.factories.accounts import OfficerFactory
from tests.reviews.bringing.courses import ADDRESS, file_of, row
from tests.reviews.bringing.files import as_csv, as_xlsx, brought_in, upload, words
from tests.utils import login_as, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


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
