"""An organization says of a whole section, in one act and after a look, that it is not within its competence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import OutdatedError
from questionnaires.answers.competence import say_section_outside, section_outside
from questionnaires.definitions.models import Question
from questionnaires.definitions.selectors import index_of
from questionnaires.progress.selectors.overview import overview_for
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Answer, AnswerRevision, Proposal
from tests.questionnaires.answers.autosave import ARTICLE_5, text_of
from tests.questionnaires.ministries.ministries import SECTION, send
from tests.utils import Cast, fresh, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
PARENT, CHILD, WORDS = "I.untoc.3", "I.untoc.3.a", "The member States."
PAGE = f"{ARTICLE_5}competence/"


@pytest.fixture
def union(cast: Cast) -> Cast:
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=True)
    cast.review.state_under_review.refresh_from_db()
    return fresh(cast)


def missing(cast: Cast) -> tuple[str, ...]:
    place = index_of(cast.response.version_id).section_of[PARENT]
    return tuple(overview_for(cast.expert, cast.response).section_at(place).missing)


def said() -> dict[str, str]:
    rows = Answer.objects.filter(is_outside_competence=True).select_related("question")
    return {row.question.code: row.text for row in rows}


def test_all_that_is_open_is_said_to_be_outside_and_an_answer_stays_as_it_is(union: Cast, login_as: LoginAs) -> None:
    save(union.response, union.expert, PARENT, choices=("Yes",))
    save(union.response, union.expert, CHILD, choices=("No",))
    left = missing(union)
    client = login_as(union.expert)
    page = client.get(PAGE)
    assert [item.code for item in page.context["outside"].stays] == [PARENT, CHILD]
    assert set(left) <= {item.code for item, _revision in page.context["outside"].said}
    assert not said()  # a look changes nothing
    shown = page.context["form"]["shown"].value()
    done = client.post(PAGE, {"shown": shown, "remark": WORDS})
    assert (done.status_code, done["Location"]) == (302, ARTICLE_5)
    assert missing(union) == ()
    assert set(said().values()) == {WORDS}
    kept = Answer.objects.filter(is_outside_competence=False).values_list("question__code", "choices", "revision")
    assert sorted(kept) == [(PARENT, ["Yes"], 1), (CHILD, ["No"], 1)]


LAW = {"law": "Criminal Code", "provision": "", "link": ""}


@pytest.mark.parametrize(
    "given", [{"choices": ("Yes",)}, {"text": WORDS}, {"citations": (LAW,)}, {"is_outside_competence": True}]
)
def test_whatever_an_answer_holds_it_is_one_and_stays(union: Cast, given: dict[str, Any]) -> None:
    place = index_of(union.response.version_id).section_of[PARENT]
    save(union.response, union.expert, PARENT, **given)
    outside = section_outside(union.expert, union.response, place)
    assert [item.code for item in outside.stays] == [PARENT]
    assert PARENT not in {item.code for item, _revision in outside.said}
    assert say_section_outside(actor=union.expert, response=union.response, place=place, shown=outside.shown) > 0
    assert Answer.objects.get(question__code=PARENT).revision == 1


def test_what_follows_from_what_is_said_is_not_said_once_more(union: Cast) -> None:
    place = index_of(union.response.version_id).section_of[PARENT]
    heads = [item.code for item, _revision in section_outside(union.expert, union.response, place).said]
    assert PARENT in heads
    assert not [code for code in heads if code.startswith(f"{PARENT}.")]
    shown = section_outside(union.expert, union.response, place).shown
    assert say_section_outside(actor=union.expert, response=union.response, place=place, shown=shown) == len(heads)
    states = overview_for(union.expert, union.response).states
    assert {state for code, state in states.items() if code.startswith(f"{PARENT}.")} == {AnswerState.NOT_ASKED}


def test_where_a_colleague_has_written_meanwhile_nothing_is_said_and_the_remark_stays(
    union: Cast, login_as: LoginAs
) -> None:
    client = login_as(union.expert)
    shown = client.get(PAGE).context["form"]["shown"].value()
    save(union.response, union.second_expert, PARENT, choices=("Yes",))
    page = client.post(PAGE, {"shown": shown, "remark": WORDS})
    assert page.status_code == 422
    assert "Somebody has written in this section meanwhile" in text_of(page)
    assert WORDS in text_of(page)
    assert not said()
    again = client.post(PAGE, {"shown": page.context["form"]["shown"].value(), "remark": WORDS})
    assert again.status_code == 302
    assert Answer.objects.get(question__code=PARENT).choices == ["Yes"]


def test_a_second_press_says_nothing_twice(union: Cast) -> None:
    place = index_of(union.response.version_id).section_of[PARENT]
    shown = section_outside(union.expert, union.response, place).shown
    say_section_outside(actor=union.expert, response=union.response, place=place, shown=shown)
    saves = AnswerRevision.objects.count()
    with pytest.raises(OutdatedError):
        say_section_outside(actor=union.expert, response=union.response, place=place, shown=shown)
    assert AnswerRevision.objects.count() == saves


def test_what_was_emptied_is_open_and_its_history_goes_on(union: Cast) -> None:
    save(union.response, union.expert, PARENT, choices=("Yes",))
    save(union.response, union.expert, PARENT, base=1)
    place = index_of(union.response.version_id).section_of[PARENT]
    outside = section_outside(union.expert, union.response, place)
    assert {item.code: revision for item, revision in outside.said if revision} == {PARENT: 2}
    say_section_outside(actor=union.expert, response=union.response, place=place, shown=outside.shown)
    answer = Answer.objects.get(question=Question.objects.get(version=union.response.version, code=PARENT))
    assert (answer.revision, answer.is_outside_competence) == (3, True)


def test_a_ministry_says_so_as_its_proposal_and_of_its_own_section_alone(union: Cast, login_as: LoginAs) -> None:
    send(union)
    client = login_as(union.contributor)
    page = client.get(f"{SECTION}competence/")
    assert client.post(f"{SECTION}competence/", {"shown": page.context["form"]["shown"].value()}).status_code == 302
    assert not said()
    assert set(Proposal.objects.values_list("is_outside_competence", flat=True)) == {True}
    assert client.get(PAGE).status_code == 404


def test_a_state_finds_no_such_page_and_no_way_to_it(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    assert client.get(PAGE).status_code == 404
    assert PAGE not in text_of(client.get(ARTICLE_5))


def test_an_organization_finds_the_way_where_it_writes(union: Cast, login_as: LoginAs) -> None:
    assert PAGE in text_of(login_as(union.expert).get(ARTICLE_5))
    assert PAGE not in text_of(login_as(union.observer).get(ARTICLE_5))
    assert login_as(union.observer).get(PAGE).status_code == 403
