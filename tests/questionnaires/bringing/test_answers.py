"""Answers that were sent elsewhere lie on the shared table once two officers have brought them in, marked as such."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from accounts.people.models import User
from core.errors import ServiceError
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from core.time.dates import day_of
from questionnaires.bringing.answers import asked_of, obstacle_to, seen_of_answers
from questionnaires.bringing.sheet import AskedQuestionnaire, read_answers
from questionnaires.definitions import asked_codes
from questionnaires.definitions.conditions import AnswerValue
from questionnaires.definitions.enums import QuestionKind
from questionnaires.documents.pdf import sent_context
from questionnaires.responses.models import Answer, Response, ResponseSubmission
from questionnaires.responses.services import open_response
from reviews.bringing.enums import StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.services import bring_in, lay_before, say_for_state
from reviews.cases import forget_capacities, tabs_for
from reviews.cases.models import Clearance, Review
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.reviews.bringing.files import as_csv, as_xlsx, brought_in, upload, words
from tests.utils import Cast, first_answer, login_as, make_cast, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
STEPS = "/en/untoc/bringing-in/steps/"
ANSWERS = "/en/untoc/bringing-in/answers/"
COLUMNS = ("code", "answer", "text", "law", "provision", "link")
COURSE = {
    "step": "written_feedback",
    "step:self_assessment": "2022-01-10",
    "step:written_feedback": "2022-09-15",
}
SENT = {"sent_on": "2022-09-15", "language": "en"}
_STEPS = ("self_assessment", "written_feedback", "dialogue", "observations", "summary", "closed")
Row = dict[str, str]


def client_of(person: User) -> Client:
    return login_as(Client(), person)


def course_of(review: Review, officer: User) -> Review:
    """A review that stands at the feedback, since two officers have said so."""
    upload(client_of(officer), STEPS, as_csv([{"review": review.code, **COURSE}]))
    brought_in(BroughtFile.objects.latest("created_at"))
    return Review.objects.get(pk=review.pk)


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


@pytest.fixture
def brought_cast(officer: User) -> Cast:
    cast = make_cast("consultations")
    cast.review = course_of(cast.review, officer)
    return cast


@pytest.fixture
def review(brought_cast: Cast) -> Review:
    return brought_cast.review


def row(code: str, answer: str = "", text: str = "", **more: str) -> Row:
    return {**dict.fromkeys(COLUMNS, ""), "code": code, "answer": answer, "text": text, **more}


def given_rows(review: Review) -> Iterator[Row]:
    """An answer to each question that is asked, given those before: the first option, or words."""
    asked, values = asked_of(review), {}
    for item in asked.items:
        if item.kind == QuestionKind.GROUP or item.code not in asked_codes(asked.items, values):
            continue
        answer = first_answer(item)
        choice, text = "".join(answer.get("choices", ())), answer.get("text", "")
        values[item.code] = AnswerValue((choice,) if choice else (), text)
        yield row(item.code, choice, text)


def some(review: Review, number: int = 5) -> list[Row]:
    return list(islice(given_rows(review), number))


def file_of(review: Review, officer: User, rows: Sequence[Row] = (), **more: str) -> BroughtFile:
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", as_xlsx(rows or some(review)), **{**SENT, **more})
    assert page.status_code == 200, words(page)
    return BroughtFile.objects.latest("created_at")


def problems(review: Review, *rows: Row) -> list[dict[str, str]]:
    return [dict(each.problems) for each in read_answers("a.csv", as_csv(rows).read(), asked_of(review))]


def yes_no(asked: AskedQuestionnaire) -> str:
    """A question that is always asked and has two options at least."""
    return next(i.code for i in asked.items if len(i.options) > 1 and not asked.index.needed_for[i.code])


def asked_only_then(asked: AskedQuestionnaire) -> str:
    """A question that is not asked where nothing is answered."""
    codes = asked_codes(asked.items, {})
    return next(i.code for i in asked.items if i.code not in codes and i.kind != QuestionKind.GROUP)


# --- From the file to the table


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
    facts = {fact["label"]: str(fact["value"]) for fact in sent_context(ResponseSubmission.objects.get())["facts"]}
    assert facts["Word of the State"] == "Not confirmed by the State"
    assert "Cleared by" not in facts


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


@pytest.mark.parametrize("step", ["written_feedback", "dialogue", "observations", "summary", "closed"])
@pytest.mark.parametrize("has_answers", [False, True])
def test_every_page_of_a_review_that_was_brought_in_opens(officer: User, step: str, has_answers: bool) -> None:
    cast = make_cast("consultations")
    days = {f"step:{slug}": f"{2019 + place}-01-10" for place, slug in enumerate(_STEPS, start=2)}
    until = _STEPS.index(step) + 1
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


# --- What is wrong


def test_a_wrong_cell_is_named_by_row_and_column(review: Review) -> None:
    asked = asked_of(review)
    code, hidden = yes_no(asked), asked_only_then(asked)
    option = asked.index.items[code].options[0]
    elsewhere = (
        next(
            c
            for c, place in asked.index.section_of.items()
            if place not in asked.index.applicable_sections(asked.party_to)
        )
        if len(asked.items) < len(asked.index.items)
        else ""
    )
    for given, column, message in (
        (row("I.untoc.999"), "code", ""),
        (row("no.such", "Yes"), "code", "“no.such” is no code of this questionnaire."),
        (row("", "Yes"), "code", "Enter the code of the question."),
        (row(code, "Perhaps"), "answer", "“Perhaps” is none of the options:"),
        (row(code, "99"), "answer", "is none of the options:"),
        (row(code, "=A1"), "answer", "This cell is worked out by a formula."),
        (row(code, option, law="An act", link="ftp://example"), "link", "A link must begin with https:// or http://."),
        (row(code, option, provision="art. 1"), "law", "Name the law of each legal reference."),
        (row(code, option, "x" * 50_001), "text", ""),
        (row(hidden, "", "Words."), "code", "This question is not asked, given the answers above it."),
    ):
        if not any(given[key] for key in COLUMNS[1:]):
            continue
        found = problems(review, given)
        assert len(found) == 1
        assert column in found[0], (given["code"], found)
        assert message in found[0][column]
    if elsewhere:
        assert problems(review, row(elsewhere, "", "Words."))[0]["code"]


def test_a_second_row_of_a_question_holds_a_legal_reference_or_is_wrong(review: Review) -> None:
    code = yes_no(asked_of(review))
    option = asked_of(review).index.items[code].options[0]
    more = row(code, law="The Code", provision="art. 2")
    assert problems(review, row(code, option, law="The Act"), more) == [{}]
    (read,) = read_answers("a.csv", as_csv([row(code, option, law="The Act"), more]).read(), asked_of(review))
    assert [citation["law"] for citation in read.citations] == ["The Act", "The Code"]
    assert "The same question as in row 2." in problems(review, row(code, option), row(code, option))[1]["code"]


def test_what_is_wrong_with_a_legal_reference_is_said_of_its_own_row(review: Review) -> None:
    code = yes_no(asked_of(review))
    option = asked_of(review).index.items[code].options[0]
    first, right = row(code, option, law="The Act"), row(code, law="The Code")
    for wrong, said in (
        (row(code, law="The Decree", link="ftp://example"), {"link": "A link must begin with https:// or http://."}),
        (row(code, provision="art. 1"), {"law": "Name the law of each legal reference."}),
        (row(code, law="=A1"), None),
    ):
        read = read_answers("a.csv", as_csv([first, right, wrong]).read(), asked_of(review))
        found = {each.line: dict(each.problems) for each in read if each.problems}
        assert found.keys() == {4}
        assert said is None or found == {4: said}
        assert "code" not in found[4]


def test_a_wrong_answer_does_not_make_those_below_it_wrong_as_well(review: Review) -> None:
    asked = asked_of(review)
    hidden = asked_only_then(asked)
    above = [row(code, "Perhaps") for code in sorted(asked.index.needed_for[hidden]) if asked.index.items[code].options]
    found = problems(review, *above, row(hidden, "", "Words."))
    assert found[-1] == {}


def test_nothing_is_stored_of_a_file_in_which_a_row_is_wrong(review: Review, officer: User) -> None:
    before = BroughtFile.objects.count()
    rows = [*some(review, 3), row("no.such", "Yes")]
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", as_csv(rows), **SENT)
    assert page.status_code == 422
    assert "1 row is wrong; nothing was stored." in words(page)
    assert "3 rows are in order." in words(page)
    assert BroughtFile.objects.count() == before


@pytest.mark.parametrize(
    ("day", "message"), [("2099-01-01", "This day lies ahead."), ("1999-01-01", "before the review")]
)
def test_the_day_of_sending_is_one_of_the_review(review: Review, officer: User, day: str, message: str) -> None:
    page = upload(client_of(officer), f"{ANSWERS}{review.code}/", as_csv(some(review)), sent_on=day, language="en")
    assert page.status_code == 422
    assert message in words(page)


def test_nothing_is_brought_in_over_what_a_state_answers_here(officer: User) -> None:
    drafting, sent = make_review("self_assessment"), make_review("written_feedback", state="XAL")
    assert obstacle_to(drafting).startswith("By its step, no answers were sent")
    assert obstacle_to(sent).startswith("The State answers in the portal")
    page = upload(client_of(officer), f"{ANSWERS}{sent.code}/", as_csv([row("x", "y")]), **SENT)
    assert (page.status_code, BroughtFile.objects.count()) == (422, 0)
    listed = words(client_of(officer).get(ANSWERS))
    assert (drafting.code in listed, sent.code in listed) == (False, False)


# --- The word of the State


def piece_of(review: Review, officer: User) -> BroughtPiece:
    brought_in(file_of(review, officer))
    return BroughtPiece.objects.get(review=review, kind="answers")


def test_the_focal_point_of_the_state_alone_says_whether_it_is_its_own(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    piece = piece_of(review, officer)
    for person in (brought_cast.expert, brought_cast.same_group_focal_point, officer, AuditorFactory.create()):
        with pytest.raises(PolicyRefusedError, match="Only the focal point of the State whose own it is"):
            say_for_state(actor=person, piece=piece, word=StateWord.CONFIRMED)
    say_for_state(actor=brought_cast.focal_point, piece=piece, word=StateWord.CONFIRMED)
    with pytest.raises(PolicyRefusedError, match="Your State has confirmed this"):
        say_for_state(actor=brought_cast.focal_point, piece=piece, word=StateWord.OBJECTED, reason="No.")
    assert "Confirmed by the State" in words(
        client_of(brought_cast.observer).get(f"/en/untoc/reviews/{review.code}/submission/")
    )
    assert not Clearance.objects.exists()


def test_an_objection_stands_beside_the_answers_until_others_are_brought_in(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    piece = piece_of(review, officer)
    client = client_of(brought_cast.focal_point)
    address = f"/en/untoc/reviews/{review.code}/brought-in/{piece.pk}/"
    assert client.post(address, {"word": "objected", "reason": ""}).status_code == 422
    client.post(address, {"word": "objected", "reason": "Question 3 is from an earlier draft."})
    page = words(client_of(brought_cast.same_group_expert).get(f"/en/untoc/reviews/{review.code}/brought-in/"))
    assert "The State objects" in page
    assert "Question 3 is from an earlier draft." in page
    auditor = words(client_of(AuditorFactory.create()).get(f"/en/untoc/reviews/{review.code}/brought-in/"))
    assert "The State objects" in auditor
    assert "Question 3 is from an earlier draft." not in auditor
    assert client_of(UserFactory.create()).get(f"/en/untoc/reviews/{review.code}/brought-in/").status_code == 404

    brought_in(file_of(review, officer, some(review, 4)))
    numbers = (
        ResponseSubmission.objects.filter(review=review).order_by("number").values_list("number", "brought_piece__word")
    )
    assert list(numbers) == [(1, "objected"), (2, "")]
    assert client.get(address).status_code == 404  # replaced: nothing is said of it any more


def test_answers_are_not_brought_in_twice_without_an_objection(review: Review, officer: User) -> None:
    first, second = file_of(review, officer), file_of(review, officer, some(review, 3))
    for file in (first, second):
        lay_before(actor=officer, file=file, seen=seen_of_answers(file))
    seen = seen_of_answers(second)
    brought_in(first)
    with pytest.raises(ServiceError, match="wrong by now"):
        bring_in(actor=OfficerFactory.create(), file=second, seen=seen)
    page = words(client_of(officer).get(f"{ANSWERS}file/{second.pk}/"))
    assert "Answers are brought in already." in page


def test_the_database_takes_no_submission_that_is_both_or_neither(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, officer))
    submission = ResponseSubmission.objects.get(review=review)
    submission.pk, submission.number, submission.brought_piece = None, 2, None
    with pytest.raises(IntegrityError, match="cleared_here_or_brought_in"), transaction.atomic():
        submission.save(force_insert=True)
