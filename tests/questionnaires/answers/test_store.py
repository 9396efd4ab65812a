"""What a save is told by one query, what an answer may hold, and what stands beside a question."""

from uuid import uuid4

import pytest
from django.http import Http404

from core import context
from core.errors import ServiceError
from questionnaires.answers.selectors import Beside, adopted_from, get_response_to_write, proposals_beside
from questionnaires.answers.services import (
    AnswerInput,
    MovedOnError,
    NotAskedError,
    SaveStatus,
    changes_what_is_asked,
    clean,
    require_version,
    save_answer,
    save_section,
)
from questionnaires.answers.validators import check_citations, clean_choices
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.selectors import index_of
from questionnaires.ministries.services import adopt_proposal, return_proposal
from questionnaires.progress.selectors.answers import history_of
from questionnaires.responses import sheet_of
from questionnaires.responses.models import Answer, AnswerRevision, Proposal, Response
from reviews.capacities.capacities import capacity_of
from tests import utils
from tests.questionnaires.ministries.ministries import FIRST, place, proposed, second_ministry, send
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
CHOICE, TEXT, PARENT = "I.untoc.1", "I.untoc.1.a", "I.untoc.3"
SECOND = "I.firearms.69.a"
SENTENCE = "Article 5 of the Criminal Code applies."


@pytest.mark.parametrize("name", ["focal_point", "expert", "contributor", "same_group_expert", "officer", "stranger"])
def test_one_query_brings_what_the_rows_say(cast: Cast, name: str) -> None:
    if name in {"same_group_expert", "officer"}:
        utils.clear_answers(cast.focal_point, cast.response)
    user, stands = cast.people[name], Response.objects.get(pk=cast.response.pk)
    with context.begun():
        told = get_response_to_write(user, "untoc", cast.review.code)
        brought_along = capacity_of(user, told.review)
        assert context.all_kept() == [brought_along]
    names = "id status version_id party_to moved_from_id review_id sent_at opened_sent_at is_brought_in".split()
    assert [getattr(told, each) for each in names] == [getattr(stands, each) for each in names]
    review = stands.review
    assert (told.review.pk, told.review.step_id) == (review.pk, review.step_id)
    assert (told.review.step.pk, told.review.step.kind) == (review.step_id, review.step.kind)
    state = told.review.state_under_review
    assert (state.pk, state.is_reio) == (review.state_under_review_id, review.state_under_review.is_reio)
    assert brought_along == capacity_of(user, review), "which was looked up anew"
    assert (brought_along is None) is (name in {"officer", "stranger"})


@pytest.mark.parametrize(("mechanism", "code"), [("untoc", "9-XVE"), ("other", "1-XVE")])
def test_where_there_is_no_response_there_is_no_page(cast: Cast, mechanism: str, code: str) -> None:
    with pytest.raises(Http404):
        get_response_to_write(cast.expert, mechanism, code)


# --- what an answer may hold


def test_choices_come_in_printed_order_each_once(cast: Cast) -> None:
    items = index_of(cast.response.version_id).items
    several = next(item for item in items.values() if item.kind == QuestionKind.MULTIPLE)
    one = items[CHOICE]
    assert clean_choices(several, [*reversed(several.options), several.options[0], ""]) == list(several.options)
    assert clean_choices(one, [one.options[1]]) == [one.options[1]]
    for item, values, words in (
        (one, one.options[:2], "Choose one option only"),
        (one, ["Perhaps"], "not one of the options"),
        (several, ["Perhaps"], "not one of the options"),
    ):
        with pytest.raises(ServiceError, match=words) as refusal:
            clean_choices(item, values)
        assert refusal.value.field == "choices"


def test_a_line_that_heads_others_takes_no_answer(cast: Cast) -> None:
    heading = next(
        item for item in index_of(cast.response.version_id).items.values() if item.kind == QuestionKind.GROUP
    )
    with pytest.raises(ServiceError, match="only heads the questions"):
        clean(heading, AnswerInput(heading.code, text="Words"))
    with pytest.raises(ServiceError, match="not one of the options"):
        clean_choices(heading, [])


def test_thirty_references_and_no_more() -> None:
    laws = [{"law": f"Act {number}"} for number in range(30)]
    kept, wrong = check_citations([*laws, {"law": " ", "provision": "", "link": ""}])
    assert (len(kept), wrong) == (30, {})
    with pytest.raises(ServiceError, match="At most 30 legal references"):
        check_citations([*laws, {"law": "One more"}])


@pytest.mark.parametrize(("name", "most"), [("law", 300), ("provision", 200), ("link", 500)])
def test_each_part_of_a_reference_has_its_length_and_no_more(name: str, most: int) -> None:
    given = {"law": "Act", name: "https://law.example/".ljust(most, "a")}
    kept, wrong = check_citations([given])
    assert (kept[0][name], wrong) == (given[name], {})
    _, wrong = check_citations([{**given, name: given[name] + "a"}])
    assert [message.endswith(f"The limit is {most}.") for message in wrong.values()] == [True]


def test_what_is_wrong_is_said_by_the_place_among_those_that_say_anything() -> None:
    kept, wrong = check_citations([{"law": ""}, {"law": "Act"}, {"link": "ftp://x.example"}])
    assert kept == [{"law": "Act", "provision": "", "link": ""}]
    assert wrong == {
        "law-2": "Name the law of each legal reference.",
        "link-2": "A link must begin with https:// or http://.",
    }


# --- which version a page shows


def test_a_page_of_the_version_that_stands_or_one_that_says_none_is_let_in(cast: Cast) -> None:
    response = cast.response
    number = index_of(response.version_id).number
    for shown in (None, number, 0):
        require_version(response, shown)
    for shown in (number + 1, -1):
        with pytest.raises(MovedOnError, match=f"moved to version {number} of"):
            require_version(response, shown)
    response.moved_from_id = response.version_id
    require_version(response, number)
    with pytest.raises(MovedOnError):
        require_version(response, 0)


def test_a_question_that_is_none_and_one_of_another_instrument_take_no_answer(cast: Cast) -> None:
    with pytest.raises(ServiceError, match="no such question"):
        save(cast.response, cast.expert, "I.untoc.999", text="Words")
    cast.response.party_to = ["untoc"]
    with pytest.raises(NotAskedError, match="does not apply to your State"):
        save(cast.response, cast.expert, FIRST, choices=("Yes",))


# --- saves that meet


def test_a_save_on_a_revision_that_there_never_was_is_a_first_one(cast: Cast) -> None:
    result = save(cast.response, cast.expert, TEXT, text="One", base=7)
    assert (result.status, result.revision) == (SaveStatus.SAVED, 1)


def test_what_was_taken_up_and_given_up_by_two_is_put_together_only_where_nothing_is_in_doubt(cast: Cast) -> None:
    """References that both have changed are put before people."""
    laws = [{"law": f"Act {number}", "provision": "", "link": ""} for number in range(3)]
    save(cast.response, cast.expert, TEXT, text="Words.", citations=laws[:1])
    save(cast.response, cast.expert, TEXT, text="Words.", citations=laws[1:2], base=1)
    result = save(cast.response, cast.second_expert, TEXT, text="Words.", citations=laws[2:], base=1)
    assert result.status == SaveStatus.CONFLICT
    assert Answer.objects.get().citations == laws[1:2]


def test_a_late_save_that_is_kept_beside_is_named_by_its_key(cast: Cast) -> None:
    late = uuid4()
    save(cast.response, cast.expert, TEXT, text="One")
    save(cast.response, cast.second_expert, TEXT, text="Mine", key=late)
    kept = AnswerRevision.objects.get(is_conflict=True)
    assert (kept.save_key, kept.number, kept.room_id, kept.review_id) == (
        late,
        0,
        cast.response.room_id,
        cast.review.pk,
    )


def save_all(cast: Cast, *given: AnswerInput):
    place = index_of(cast.response.version_id).section_of[given[0].code]
    return save_section(actor=cast.expert, response=cast.response, place=place, given=given)


def test_of_a_section_what_was_emptied_is_saved_and_what_was_never_filled_is_not(cast: Cast) -> None:
    save(cast.response, cast.second_expert, TEXT, text="Words")
    result = save_all(cast, AnswerInput(TEXT, text="", base=1), AnswerInput(CHOICE), AnswerInput("I.untoc.2", base=3))
    assert {code: saved.status for code, saved in result.results.items()} == {TEXT: "saved", "I.untoc.2": "saved"}
    assert Answer.objects.get(question__code=TEXT).text == ""


def test_of_a_section_what_a_colleague_has_filled_meanwhile_is_left_alone_where_nothing_was_typed(cast: Cast) -> None:
    save(cast.response, cast.second_expert, TEXT, text="Words")
    assert save_all(cast, AnswerInput(TEXT), AnswerInput(CHOICE, choices=("Yes",))).results.keys() == {CHOICE}
    assert list(save_all(cast, AnswerInput(TEXT, text="Mine")).conflicts) == [TEXT]


def test_of_a_section_conflicts_and_merges_are_told_apart(cast: Cast) -> None:
    save(cast.response, cast.second_expert, TEXT, text=SENTENCE)
    save(cast.response, cast.second_expert, TEXT, text=f"In part. {SENTENCE}", base=1)
    save(cast.response, cast.second_expert, CHOICE, choices=("Yes",))
    save(cast.response, cast.second_expert, CHOICE, choices=("No",), base=1)
    yes_in_part = index_of(cast.response.version_id).items[CHOICE].options[1]
    result = save_all(
        cast,
        AnswerInput(TEXT, text=f"{SENTENCE} Since 2021.", base=1),
        AnswerInput(CHOICE, choices=(yes_in_part,), base=1),
    )
    assert (list(result.merged), list(result.conflicts), result.errors) == ([TEXT], [CHOICE], {})


def test_of_a_section_a_wrong_link_is_told_beside_what_was_saved(cast: Cast) -> None:
    result = save_all(cast, AnswerInput(TEXT, text="Words", citations=[{"law": "Act", "link": "x"}]))
    assert (list(result.results), result.errors[TEXT].field) == ([TEXT], "link-1")


def test_only_what_others_hang_on_makes_the_page_look_again(cast: Cast) -> None:
    index = index_of(cast.response.version_id)
    heads_alone = min(index.heads - index.deciding)
    told = [changes_what_is_asked(cast.response, code) for code in (PARENT, TEXT, heads_alone)]
    assert told == [True, False, False]


# --- what stands beside a question


def test_a_drafter_sees_who_proposes_and_how_many_have_something_new(cast: Cast) -> None:
    proposal = proposed(cast, text="By the Firearms Act.")
    second = second_ministry(cast)
    send(cast, "second")
    save(cast.response, second, FIRST, choices=("No",), text="Not yet.")
    save(cast.response, second, SECOND, choices=("Yes",))
    sheet = sheet_of(cast.expert, cast.response)
    first = cast.contributor.organization or cast.contributor.full_name
    beside = proposals_beside(cast.response, place(cast), sheet)
    assert {code: (each.ministries, each.new) for code, each in beside.items()} == {
        FIRST: ((first, "Ministry of Trade"), 2),
        SECOND: (("Ministry of Trade",), 1),
    }
    of_second = Proposal.objects.get(participation=cast.participations["second"], question__code=FIRST)
    return_proposal(actor=cast.focal_point, proposal=of_second, number=1, reason="Which law?")
    assert proposals_beside(cast.response, place(cast), sheet)[FIRST].new == 1
    adopt_proposal(actor=cast.expert, proposal=proposal, number=1, base=0)
    assert proposals_beside(cast.response, place(cast), sheet)[FIRST].new == 0
    assert adopted_from(cast.response, FIRST) == {1: first}


def test_a_contributor_sees_what_came_back_and_no_other_ministry(cast: Cast) -> None:
    proposal = proposed(cast)
    sheet = sheet_of(cast.contributor, cast.response)
    assert proposals_beside(cast.response, place(cast), sheet) == {}
    return_proposal(actor=cast.focal_point, proposal=proposal, number=1, reason="Which law?")
    beside = proposals_beside(cast.response, place(cast), sheet)
    assert beside == {FIRST: Beside(returned=proposal)}


def test_an_official_writer_enters_what_a_ministry_has_sent_and_a_ministry_nothing_of_another(cast: Cast) -> None:
    proposed(cast)
    theirs = sheet_of(cast.contributor, cast.response)
    given = AnswerInput(SECOND, choices=("Yes",), text="On paper.")
    result = save_answer(actor=cast.focal_point, response=cast.response, given=given, sheet=theirs)
    assert result.status == SaveStatus.SAVED
    assert not Answer.objects.exists()
    assert Proposal.objects.get(question__code=SECOND).text == "On paper."
    with pytest.raises(NotAskedError):
        save_answer(actor=cast.focal_point, response=cast.response, given=AnswerInput(TEXT, text="Words"), sheet=theirs)
    assert [revision.text for revision in history_of(cast.response, SECOND)] == []
