"""One answer for several questions: the effect on each is shown first, and nothing is overwritten."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from core.errors import OutdatedError, ServiceError
from core.policy import PolicyRefusedError
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer
from questionnaires.reuse.enums import LinkMethod, Reuse
from questionnaires.reuse.models import QuestionLink, ReusedAnswer
from questionnaires.reuse.origins import origins_in
from questionnaires.reuse.selectors import linked_effects
from questionnaires.reuse.services import LinkedTargets, fill_linked
from questionnaires.sending.document import submission_document
from tests.questionnaires.reuse.earlier import CASES, CASES_FIREARMS, CASES_SOM, CASES_TIP, RESPONSE
from tests.reviews.bringing.files import words
from tests.utils import Cast, clear_answers, login_as, save

pytestmark = pytest.mark.django_db

LINKED = f"{RESPONSE}linked/{CASES}/"
DIFFICULTIES, DIFFICULTIES_FIREARMS = "I.untoc.28", "I.firearms.78"
NEEDS, NEEDS_TIP = "I.untoc.31", "I.tip.47.a"


def fill(cast: Cast, *codes: str, of: str = CASES, seen: int = 1, at: int = 0, actor: str = "expert") -> None:
    fill_linked(
        actor=cast.people[actor],
        response=cast.response,
        version=index_of(cast.response.version_id).number,
        given=LinkedTargets(of, seen, dict.fromkeys(codes, at)),
    )


def texts(cast: Cast) -> dict[str, str]:
    codes = index_of(cast.response.version_id).codes
    return {codes[each.question_id]: each.text for each in Answer.objects.filter(response=cast.response)}


def test_the_effect_on_each_linked_question_is_known_before(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    save(cast.response, cast.expert, CASES_SOM, text="Another one.")
    answer, effects = linked_effects(cast.response, CASES)
    assert answer.text == "The case of the two ships."
    assert {effect.item.code: (effect.is_filled, effect.can_be_filled, effect.method) for effect in effects} == {
        CASES_TIP: (False, True, LinkMethod.TEXT),
        CASES_SOM: (True, False, LinkMethod.TEXT),
        CASES_FIREARMS: (False, True, LinkMethod.HEADING),
    }


def test_the_chosen_are_filled_and_each_says_of_which_question_its_answer_is(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    fill(cast, CASES_TIP, CASES_FIREARMS)
    assert set(texts(cast)) == {CASES, CASES_TIP, CASES_FIREARMS}
    assert set(texts(cast).values()) == {"The case of the two ships."}
    rows = ReusedAnswer.objects.all()
    assert {(row.how, row.source_code, row.source_number, row.submission) for row in rows} == {
        (Reuse.SAME, CASES, 1, None)
    }
    said = submission_document(cast.response)["taken_over"]
    assert [(each["code"], each["how"], each["question_number"]) for each in said] == [
        (CASES_TIP, "same", "27"),
        (CASES_FIREARMS, "same", "27"),
    ]


def test_what_has_content_is_left_alone_and_then_nothing_is_filled(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    save(cast.response, cast.second_expert, CASES_SOM, text="Of a colleague.")
    for at in (0, 1):
        with pytest.raises(OutdatedError, match="nothing was taken"):
            fill(cast, CASES_TIP, CASES_SOM, at=at)
    assert texts(cast) == {CASES: "The case of the two ships.", CASES_SOM: "Of a colleague."}


def test_an_answer_that_a_colleague_changed_meanwhile_is_given_to_none(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    save(cast.response, cast.second_expert, CASES, text="The case of one ship.", base=1)
    with pytest.raises(OutdatedError):
        fill(cast, CASES_TIP, seen=1)
    assert set(texts(cast)) == {CASES}


def test_options_decide_what_can_stand_under_another_question(cast: Cast) -> None:
    save(cast.response, cast.expert, DIFFICULTIES, choices=("Yes",))
    fill(cast, DIFFICULTIES_FIREARMS, of=DIFFICULTIES)
    assert Answer.objects.get(question__code=DIFFICULTIES_FIREARMS).choices == ["Yes"]


def test_of_an_answer_with_other_options_the_words_alone_would_go(cast: Cast) -> None:
    mechanism = cast.review.mechanism
    for code in ("I.untoc.3", CASES):
        QuestionLink.objects.create(mechanism=mechanism, block="by-hand", code=code, evidence_mark="I")
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",), text="See the Penal Code.")
    (effect,) = linked_effects(cast.response, "I.untoc.3")[1]
    assert (effect.method, effect.fit.lost, effect.fit.answer.choices) == (LinkMethod.OFFICER, ("Yes",), ())
    assert (effect.can_be_filled, effect.is_suggested) == (True, False)


def test_what_is_not_asked_is_not_filled(cast: Cast) -> None:
    save(cast.response, cast.expert, NEEDS, choices=("Legal advice",))
    mechanism = cast.review.mechanism
    for code in (NEEDS, NEEDS_TIP):
        QuestionLink.objects.create(mechanism=mechanism, block="by-hand", code=code, evidence_mark="I")
    (effect,) = [each for each in linked_effects(cast.response, NEEDS)[1] if each.item.code == NEEDS_TIP]
    assert (effect.is_asked, effect.can_be_filled) == (False, False)
    with pytest.raises(ServiceError):
        fill(cast, NEEDS_TIP, of=NEEDS)


def test_a_question_that_is_not_linked_is_not_filled(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    with pytest.raises(OutdatedError, match="no longer linked"):
        fill(cast, "I.untoc.10")
    with pytest.raises(ServiceError, match="at least one question"):
        fill(cast)


def test_only_who_writes_official_answers_fills_them(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    for person in ("contributor", "observer", "same_group_expert", "officer", "stranger"):
        with pytest.raises((PolicyRefusedError, Http404)):
            fill(cast, CASES_TIP, actor=person)


def test_the_page_shows_each_effect_and_fills_without_a_script(cast: Cast, client: Client) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    save(cast.response, cast.expert, CASES_SOM, text="Another one.")
    login_as(client, cast.expert)
    page = client.get(LINKED)
    assert words(page).count("Empty now; would be filled with:") == 2
    assert "Has content and stays as it is:" in words(page)
    given = {"version": "1", "seen": "1", "fill": [CASES_TIP], f"seen-{CASES_TIP}": "0"}
    done: Any = client.post(LINKED, given)
    assert (done.status_code, done.url.rpartition("#")[2]) == (302, "q-I-untoc-27")
    assert texts(cast)[CASES_TIP] == "The case of the two ships."
    refused = client.post(LINKED, given)
    assert refused.status_code == 422
    assert "nothing was taken" in words(refused)


def test_the_section_leads_there_as_long_as_a_linked_question_is_open(cast: Cast, client: Client) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    login_as(client, cast.expert)
    section = f"{RESPONSE}untoc/criminalization-cases-and-judgments/"
    assert client.get(section).context["reuse"][CASES].to_fill == 3
    fill(cast, CASES_TIP, CASES_SOM, CASES_FIREARMS)
    assert CASES not in client.get(section).context["reuse"]


def test_changed_after_it_was_given_the_reviewers_read_so(cast: Cast, client: Client) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    fill(cast, CASES_TIP)
    save(cast.response, cast.expert, CASES_TIP, text="The case of the two ships, and a third.", base=1)
    assert origins_in(cast.response)[CASES_TIP].is_changed
    clear_answers(cast.focal_point, cast.response)
    page = words(login_as(client, cast.same_group_expert).get("/en/untoc/reviews/1-XVE/submission/tip/"))
    assert "Begun on" in page
    assert "with the answer to question 27, and changed since." in page


def test_it_is_no_longer_the_same_once_the_other_question_says_something_else(cast: Cast) -> None:
    save(cast.response, cast.expert, CASES, text="The case of the two ships.")
    fill(cast, CASES_TIP)
    assert not origins_in(cast.response)[CASES_TIP].is_changed
    save(cast.response, cast.expert, CASES, text="The case of three ships.", base=1)
    assert origins_in(cast.response)[CASES_TIP].is_changed
    save(cast.response, cast.expert, CASES, text="The case of the two ships.", base=2)
    assert not origins_in(cast.response)[CASES_TIP].is_changed
