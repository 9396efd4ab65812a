"""Saving answers: nothing typed is ever lost, whoever saves what when."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from core.errors import ServiceError
from questionnaires.answers.services import AnswerInput, NotAskedError, SaveStatus, save_section
from questionnaires.definitions.selectors import index_of
from questionnaires.progress.selectors.answers import history_of
from questionnaires.responses.models import Answer, AnswerRevision
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
        ({"citations": [{"law": f"Act {number}"} for number in range(31)]}, "citations"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_field(cast: Cast, given: dict, field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        save(cast.response, cast.expert, TEXT, **given)
    assert refusal.value.field == field
    assert not Answer.objects.exists()


def test_a_wrong_link_is_told_and_holds_back_nothing_else(cast: Cast) -> None:
    citations = [
        {"law": "Act 1", "provision": "", "link": "https://law.example/1"},
        {"law": "", "provision": "", "link": ""},
        {"law": "Act 2", "provision": "s. 2", "link": "www.law.example/14"},
        {"law": "", "provision": "s. 3", "link": ""},
    ]
    result = save(cast.response, cast.expert, TEXT, text="The rest.", citations=citations)
    assert result.status == SaveStatus.SAVED
    assert result.errors == {
        "link-2": "A link must begin with https:// or http://.",
        "law-3": "Name the law of each legal reference.",
    }
    answer = Answer.objects.get()
    assert answer.text == "The rest."
    assert answer.citations == [citations[0], {**citations[2], "link": ""}]


UNSEEN = "This holds a character that nobody sees: ⟨U+200B⟩. Remove it, so that the text reads as it is stored."


def test_what_nobody_sees_in_a_reference_is_told_by_row_and_field_and_holds_back_nothing_else(cast: Cast) -> None:
    citations = [
        {"law": "Act\u200b 1", "provision": "", "link": "https://law.example/1"},
        {"law": "Act 2", "provision": "s. 2", "link": "https://law.example/\u200b2"},
        {"law": "Act 3", "provision": "s.\u200b 3", "link": ""},
        {"law": "Act 4", "provision": "", "link": f"https://law.example/{'x' * 500}"},
        {"law": "Act 5", "provision": "", "link": ""},
    ]
    result = save(cast.response, cast.expert, TEXT, text="The rest.", citations=citations)
    assert result.status == SaveStatus.SAVED
    assert result.errors == {
        "law-1": UNSEEN,
        "link-2": UNSEEN,
        "law-3": f"Provision: {UNSEEN}",
        "link-4": "This is 520 characters long. The limit is 500.",
    }
    answer = Answer.objects.get()
    assert answer.text == "The rest."
    assert answer.citations == [
        {**citations[1], "link": ""}, {**citations[2], "provision": ""}, {**citations[3], "link": ""}, citations[4],
    ]  # fmt: skip


SENTENCE = "Article 5 of the Criminal Code applies."


def test_ones_own_save_whose_reply_was_lost_is_no_colleagues(cast: Cast) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    save(cast.response, cast.expert, TEXT, text="One", key=first)
    save(cast.response, cast.expert, TEXT, text="One two", key=second, unsure=[first])
    result = save(cast.response, cast.expert, TEXT, text="One two three", key=third, unsure=[first, second])
    assert (result.status, result.revision) == (SaveStatus.SAVED, 3)
    assert stored(TEXT) == ([], "One two three", 3)
    assert [entry[2] for entry in history(cast, TEXT)] == [False] * 3


def test_ones_own_save_from_another_page_is_not_overwritten(cast: Cast) -> None:
    """Two pages of one person keep two texts: only the saves that a page names are its own."""
    save(cast.response, cast.expert, TEXT, text="In the first tab", key=uuid4())
    result = save(cast.response, cast.expert, TEXT, text="In the second tab", key=uuid4(), unsure=[uuid4()])
    assert (result.status, result.current.text) == (SaveStatus.CONFLICT, "In the first tab")


def test_a_colleagues_save_on_top_of_ones_own_is_a_conflict(cast: Cast) -> None:
    mine = uuid4()
    save(cast.response, cast.expert, TEXT, text="Mine", key=mine)
    save(cast.response, cast.second_expert, TEXT, text="Theirs", base=1)
    result = save(cast.response, cast.expert, TEXT, text="Mine, and more", key=uuid4(), unsure=[mine])
    assert (result.status, result.current.saved_by) == (SaveStatus.CONFLICT, "Second Expert")
    assert stored(TEXT) == ([], "Theirs", 2)


def test_nobody_names_a_colleagues_save_as_ones_own(cast: Cast) -> None:
    theirs = uuid4()
    save(cast.response, cast.second_expert, TEXT, text="Theirs", key=theirs)
    assert save(cast.response, cast.expert, TEXT, text="Mine", unsure=[theirs]).status == SaveStatus.CONFLICT


def test_ones_own_merged_save_whose_reply_was_lost_is_no_colleagues(cast: Cast) -> None:
    mine = uuid4()
    save(cast.response, cast.expert, TEXT, text=SENTENCE)
    save(cast.response, cast.expert, TEXT, text=f"In part. {SENTENCE}", base=1)
    save(cast.response, cast.second_expert, TEXT, text=f"{SENTENCE} Since 2021.", base=1, key=mine)
    more = f"{SENTENCE} Since 2021. And more."
    result = save(cast.response, cast.second_expert, TEXT, text=more, base=1, key=uuid4(), unsure=[mine])
    assert (result.status, result.colleague) == (SaveStatus.MERGED, "Expert")
    assert stored(TEXT) == ([], f"In part. {more}", 4)


def test_edits_at_opposite_ends_of_a_text_are_put_together_without_a_question(cast: Cast) -> None:
    save(cast.response, cast.expert, TEXT, text=SENTENCE)
    save(cast.response, cast.expert, TEXT, text=f"In part. {SENTENCE}", base=1)
    result = save(cast.response, cast.second_expert, TEXT, text=f"{SENTENCE} Since 2021.", base=1)
    assert (result.status, result.colleague) == (SaveStatus.MERGED, "Expert")
    assert result.current.text == f"In part. {SENTENCE} Since 2021."
    assert stored(TEXT) == ([], f"In part. {SENTENCE} Since 2021.", 3)
    assert not AnswerRevision.objects.filter(is_conflict=True).exists()


def test_where_two_chose_differently_they_are_asked(cast: Cast) -> None:
    save(cast.response, cast.expert, CHOICE, choices=("Yes",), text=SENTENCE)
    save(cast.response, cast.expert, CHOICE, choices=("No",), text=f"Not so. {SENTENCE}", base=1)
    result = save(cast.response, cast.second_expert, CHOICE, choices=("Yes",), text=f"{SENTENCE} So.", base=1)
    assert result.status == SaveStatus.CONFLICT


def test_references_added_by_one_stay_beside_the_words_of_the_other(cast: Cast) -> None:
    law = {"law": "Act 1", "provision": "", "link": ""}
    save(cast.response, cast.expert, TEXT, text=SENTENCE)
    save(cast.response, cast.expert, TEXT, text=SENTENCE, citations=[law], base=1)
    save(cast.response, cast.second_expert, TEXT, text=f"{SENTENCE} Since 2021.", base=1)
    answer = Answer.objects.get()
    assert (answer.text, answer.citations) == (f"{SENTENCE} Since 2021.", [law])


def test_a_save_that_comes_late_brings_back_nothing_that_its_writer_took_out(cast: Cast) -> None:
    """The page has long given it up, and the next save of the same page named it as one that may still come."""
    late = uuid4()
    save(cast.response, cast.expert, TEXT, text=SENTENCE)
    save(cast.response, cast.expert, TEXT, text=f"{SENTENCE} The end.", base=1, key=uuid4(), unsure=[late])
    result = save(cast.response, cast.expert, TEXT, text=f"A mistake. {SENTENCE}", base=1, key=late)
    assert result.status == SaveStatus.CONFLICT
    assert stored(TEXT) == ([], f"{SENTENCE} The end.", 2)


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
