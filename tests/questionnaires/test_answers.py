"""Saving answers: nothing typed is ever lost, whoever saves what when."""

import threading

import pytest
from django.db import connection

from core.errors import ServiceError
from questionnaires.models import Answer, AnswerRevision
from questionnaires.selectors.responses import history_of
from questionnaires.selectors.versions import index_of
from questionnaires.services.answers import AnswerInput, NotAskedError, SaveStatus, save_section
from tests import utils
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
CHOICE, TEXT = "I.untoc.1", "I.untoc.1.a"
PARENT, CHILD = "I.untoc.3", "I.untoc.3.a"


def stored(code: str) -> tuple[list[str], str, int]:
    answer = Answer.objects.get(question__code=code)
    return answer.choices, answer.text, answer.revision


def history(cast: Cast, code: str) -> list[tuple[str, int, bool, str]]:
    return [
        (revision.text, revision.number, revision.is_conflict, revision.saved_by.full_name)
        for revision in history_of(cast.response, code)
    ]


def save_all(cast: Cast, *given: AnswerInput):
    place = index_of(cast.response.version_id).section_of[given[0].code]
    return save_section(actor=cast.second_expert, response=cast.response, place=place, given=given)


def test_each_save_counts_and_is_kept(cast: Cast) -> None:
    assert save(cast.response, cast.expert, TEXT, text="One").revision == 1
    assert save(cast.response, cast.second_expert, TEXT, text="Two", base=1).revision == 2
    assert stored(TEXT) == ([], "Two", 2)
    assert history(cast, TEXT) == [("Two", 2, False, "Second Expert"), ("One", 1, False, "Expert")]


def test_a_save_on_an_older_revision_never_overwrites(cast: Cast) -> None:
    save(cast.response, cast.expert, TEXT, text="One")
    save(cast.response, cast.expert, TEXT, text="Two", base=1)
    result = save(cast.response, cast.second_expert, TEXT, text="Mine", base=1)
    assert result.status == SaveStatus.CONFLICT
    assert (result.current.text, result.current.saved_by, result.yours.text) == ("Two", "Expert", "Mine")
    assert stored(TEXT) == ([], "Two", 2)
    assert history(cast, TEXT)[0] == ("Mine", 1, True, "Second Expert")


def test_the_same_late_text_sent_again_is_kept_once(cast: Cast) -> None:
    save(cast.response, cast.expert, TEXT, text="One")
    for _attempt in range(2):
        assert save(cast.response, cast.second_expert, TEXT, text="Mine").status == SaveStatus.CONFLICT
    assert [entry[0] for entry in history(cast, TEXT)] == ["Mine", "One"]


def test_a_reply_that_was_lost_is_no_conflict(cast: Cast) -> None:
    save(cast.response, cast.expert, TEXT, text="One")
    result = save(cast.response, cast.expert, TEXT, text="One")
    assert (result.status, result.revision) == (SaveStatus.UNCHANGED, 1)
    assert len(history(cast, TEXT)) == 1


def test_a_question_that_is_not_asked_takes_no_answer_and_keeps_the_one_it_has(cast: Cast) -> None:
    save(cast.response, cast.expert, PARENT, choices=("Yes",))
    save(cast.response, cast.expert, CHILD, choices=("Yes",), text="Kept")
    save(cast.response, cast.expert, PARENT, choices=("No",), base=1)
    with pytest.raises(NotAskedError):
        save(cast.response, cast.expert, CHILD, choices=("No",), base=1)
    assert stored(CHILD) == (["Yes"], "Kept", 1)


def test_a_section_is_saved_answer_by_answer(cast: Cast) -> None:
    """Without JavaScript all of a section is sent; one bad answer keeps none of the others from being saved."""
    result = save_all(
        cast,
        AnswerInput(CHOICE, choices=("Perhaps",)),
        AnswerInput(TEXT, text="Words"),
        AnswerInput("I.untoc.2", choices=("No",)),
    )
    assert set(result.errors) == {CHOICE}
    assert {code: saved.status for code, saved in result.results.items()} == {TEXT: "saved", "I.untoc.2": "saved"}


def test_follow_ups_of_a_choice_in_the_same_form_are_saved_with_it(cast: Cast) -> None:
    result = save_all(cast, AnswerInput(CHILD, choices=("No",)), AnswerInput(PARENT, choices=("Yes",)))
    assert (result.errors, stored(CHILD)[0]) == ({}, ["No"])


def test_what_was_not_touched_leaves_a_colleagues_newer_answer_alone(cast: Cast) -> None:
    save(cast.response, cast.expert, TEXT, text="As shown")
    save(cast.response, cast.expert, TEXT, text="Newer", base=1)
    result = save_all(cast, AnswerInput(TEXT, text="As shown", base=1), AnswerInput(CHOICE, choices=("No",)))
    assert set(result.results) == {CHOICE}
    assert stored(TEXT) == ([], "Newer", 2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "x" * 50_001}, "text"),
        ({"text": "binary \x00\x01"}, "text"),
        ({"choices": ("Yes",)}, "choices"),
        ({"citations": [{"law": "", "provision": "1", "link": ""}]}, "citations"),
        ({"citations": [{"law": "Act", "provision": "", "link": "javascript:alert(1)"}]}, "citations"),
        ({"citations": [{"law": f"Act {number}"} for number in range(31)]}, "citations"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_field(cast: Cast, given: dict, field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        save(cast.response, cast.expert, TEXT, **given)
    assert refusal.value.field == field
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_the_same_moment_keep_both_texts() -> None:
    cast = utils.make_cast()
    together, statuses = threading.Barrier(2), []

    def first_save(user, text: str) -> None:
        try:
            together.wait(10)
            statuses.append(save(cast.response, user, TEXT, text=text).status)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=first_save, args=(user, text))
        for user, text in ((cast.expert, "One"), (cast.second_expert, "Two"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(statuses) == ["conflict", "saved"]
    assert Answer.objects.get().revision == 1
    assert sorted(AnswerRevision.objects.values_list("text", "is_conflict"), key=lambda row: row[0]) == sorted(
        [("One", Answer.objects.get().text != "One"), ("Two", Answer.objects.get().text != "Two")]
    )
