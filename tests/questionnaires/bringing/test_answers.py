"""Answers that were sent elsewhere lie on the shared table once two officers have brought them in, marked as such."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.people.models import User
from core.database.identity import identified_as
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.time.dates import day_of
from questionnaires.bringing.answers import asked_of, obstacle_to
from questionnaires.bringing.sheet import read_answers
from questionnaires.documents.layout import sent_layout
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.sending.services import open_response
from questionnaires.submissions import brought_in_without_answers
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.selectors.versions import VersionHistory
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.capacities import forget_capacities
from reviews.cases.models import Clearance, Review
from reviews.navigation import tabs_for
from reviews.programme.models import Cluster, Phase
from tests.factories.accounts import OfficerFactory
from tests.plain_role import plain_role
from tests.questionnaires.bringing.answers import (
    ANSWERS,
    STEPS,
    STEPS_IN_ORDER,
    client_of,
    file_of,
    row,
    some,
    yes_no,
)
from tests.reviews.bringing.files import as_csv, brought_in, upload, words
from tests.utils import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_answers_lie_on_the_table_marked_and_uncleared_and_nothing_is_written_into_a_room(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    other, rows = OfficerFactory.create(), some(review)
    file = file_of(review, officer, rows)
    assert not Response.objects.filter(review=review).exists()
    before = Notification.objects.count()
    brought_in(file, by=other)

    submission = ResponseSubmission.objects.get(review=review)
    answers = {answer["code"]: (answer["choices"], answer["text"]) for answer in submission.document["answers"]}
    assert answers == {each["code"]: ([each["answer"]] if each["answer"] else [], each["text"]) for each in rows}
    assert (submission.room, submission.cleared_by, submission.number) == (None, None, 1)
    assert submission.sha256 == document_hash(submission.document)
    assert submission.document["brought_in"] == {"file_sha256": file.sha256, "sent_on": "2022-09-15"}
    assert day_of(submission.sent_at).isoformat() == "2022-09-15"
    assert not Clearance.objects.exists()
    assert not Answer.objects.exists()
    piece = submission.brought_piece
    assert piece is not None
    assert (piece.state_party, piece.word, piece.brought_by, piece.checked_by) == (
        brought_cast.state,
        "",
        officer,
        other,
    )
    review.refresh_from_db()
    assert review.step.slug == "written_feedback"
    told = set(
        Notification.objects.order_by("-created_at")[: Notification.objects.count() - before].values_list(
            "recipient", flat=True
        )
    )
    assert told == {
        brought_cast.focal_point.pk,
        brought_cast.same_group_focal_point.pk,
        brought_cast.other_group_focal_point.pk,
    }
    assert AuditEntry.objects.get(verb="questionnaires.response.brought_in").after["file_sha256"] == file.sha256


def test_every_page_and_document_of_them_says_so(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, officer))
    base = f"/en/untoc/reviews/{review.code}"
    instrument = asked_of(review).items[0].articles[0].instrument if asked_of(review).items[0].articles else "untoc"
    for person in (brought_cast.focal_point, brought_cast.same_group_expert, officer):
        client = client_of(person)
        for address in (f"{base}/submission/", f"{base}/submission/{instrument}/", f"{base}/desk/"):
            page = words(client.get(address))
            assert "Brought in from another place" in page, address
            assert "Not confirmed by the State" in page, address
            assert "Cleared by" not in page
    facts = {fact.label: str(fact.value) for fact in sent_layout(ResponseSubmission.objects.get()).facts}
    assert facts["Word of the State"] == "Not confirmed by the State"
    assert "Cleared by" not in facts


def test_what_the_state_has_objected_to_is_no_version_of_them(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    BroughtPiece.objects.filter(review=review).update(word=StateWord.OBJECTED)
    brought_in(file_of(review, officer))
    submission = latest_submission(review)
    assert submission is not None
    assert (submission.number, VersionHistory(submission).versions) == (2, [submission])
    versions = f"/en/untoc/reviews/{review.code}/submission/versions/"
    client = client_of(brought_cast.same_group_expert)
    assert [client.get(f"{versions}{number}/").status_code for number in (1, 2)] == [404, 200]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Honolulu", "Asia/Tokyo", "Pacific/Kiritimati"])
def test_whoever_reads_it_wherever_reads_the_same_day(
    brought_cast: Cast, review: Review, officer: User, zone: str
) -> None:
    brought_in(file_of(review, officer))
    User.objects.filter(pk=brought_cast.same_group_expert.pk).update(time_zone=zone)
    client = client_of(User.objects.get(pk=brought_cast.same_group_expert.pk))
    home = words(client.get(f"/en/untoc/reviews/{review.code}/"))
    assert "sent in another place on 15 September 2022." in home
    assert "14 September 2022" not in home
    assert '<time datetime="2022-01-10">10 January 2022</time>' in home
    read = words(client.get(f"/en/untoc/reviews/{review.code}/submission/"))
    assert '<time datetime="2022-09-15">15 September 2022</time>' in read


def test_the_day_of_sending_may_be_that_of_the_opening_for_an_officer_in_america(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    User.objects.filter(pk=officer.pk).update(time_zone="America/Los_Angeles")
    opened_on = day_of(review.step_changes.earliest("at").at)
    file_of(review, User.objects.get(pk=officer.pk), sent_on=opened_on.isoformat())
    page = upload(
        client_of(officer),
        f"{ANSWERS}{review.code}/",
        as_csv(some(review)),
        sent_on=(opened_on - dt.timedelta(1)).isoformat(),
        language="en",
    )
    assert "This is before the review was opened." in words(page)


def test_a_state_that_did_not_draft_here_is_offered_no_draft(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, officer))
    client = client_of(brought_cast.focal_point)
    page = words(client.get(f"/en/untoc/reviews/{review.code}/"))
    assert f"/en/untoc/reviews/{review.code}/response/" not in page
    pressed = words(client.post(f"/en/untoc/reviews/{review.code}/response/clear/", follow=True))
    assert "None cleared" not in pressed


def test_the_preview_shows_the_answers_as_they_would_be_read(review: Review, officer: User) -> None:
    asked = asked_of(review)
    code = yes_no(asked)
    file = file_of(review, officer, [row(code, asked.index.items[code].options[0], "In *two* words.\n\nAnd more.")])
    page = words(client_of(officer).get(f"{ANSWERS}file/{file.pk}/"))
    assert "In <em>two</em> words." in page
    assert "1 of " in page
    assert "questions that are not optional have no answer:" in page


def test_the_template_holds_the_questions_of_the_review_and_comes_back_filled_in(review: Review, officer: User) -> None:
    content = client_of(officer).get(f"{ANSWERS}{review.code}/template/").content
    book = load_workbook(BytesIO(content))
    sheet: Any = book.worksheets[0]
    asked = asked_of(review)
    assert [cell.value for cell in sheet["A"]][1:] == [item.code for item in asked.items]
    wanted = {each["code"]: each for each in some(review)}
    for line in range(2, sheet.max_row + 1):
        if each := wanted.get(sheet.cell(line, 1).value):
            item = asked.index.items[each["code"]]
            sheet.cell(line, 5).value = "1" if item.options else ""
            sheet.cell(line, 6).value = each["text"]
    out = BytesIO()
    book.save(out)
    read = read_answers("answers.xlsx", out.getvalue(), asked)
    assert {each.code: (list(each.choices), each.text) for each in read} == {
        code: ([each["answer"]] if each["answer"] else [], each["text"]) for code, each in wanted.items()
    }
    assert not any(each.problems for each in read)


def test_there_is_no_template_where_no_questionnaire_is_published(review: Review, officer: User) -> None:
    cluster = Cluster.objects.create(mechanism=review.mechanism, number=9, roman="IX", name="A new cluster")
    Phase.objects.filter(pk=review.phase_id).update(cluster=cluster)
    assert obstacle_to(Review.objects.get(pk=review.pk)) == "No questionnaire has been published for this cluster."
    client = client_of(officer)
    assert client.get(f"{ANSWERS}{review.code}/").status_code == 200
    assert client.get(f"{ANSWERS}{review.code}/template/").status_code == 404


BY_DAY = {("dialogue", False), ("closed", True)}  # the others are looked at by `make prove`


@pytest.mark.parametrize(
    ("step", "has_answers"),
    [
        pytest.param(step, has, marks=[] if (step, has) in BY_DAY else pytest.mark.prove)
        for has in (False, True)
        for step in ("written_feedback", "dialogue", "observations", "summary", "closed")
    ],
)
def test_every_page_of_a_review_that_was_brought_in_opens(officer: User, step: str, has_answers: bool) -> None:
    cast = make_cast("consultations")
    days = {f"step:{slug}": f"{2019 + place}-01-10" for place, slug in enumerate(STEPS_IN_ORDER, start=2)}
    until = STEPS_IN_ORDER.index(step) + 1
    given = {"review": cast.review.code, "step": step} | dict(list(days.items())[:until])
    upload(client_of(officer), STEPS, as_csv([given]))
    brought_in(BroughtFile.objects.latest("created_at"))
    review = Review.objects.get(pk=cast.review.pk)
    assert review.step.slug == step
    if has_answers:
        brought_in(file_of(review, officer))
    for person in (cast.focal_point, cast.same_group_focal_point, cast.same_group_expert, cast.observer, officer):
        client = client_of(person)
        forget_capacities(person)
        addresses = [url for tabs in tabs_for(person, review).values() for _tab, url in tabs]
        assert addresses
        found = {url: client.get(url, follow=True).status_code for url in addresses}
        assert set(found.values()) == {200}, found
        assert client.get("/en/", follow=True).status_code == 200
    code = cast.same_group_focal_point.participations.get().state_party.iso3
    page = client_of(cast.same_group_expert).get(f"/en/untoc/reviews/{review.code}/feedback/{code}/")
    assert page.status_code == (200 if has_answers else 404)


def test_who_would_write_feedback_is_told_that_the_answers_are_missing(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    client, base = client_of(brought_cast.same_group_focal_point), f"/en/untoc/reviews/{review.code}"
    work, home, listed = (words(client.get(url, follow=True)) for url in ("/en/", f"{base}/", f"{base}/feedback/"))
    assert "Write the feedback" not in work + home
    assert "Answers that were sent in another place" in work
    assert "They have not been brought in." in home
    assert "They have not been brought in." in listed
    assert not re.search(rf'href="{base}/feedback/\w', listed)
    assert "Bring in the answers of 1 review" in words(client_of(officer).get("/en/", follow=True))

    brought_in(file_of(review, officer))
    assert "Write the feedback" in words(client.get("/en/", follow=True))
    assert re.search(rf'href="{base}/feedback/\w', words(client.get(f"{base}/feedback/")))
    assert "Bring in the answers" not in words(client_of(officer).get("/en/", follow=True))


def test_a_contributor_who_does_not_read_them_is_not_told_either_that_they_are_missing(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    def lacking() -> bool:
        with plain_role(), identified_as(brought_cast.contributor):
            assert not ResponseSubmission.objects.filter(review=review).exists()
            return brought_in_without_answers().filter(pk=review.pk).exists()

    assert lacking()
    brought_in(file_of(review, officer))
    assert not lacking()


def test_where_a_self_assessment_is_to_be_opened_officers_have_to_do_it(officer: User) -> None:
    cast = make_cast("consultations")
    given = {"review": cast.review.code, "step": "self_assessment", "step:self_assessment": "2022-01-10"}
    upload(client_of(officer), STEPS, as_csv([given]))
    brought_in(BroughtFile.objects.latest("created_at"))
    waits = words(client_of(cast.focal_point).get("/en/", follow=True))
    assert "Opening of the self-assessment" in waits
    assert "Waiting for the secretariat" in waits
    todo = words(client_of(officer).get("/en/", follow=True))
    assert "Open the self-assessment of 1 review that was brought in" in todo
    open_response(officer, Review.objects.get(pk=cast.review.pk))
    assert "Open the self-assessment of" not in words(client_of(officer).get("/en/", follow=True))
    assert "Answer the questionnaire" in words(client_of(cast.focal_point).get("/en/", follow=True))
