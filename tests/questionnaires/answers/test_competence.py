"""A regional economic integration organization answers "not within our competence"; States do not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.hashes import document_hash
from core.reference_site import reference_site
from questionnaires.answers.services import AnswerInput, NotAskedError, SaveStatus, save_section
from questionnaires.definitions.models import Question
from questionnaires.definitions.selectors import index_of
from questionnaires.progress.selectors.overview import overview_for
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Answer, AnswerRevision
from reviews.adherence.models import AdherenceStatement
from tests.questionnaires.answers.autosave import ARTICLE_5, RESPONSE, post_answer, text_of
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
PARENT, CHILD, GRANDCHILD, TEXT = "I.untoc.3", "I.untoc.3.a", "I.untoc.3.a.i", "I.untoc.1.a"
WORDS = "Not within our competence"
OUTSIDE: dict[str, Any] = {"is_outside_competence": True}


@pytest.fixture
def union(cast: Cast) -> Cast:
    """The cast, whose party under review is an organization."""
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=True)
    cast.review.state_under_review.refresh_from_db()
    return fresh(cast)


def states(cast: Cast) -> dict[str, AnswerState]:
    return dict(overview_for(cast.expert, cast.response).states)


def declare(cast: Cast, instrument: str = "untoc", kind: str = "competence") -> AdherenceStatement:
    adherence = cast.state.adherences.get(instrument__slug=instrument)
    return AdherenceStatement.objects.create(
        adherence=adherence, kind=kind, language="en", text=f"On {instrument}: customs.", made_on=dt.date(2004, 5, 21)
    )


def test_it_counts_as_answered_and_nothing_that_follows_from_it_is_asked(union: Cast) -> None:
    save(union.response, union.expert, PARENT, choices=("Yes",))
    save(union.response, union.expert, CHILD, choices=("Yes",))
    before = overview_for(union.expert, union.response)
    assert before.states[GRANDCHILD] == AnswerState.EMPTY
    save(union.response, union.expert, PARENT, base=1, text="The member States punish it.", **OUTSIDE)
    after = overview_for(union.expert, union.response)
    assert after.states[PARENT] == AnswerState.ANSWERED
    assert {after.states[code] for code in after.states if code.startswith(f"{PARENT}.")} == {AnswerState.NOT_ASKED}
    assert (after.answered, after.missing) == (before.answered - 1, before.missing - 3)


def test_what_is_asked_on_no_is_not_asked_either_and_a_text_is_answered_too(union: Cast) -> None:
    save(union.response, union.expert, "I.untoc.12", choices=("No",))
    assert states(union)["I.untoc.12.b"] != AnswerState.NOT_ASKED
    save(union.response, union.expert, "I.untoc.12", base=1, **OUTSIDE)
    assert states(union)["I.untoc.12.b"] == AnswerState.NOT_ASKED
    assert states(union)[TEXT] == AnswerState.EMPTY
    save(union.response, union.expert, TEXT, **OUTSIDE)
    assert states(union)[TEXT] == AnswerState.ANSWERED


def test_under_it_no_answer_is_taken_and_those_of_before_come_back(union: Cast) -> None:
    """Also where the item under it has no condition of its own."""
    save(union.response, union.expert, "I.untoc.1", **OUTSIDE)
    with pytest.raises(NotAskedError):
        save(union.response, union.expert, TEXT, text="In force.")
    save(union.response, union.expert, "I.untoc.1", base=1, choices=("Yes",))
    assert save(union.response, union.expert, TEXT, text="In force.").status == SaveStatus.SAVED


def test_a_state_never_answers_so(cast: Cast) -> None:
    with pytest.raises(ServiceError, match="Only a regional economic integration organization") as refusal:
        save(cast.response, cast.expert, PARENT, **OUTSIDE)
    assert refusal.value.field == "outside"
    assert not Answer.objects.exists()


def test_an_option_and_that_it_is_not_within_the_competence_are_not_given_together(union: Cast) -> None:
    with pytest.raises(ServiceError, match="not both") as refusal:
        save(union.response, union.expert, PARENT, choices=("Yes",), **OUTSIDE)
    assert refusal.value.field == "outside"


def test_the_database_refuses_both_too(cast: Cast) -> None:
    save(cast.response, cast.expert, PARENT, choices=("Yes",))
    answer = Answer.objects.get()
    with pytest.raises(DatabaseError, match="only a regional economic integration"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(is_outside_competence=True, choices=[])
    same = {"answer": answer, "review": cast.review, "room": cast.state, "language": "en", "saved_by": cast.expert}
    with pytest.raises(DatabaseError, match="only a regional economic integration"), transaction.atomic():
        AnswerRevision.objects.create(number=2, is_outside_competence=True, **same)
    StateParty.objects.filter(pk=cast.state.pk).update(is_reio=True)
    with pytest.raises(IntegrityError, match="outside_competence_without_choice"), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(is_outside_competence=True)


def test_what_is_marked_moves_and_is_settled_whatever_the_state_is_by_then(union: Cast) -> None:
    save(union.response, union.expert, PARENT, **OUTSIDE)
    StateParty.objects.filter(pk=union.state.pk).update(is_reio=False)
    other = Question.objects.get(version=union.response.version, code="I.untoc.4")
    assert Answer.objects.update(settled_by=union.focal_point, question=other) == 1


def test_whether_it_is_an_organization_stays_once_it_has_a_response(union: Cast, login_as: LoginAs) -> None:
    administrator = login_as(union.administrator)
    start_staff_session(actor=union.administrator, reason="To change a State.", state_party=None)
    address = reverse("admin:accounts_stateparty_change", args=[union.state.pk])
    form = administrator.get(address).context["adminform"].form
    stored = {name: value for name, value in form.initial.items() if value}
    refused = administrator.post(address, {**stored, "is_reio": ""})
    assert refused.context["adminform"].form.errors.keys() == {"is_reio"}
    administrator.post(address, {**stored, "legal_system": "Mixed"})
    state = StateParty.objects.get(pk=union.state.pk)
    assert (state.is_reio, state.legal_system) == (True, "Mixed"), "all else may be changed"
    assert reference_site.held_fields(union.bystander_state) == {}


def test_two_who_answer_at_once_see_both_and_the_history_says_it_in_words(union: Cast, login_as: LoginAs) -> None:
    save(union.response, union.expert, PARENT, choices=("Yes",))
    status, body = post_answer(login_as(union.second_expert), PARENT, base="0", outside="1", text="Member States.")
    assert (status, body["status"]) == (200, "conflict")
    assert WORDS in body["conflict"]["html"]
    save(union.response, union.second_expert, PARENT, base=1, text="Member States.", **OUTSIDE)
    saves = AnswerRevision.objects.order_by("created_at").values_list("is_outside_competence", "is_conflict")
    assert list(saves) == [(False, False), (True, True), (True, False)]
    assert text_of(login_as(union.expert).get(f"{RESPONSE}answers/{PARENT}/history/")).count(WORDS) == 2


def test_a_remark_is_put_together_with_that_of_a_colleague_only_under_the_same_answer(union: Cast) -> None:
    words = "Customs are ours, and the penal law belongs to the member States of the union alone."
    save(union.response, union.expert, TEXT, text=words, **OUTSIDE)
    save(union.response, union.expert, TEXT, base=1, text=f"{words} Since 2004.", **OUTSIDE)
    other = save(union.response, union.second_expert, TEXT, base=1, text=f"All: {words}")
    assert other.status == SaveStatus.CONFLICT
    same = save(union.response, union.second_expert, TEXT, base=1, text=f"Note. {words}", **OUTSIDE)
    assert (same.status, same.current and same.current.is_outside_competence) == (SaveStatus.MERGED, True)


def test_the_same_again_is_no_save_and_a_form_that_was_not_touched_changes_nothing(union: Cast) -> None:
    assert union.response is not None
    save(union.response, union.expert, PARENT, **OUTSIDE)
    assert save(union.response, union.expert, PARENT, **OUTSIDE).status == SaveStatus.UNCHANGED
    place = index_of(union.response.version_id).section_of[PARENT]

    def posted(**fields: Any) -> dict[str, str]:
        given = [AnswerInput(PARENT, base=1, **fields)]
        result = save_section(actor=union.expert, response=union.response, place=place, given=given)
        return {code: str(saved.status) for code, saved in result.results.items()}

    assert posted(**OUTSIDE) == {}
    assert posted() == {PARENT: "saved"}


def test_the_script_hears_what_is_asked_now_also_under_an_item_without_conditions(
    union: Cast, login_as: LoginAs
) -> None:
    status, body = post_answer(login_as(union.expert), "I.untoc.1", base="0", outside="1")
    assert (status, body["status"], body["asked"][TEXT]) == (200, "saved", False)
    assert body["progress"]["answered"] == 1


def test_a_section_says_it_without_a_script_and_shows_the_declaration_beside(union: Cast, login_as: LoginAs) -> None:
    client = login_as(union.expert)
    page = text_of(client.get(ARTICLE_5))
    assert f"No declaration of competence of {union.state} on it is recorded." in page
    declare(union, "tip")
    declare(union, kind="reservation")
    assert "customs." not in text_of(client.get(ARTICLE_5))
    declare(union)
    page = text_of(client.get(ARTICLE_5))
    assert "On untoc: customs." in page
    assert "is recorded" not in page
    sent = client.post(ARTICLE_5, {f"{PARENT}-base": "0", f"{PARENT}-outside": "1", f"{PARENT}-text": "Theirs."})
    assert sent.status_code == 302
    (answer,) = Answer.objects.all()
    assert (answer.choices, answer.text, answer.is_outside_competence) == ([], "Theirs.", True)
    assert f'name="{PARENT}-outside" type="checkbox" value="1" checked>' in text_of(client.get(ARTICLE_5))
    wrong = client.post(
        ARTICLE_5, {f"{PARENT}-base": "1", f"{PARENT}-outside": "1", f"{PARENT}-choices": "No", f"{PARENT}-text": "X"}
    )
    assert wrong.status_code == 422
    assert f'href="#q-{PARENT.replace(".", "-")}-outside">3: Choose an option, or say' in text_of(wrong)


def test_a_state_sees_neither_the_box_nor_words_on_competence(cast: Cast, login_as: LoginAs) -> None:
    declare(cast)
    page = text_of(login_as(cast.expert).get(ARTICLE_5))
    assert "-outside" not in page
    assert "customs." not in page


def test_what_is_sent_says_it_and_what_a_state_sends_is_what_it_was(union: Cast, login_as: LoginAs) -> None:
    save(union.response, union.expert, PARENT, text="The member States.", **OUTSIDE)
    save(union.response, union.expert, TEXT, text="In force.")
    submission = clear_answers(union.focal_point, union.response)
    plain = {"code": TEXT, "choices": [], "text": "In force.", "citations": []}
    outside = {"code": PARENT, "choices": [], "text": "The member States.", "citations": []}
    assert submission.document["answers"] == [plain, {**outside, "is_outside_competence": True}]
    assert submission.sha256 == document_hash(submission.document)
    assert submission.document["format_version"] == 1
    page = text_of(login_as(union.same_group_expert).get("/en/untoc/reviews/1-XVE/submission/untoc/"))
    assert WORDS in page
    shown = [f'id="q-{code.replace(".", "-")}"' in page for code in (PARENT, CHILD)]
    assert shown == [True, False]
    desk = login_as(union.same_group_expert).get("/en/untoc/reviews/1-XVE/desk/untoc/article-5/")
    assert WORDS in text_of(desk)
