"""The pages of the self-assessment: answering with and without scripts, sending, reading, and who is kept out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Answer, AnswerRevision, ResponseSubmission, SectionAssignment
from tests import utils
from tests.forms import send_form
from tests.questionnaires.answers.autosave import ARTICLE_2, ARTICLE_5, RESPONSE, fields_of, post_answer, text_of
from tests.utils import Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
SUBMISSION = "/en/untoc/reviews/1-XVE/submission/"
LARGEST = f"{RESPONSE}tip/articles-3-5/"


def shown(page: Any, code: str) -> Any:
    return next(field for field in page.context["fields"] if field.item.code == code)


def test_a_section_shows_its_questions_as_printed(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).get(ARTICLE_5)
    assert page.status_code == 200
    assert [field.item.code for field in page.context["fields"] if field.state.is_asked] == [
        "I.untoc.3", "I.untoc.4", "I.untoc.5", "I.untoc.5.a",
    ]  # fmt: skip
    assert 'lang="en" dir="ltr">Is participation in an organized criminal group' in text_of(page)
    assert "Your State is also party to: Trafficking in Persons Protocol" in text_of(page)


def test_follow_ups_appear_on_the_next_page_without_scripts(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    assert not shown(client.get(ARTICLE_5), "I.untoc.3.a").state.is_asked
    sent = client.post(ARTICLE_5, {"I.untoc.3-base": "0", "I.untoc.3-choices": "Yes"})
    assert (sent.status_code, sent["Location"]) == (302, ARTICLE_5)
    page = client.get(ARTICLE_5)
    assert shown(page, "I.untoc.3.a").state.is_asked
    assert not shown(page, "I.untoc.3.a.i").state.is_asked
    assert "Your answers have been saved." in text_of(page)


def test_save_and_continue_leads_to_the_next_section_and_at_the_end_to_the_overview(
    cast: Cast, login_as: LoginAs
) -> None:
    client = login_as(cast.expert)
    assert client.post(ARTICLE_2, {"continue": "1"})["Location"] == ARTICLE_5
    last = f"{RESPONSE}firearms/need-for-technical-assistance/"
    assert client.post(last, {"continue": "1"})["Location"] == RESPONSE


def test_an_answer_that_is_not_asked_any_more_is_kept_and_the_page_says_so(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.3", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.3.a", choices=("Yes",))
    save(cast.response, cast.expert, "I.untoc.3", choices=("No",), base=1)
    page = login_as(cast.expert).get(ARTICLE_5)
    assert [field.item.code for field in page.context["fields"] if field.is_kept] == ["I.untoc.3.a"]
    assert "Question 3 (a) is not asked at present. Your answer to it is kept" in text_of(page)


def test_a_mistake_is_shown_by_its_field_and_the_typed_text_stays(cast: Cast, login_as: LoginAs) -> None:
    long = "x" * 50_001
    page = login_as(cast.expert).post(
        ARTICLE_2,
        {"I.untoc.1-base": "0", "I.untoc.1-choices": "No", "I.untoc.1.a-base": "0", "I.untoc.1.a-text": long},
    )
    assert page.status_code == 422
    assert "1 (a): This is 50001 characters long. The limit is 50000." in text_of(page)
    assert 'href="#q-I-untoc-1-a-text"' in text_of(page)
    assert shown(page, "I.untoc.1.a").shown.text == long
    assert list(Answer.objects.values_list("question__code", "choices")) == [("I.untoc.1", ["No"])]


def test_two_texts_for_one_question_are_shown_side_by_side_and_one_is_chosen(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="Theirs")
    client = login_as(cast.expert)
    typed = {"I.untoc.1.a-base": "0", "I.untoc.1.a-text": "Mine"}
    page = client.post(ARTICLE_2, typed)
    assert page.status_code == 409
    conflict = shown(page, "I.untoc.1.a").conflict
    assert (conflict.theirs.text, conflict.theirs.saved_by, conflict.mine.text) == ("Theirs", "Second Expert", "Mine")
    assert Answer.objects.get().text == "Theirs"

    typed |= {"I.untoc.1.a-base": "1", "I.untoc.1.a-conflict": "1"}
    undecided = client.post(ARTICLE_2, typed)
    assert undecided.status_code == 409, "the plain button chooses nothing"
    assert client.post(ARTICLE_2, {**typed, "keep": "I.untoc.1.a"}).status_code == 302
    assert Answer.objects.get().text == "Theirs"
    assert client.post(ARTICLE_2, {**typed, "use": "I.untoc.1.a"}).status_code == 302
    assert Answer.objects.get().text == "Mine"
    assert sorted(AnswerRevision.objects.values_list("text", "is_conflict")) == [
        ("Mine", False), ("Mine", True), ("Theirs", False),
    ]  # fmt: skip


def test_what_was_typed_while_the_answers_were_sent_stays_on_the_page(cast: Cast, login_as: LoginAs) -> None:
    utils.clear_answers(cast.focal_point, cast.response)
    page = login_as(cast.expert).post(ARTICLE_2, {"I.untoc.1.a-base": "0", "I.untoc.1.a-text": "Typed too late"})
    assert page.status_code == 403
    assert "The answers have been sent; they can no longer be changed." in text_of(page)
    assert "Typed too late" in text_of(page)
    assert not Answer.objects.exists()


def test_observers_and_experts_during_clearance_read_only(make_cast: Callable[..., Cast], login_as: LoginAs) -> None:
    cast = make_cast("in_clearance")
    page = login_as(cast.expert).get(ARTICLE_2)
    assert "The answers are with the focal point for clearance." in text_of(page)
    assert not fields_of(page)
    assert not fields_of(login_as(cast.observer).get(ARTICLE_2))
    assert fields_of(login_as(cast.focal_point).get(ARTICLE_2))


@pytest.mark.parametrize("path", ["", "missing/", "untoc/article-2/", "answers/I.untoc.1/history/", "clear/"])
def test_a_stranger_finds_nothing_and_the_other_side_is_told_why(cast: Cast, login_as: LoginAs, path: str) -> None:
    assert login_as(cast.bystander).get(RESPONSE + path).status_code == 404
    page = login_as(cast.same_group_expert).get(RESPONSE + path)
    assert page.status_code == 403
    assert "The answers belong to the State under review until its focal point sends them." in text_of(page)
    assert "The secretariat sees no unsent draft of a State." in text_of(login_as(cast.officer).get(RESPONSE + path))


def test_the_other_side_saves_nothing(cast: Cast, login_as: LoginAs) -> None:
    assert post_answer(login_as(cast.bystander), "I.untoc.1", choices="Yes")[0] == 404
    assert post_answer(login_as(cast.same_group_expert), "I.untoc.1", choices="Yes")[0] == 403
    assert post_answer(login_as(cast.expert), "I.untoc.999", choices="Yes")[0] == 404
    assert not Answer.objects.exists()


def test_a_contributor_finds_only_what_was_sent_to_the_ministry(cast: Cast, login_as: LoginAs) -> None:
    contributor = cast.participations["contributor"]
    focal_point = login_as(cast.focal_point)
    page = focal_point.get(f"{RESPONSE}assignments/{contributor.pk}/")
    assert page.status_code == 200
    sent = focal_point.post(
        f"{RESPONSE}assignments/{contributor.pk}/", {"untoc": ["article-5", "article-10"], "tip": []}
    )
    assert sent["Location"] == RESPONSE
    assert SectionAssignment.objects.count() == 2
    client = login_as(cast.contributor)
    overview = client.get(RESPONSE).context["overview"]
    assert [section.place.section.slug for section in overview.sections] == ["article-5", "article-10"]
    assert client.get(ARTICLE_5).status_code == 200
    assert client.get(ARTICLE_2).status_code == 404
    assert post_answer(client, "I.untoc.3", choices="Yes", base="0")[0] == 200
    assert post_answer(client, "I.untoc.1", choices="Yes", base="0")[0] == 403


def test_sections_that_do_not_exist_cannot_be_ticked(cast: Cast, login_as: LoginAs) -> None:
    url = f"{RESPONSE}assignments/{cast.participations['contributor'].pk}/"
    assert login_as(cast.focal_point).post(url, {"untoc": ["article-99"]}).status_code == 422
    assert login_as(cast.expert).get(url).status_code == 403
    assert (
        login_as(cast.focal_point)
        .get(url.replace(str(cast.participations["contributor"].pk), str(cast.participations["expert"].pk)))
        .status_code
        == 404
    )


def test_the_overview_counts_and_offers_the_next_act(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",))
    page = login_as(cast.expert).get(RESPONSE)
    assert page.context["overview"].answered == 1
    assert [(act["action"].name, bool(act["decision"])) for act in page.context["acts"]] == [
        ("SUBMIT_FOR_CLEARANCE", True), ("CLEAR", False),
    ]  # fmt: skip
    assert "Only the focal point of the State under review clears and sends." in text_of(page)


def test_what_is_missing_leads_to_the_questions_and_counts_nothing_voluntary(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.expert).get(f"{RESPONSE}missing/")
    assert f'href="{ARTICLE_2}#q-I-untoc-1-a"' in text_of(page)
    missing = {item.code for section in page.context["sections"] for item in section["items"]}
    index = index_of(cast.response.version_id)
    assert not [code for code in missing if index.items[code].voluntary or index.items[code].self_assessed]
    assert len(missing) == page.context["overview"].missing


def test_the_history_shows_each_save_against_the_one_before(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1.a", text="The old law")
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="The new law", base=1)
    save(cast.response, cast.expert, "I.untoc.1.a", text="Their law", base=1)
    page = login_as(cast.observer).get(f"{RESPONSE}answers/I.untoc.1.a/history/")
    conflict, newest, first = page.context["steps"]
    assert conflict.revision.is_conflict
    assert [(run.change, run.text) for run in newest.text] == [
        ("same", "The "), ("removed", "old"), ("added", "new"), ("same", " law"),
    ]  # fmt: skip
    assert [(run.change, run.text) for run in first.text] == [("added", "The old law")]
    assert '<del class="app-diff__removed">old</del>' in text_of(page)


def test_the_way_from_the_experts_to_the_reviewing_states(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1", choices=("Yes",), text="**Bold**")
    assert login_as(cast.same_group_expert).get(SUBMISSION).status_code == 404
    expert = login_as(cast.expert)
    assert expert.get(f"{RESPONSE}submit/").status_code == 200
    assert expert.post(f"{RESPONSE}submit/")["Location"] == RESPONSE
    assert expert.post(f"{RESPONSE}submit/").status_code == 403
    focal_point = login_as(cast.focal_point)
    assert focal_point.post(f"{RESPONSE}return/", {"reason": " "}).status_code == 422
    assert focal_point.post(f"{RESPONSE}return/", {"reason": "Cite the law."})["Location"] == RESPONSE
    assert "Cite the law." in text_of(login_as(cast.expert).get(RESPONSE))
    focal_point = login_as(cast.focal_point)
    assert "certify" in text_of(focal_point.get(f"{RESPONSE}clear/"))
    assert send_form(focal_point, f"{RESPONSE}clear/")["Location"] == SUBMISSION
    assert focal_point.post(f"{RESPONSE}clear/")["Location"] == SUBMISSION, "a second press does no harm"
    submission = ResponseSubmission.objects.get()
    page = login_as(cast.same_group_expert).get(SUBMISSION)
    assert submission.sha256 in text_of(page)
    part = login_as(cast.other_group_observer).get(f"{SUBMISSION}untoc/")
    assert "<strong>Bold</strong>" in text_of(part)
    assert login_as(cast.officer).get(f"{SUBMISSION}firearms/").status_code == 200
    assert login_as(cast.officer).get(f"{SUBMISSION}uncac/").status_code == 404
    assert login_as(cast.contributor).get(SUBMISSION).status_code == 403
    assert login_as(cast.bystander).get(SUBMISSION).status_code == 404


def test_what_is_asked_is_the_one_base_of_all_counts(cast: Cast, login_as: LoginAs) -> None:
    for code, _answer in zip(range(9), utils.answer_all(cast.response, cast.expert), strict=False):
        assert code is not None
    client = login_as(cast.focal_point)
    overview = client.get(RESPONSE).context["overview"]
    answered, missing, left_open = overview.answered, overview.missing, overview.counts.left_open
    assert min(answered, missing, left_open) > 0
    said = f"{answered} of {answered + missing + left_open} answered, {missing} missing, {left_open} left open"
    assert said in text_of(client.get(RESPONSE))
    clearing = text_of(client.get(f"{RESPONSE}clear/"))
    assert f"{answered} answers of {answered + missing + left_open} questions asked are sent." in clearing
    assert f"{missing} questions are asked and not answered yet." in clearing
    assert f"{left_open} questions are left open" in clearing


def test_missing_answers_never_keep_a_focal_point_from_sending(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.focal_point).get(f"{RESPONSE}clear/")
    assert "You may go on all the same." in text_of(page)
    assert login_as(cast.expert).get(f"{RESPONSE}clear/").status_code == 403


def test_the_published_questionnaires_are_open_to_all_who_are_signed_in(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.stranger)
    page = client.get("/en/questionnaires/")
    assert [(row["questions"], row["items"]) for row in page.context["rows"]] == [
        (82, 210), (93, 275), (58, 110), (101, 259),
    ]  # fmt: skip
    text = text_of(client.get("/en/questionnaires/untoc-cluster-1/"))
    assert "Asked if the answer to question 3 (a) is “Yes, in part” or “No”." in text
    assert client.get("/en/questionnaires/none/").status_code == 404


def test_pages_take_the_same_queries_empty_and_full(
    cast: Cast, login_as: LoginAs, django_assert_num_queries: Callable[..., Any]
) -> None:
    client = login_as(cast.expert)
    client.get(LARGEST)
    with django_assert_num_queries(14):
        client.get(LARGEST)
    for code, _answer in zip(range(40), utils.answer_all(cast.response, cast.expert), strict=False):
        assert code is not None
    with django_assert_num_queries(14):
        client.get(LARGEST)
