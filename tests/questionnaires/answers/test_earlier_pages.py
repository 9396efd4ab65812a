"""A page that was made on the version before the move writes into no item of the version after it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.definitions.models import ItemMapping, QuestionnaireVersion
from questionnaires.definitions.services import import_version
from questionnaires.margin.models import MarginThread
from questionnaires.moving.services import move_response, plan_of
from questionnaires.responses.models import Answer, AnswerRevision, Response
from tests.accounts.tokens.making import program_of
from tests.factories.accounts import OfficerFactory
from tests.forms import carried_by
from tests.questionnaires.answers.autosave import ARTICLE_2, RESPONSE, post_answer, text_of
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import cluster, official
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
MESSAGE = "The self-assessment has moved to version 2 of the questionnaire. Open the page anew."


@pytest.fixture
def running(cast: Cast) -> Cast:
    """Questions 1 and 2 are answered, each once; in version 2 each goes where the other was."""
    assert cast.response is not None
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",), text="Of question 1.")
    save(cast.response, cast.expert, "I.untoc.2", choices=("Yes",), text="Of question 2.")
    return cast


def move(cast: Cast) -> None:
    last = import_version(OfficerFactory(), with_item(official(), "I.untoc.1.a", gone=True))
    first = QuestionnaireVersion.objects.get(questionnaire__cluster=cluster(), number=1)
    for old, new in (("I.untoc.1", "I.untoc.2"), ("I.untoc.2", "I.untoc.1")):
        ItemMapping.objects.create(
            old_version=first, new_version=last, old_code=old, new_code=new, decided_by=cast.officer
        )
    response = Response.objects.select_related("version__questionnaire", "review__step", "review__mechanism").get()
    plan = plan_of(response)
    assert plan is not None
    move_response(cast.focal_point, response, seen=plan.seen)


def stored() -> dict[str, tuple[str, int]]:
    return {row.question.code: (row.text, row.revision) for row in Answer.objects.select_related("question")}


SWAPPED = {"I.untoc.2": ("Of question 1.", 1), "I.untoc.1": ("Of question 2.", 1)}


def test_a_save_by_script_from_before_the_move_is_refused(running: Cast, login_as: LoginAs) -> None:
    expert = login_as(running.expert)
    carried = carried_by(expert.get(ARTICLE_2))
    assert carried["version"] == "1"
    move(running)
    fields = {"choices": "Yes", "text": "Of question 1, mended.", "base": carried["I.untoc.1-base"]}
    refused = post_answer(expert, "I.untoc.1", **fields, version=carried["version"])
    assert refused == (422, {"errors": {"item": MESSAGE}})
    gone = post_answer(expert, "I.untoc.1.a", text="Words", base="0", version=carried["version"])
    assert gone == (422, {"errors": {"item": MESSAGE}}), "also where the question is gone"
    assert stored() == SWAPPED
    now = post_answer(expert, "I.untoc.2", **fields, version=carried_by(expert.get(ARTICLE_2))["version"])
    assert now[1]["status"] == "saved"


def test_a_program_that_read_before_the_move_writes_nothing(running: Cast) -> None:
    """Question 1 has one save before the move, and so has the other one that stands under its code afterwards."""
    client = program_of(running.expert)
    address = f"/api/v1/untoc/reviews/{running.review.code}/self-assessment/answers/I.untoc.1/"
    read = client.get(address)
    move(running)
    body = json.dumps({**read.json()["answer"], "text": "Of question 1, mended."})

    def put(etag: str) -> Any:
        return client.put(address, body, content_type="application/json", headers={"If-Match": etag})

    refused = put(read["ETag"])
    assert (refused.status_code, refused.json()["title"], "revision" in refused.json()) == (412, MESSAGE, False)
    assert stored() == SWAPPED
    assert put(client.get(address)["ETag"]).status_code == 200


def test_a_section_sent_whole_from_before_the_move_is_refused_and_can_be_copied(
    running: Cast, login_as: LoginAs
) -> None:
    expert = login_as(running.expert)
    carried = carried_by(expert.get(ARTICLE_2))
    move(running)
    typed = {
        "I.untoc.1-choices": "Yes",
        "I.untoc.1-text": "Of question 1.",
        "I.untoc.2-choices": "Yes",
        "I.untoc.2-text": "Of question 2,\r\nmended.",
    }
    page: Any = expert.post(ARTICLE_2, {**carried, **typed})
    assert page.status_code == 409
    assert MESSAGE in text_of(page)
    assert [(field.item.code, field.shown.text) for field in page.context["unsaved"]] == [
        ("I.untoc.2", "Of question 2,\r\nmended.")
    ]
    assert "What you wrote could not be saved" in text_of(page)
    assert carried_by(page)["version"] == "2", "the form below is that of now"
    assert stored() == SWAPPED
    assert AnswerRevision.objects.count() == 2


def test_a_bare_tick_that_is_stored_under_another_question_alone_can_be_copied(
    running: Cast, login_as: LoginAs
) -> None:
    assert running.response is not None
    save(running.response, running.expert, "I.untoc.5", choices=("Yes",))
    expert = login_as(running.expert)
    carried = carried_by(expert.get(ARTICLE_2))
    move(running)
    page: Any = expert.post(ARTICLE_2, {**carried, "I.untoc.1-choices": "Yes", "I.untoc.1-text": ""})
    assert [(field.item.code, field.shown.choices) for field in page.context["unsaved"]] == [("I.untoc.1", ("Yes",))]


def test_a_note_from_before_the_move_is_written_at_no_other_question(running: Cast, login_as: LoginAs) -> None:
    expert, notes = login_as(running.expert), f"{RESPONSE}notes/I.untoc.1/"
    carried = carried_by(expert.get(notes))
    assert carried["version"] == "1"
    move(running)
    refused = expert.post(notes, {**carried, "text": "Is this still so?"})
    assert refused.status_code == 422
    assert "has moved to another version of the questionnaire since. Look again." in text_of(refused)
    assert "Is this still so?" in text_of(refused)
    assert not MarginThread.objects.exists()
    again = carried_by(refused)
    assert again["version"] == "2", "whoever has looked at the question of now presses once more"
    assert expert.post(notes, {**again, "text": "Is this still so?"}).status_code == 302
    assert MarginThread.objects.get().question.version.number == 2


@pytest.mark.parametrize("version", [None, "0"])
def test_a_page_that_does_not_say_its_version_is_of_before_any_move(
    running: Cast, login_as: LoginAs, version: str | None
) -> None:
    expert, said = login_as(running.expert), {} if version is None else {"version": version}
    saved = post_answer(expert, "I.untoc.1", choices="Yes", text="Once more.", base="1", **said)
    assert saved[1]["status"] == "saved"
    move(running)
    fields = {"choices": "Yes", "text": "And again.", "base": "2"}
    assert post_answer(expert, "I.untoc.1", **fields, **said) == (422, {"errors": {"item": MESSAGE}})
    typed = {"I.untoc.1-choices": "Yes", "I.untoc.1-text": "And again.", "I.untoc.1-base": "2", **said}
    page: Any = expert.post(ARTICLE_2, typed)
    assert [field.shown.text for field in page.context["unsaved"]] == ["And again."]


def test_a_version_that_is_none_is_told(running: Cast, login_as: LoginAs) -> None:
    expert = login_as(running.expert)
    status, body = post_answer(expert, "I.untoc.1", choices="Yes", base="1", version="x")
    assert (status, list(body["errors"])) == (422, ["base"])
    for name in ("base", "version"):
        fields = {"base": "1", "version": "1", name: "1" * 5000}
        status, body = post_answer(expert, "I.untoc.1", choices="Yes", **fields)
        assert (status, list(body["errors"])) == (422, ["base"]), name
    for wrong, status in (("x", 422), ("9", 409), ("1" * 5000, 422)):
        answer = expert.post(ARTICLE_2, {"I.untoc.1-choices": "Yes", "I.untoc.1-base": "1", "version": wrong})
        assert answer.status_code == status
