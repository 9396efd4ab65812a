"""Files of answers, as officers would make them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.test import Client

from accounts.people.models import User
from questionnaires.bringing.answers import asked_of
from questionnaires.bringing.sheet import AskedQuestionnaire, read_answers
from questionnaires.definitions import asked_codes
from questionnaires.definitions.conditions import AnswerValue
from questionnaires.definitions.enums import QuestionKind
from reviews.bringing.models import BroughtFile
from reviews.cases.models import Review
from tests.reviews.bringing.files import as_csv, as_xlsx, brought_in, upload, words
from tests.utils import first_answer, login_as

STEPS = "/en/untoc/bringing-in/steps/"
ANSWERS = "/en/untoc/bringing-in/answers/"
COLUMNS = ("code", "answer", "text", "law", "provision", "link")
COURSE = {
    "step": "written_feedback",
    "step:self_assessment": "2022-01-10",
    "step:written_feedback": "2022-09-15",
}
SENT = {"sent_on": "2022-09-15", "language": "en"}
STEPS_IN_ORDER = ("self_assessment", "written_feedback", "dialogue", "observations", "summary", "closed")
Row = dict[str, str]


def client_of(person: User) -> Client:
    return login_as(Client(), person)


def course_of(review: Review, officer: User) -> Review:
    """A review that stands at the feedback, since two officers have said so."""
    upload(client_of(officer), STEPS, as_csv([{"review": review.code, **COURSE}]))
    brought_in(BroughtFile.objects.latest("created_at"))
    return Review.objects.get(pk=review.pk)


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
