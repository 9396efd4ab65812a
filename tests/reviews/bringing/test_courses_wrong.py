"""What is wrong in a file of steps and dates is named, and nothing of it is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.errors import ServiceError
from questionnaires.sending.services import open_response
from reviews.bringing.courses import (
    seen_of_courses,
)
from reviews.bringing.models import BroughtFile
from reviews.bringing.services import bring_in, lay_before
from reviews.cases.models import Review
from reviews.programme.models import StepPlan, StepPlanVersion
from tests.factories.accounts import OfficerFactory
from tests.reviews.bringing.courses import ADDRESS, FIRST, file_of, problems, row, step_name
from tests.reviews.bringing.files import as_csv, upload, words
from tests.utils import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_what_the_plan_of_a_review_does_not_have_is_named_and_not_dropped(review: Review) -> None:
    other = StepPlanVersion.objects.get(pk=review.plan_version_id)
    other.pk, other.id, other.number, other.published_at = None, None, other.number + 1, None
    other.save(force_insert=True)
    StepPlan.objects.create(
        version=other, step=review.step, slug="more", name="More", order=1, amount=1, unit="days", owed_by="all"
    )
    StepPlanVersion.objects.filter(pk=other.pk).update(published_at=timezone.now())
    given = {**row(), "milestone:more": "2021-12-01"}
    del given[FIRST]
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
        ({"opened_on": "2022-02-01", FIRST: ""}, "step:self_assessment", "This is before 1 February 2022"),
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
