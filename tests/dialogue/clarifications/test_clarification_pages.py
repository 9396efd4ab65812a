"""Requests for clarification: asked beside the answer, listed by question, seen by nobody before they are sent."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.models import Notification
from dialogue.exchange.enums import ClarificationStatus
from dialogue.exchange.models import ClarificationRequest
from observations.texts.enums import TextKind
from reviews.programme.models import Instrument
from tests import journey, utils
from tests.at_once import close_clarification, draft_answer, send_answer
from tests.dialogue.clarifications.requests import (
    CANARY,
    ONLY_ITS_FOCAL_POINT,
    ONLY_ITS_WRITERS,
    PAGES,
    QUESTION,
    acts_on,
    answered,
    asked,
    draft,
    page_of,
    text_of,
)
from tests.forms import send_form
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


@pytest.mark.stage("written_feedback")
def test_the_question_and_its_answer_stand_above_the_form(sent: Cast, login_as: LoginAs) -> None:
    page = login_as(sent.same_group_expert).get(f"{PAGES}ask/I.untoc.1.a/")
    assert page.status_code == 200
    question = page.context["question"]
    assert (question.state.item.code, [above.item.code for above in question.above]) == ("I.untoc.1.a", ["I.untoc.1"])
    assert question.desk_url == "/en/untoc/reviews/1-XVE/desk/untoc/article-2/#q-I-untoc-1-a"
    assert "Words on I.untoc.1.a." in text_of(page)


@pytest.mark.stage("written_feedback")
def test_a_draft_is_saved_in_the_room_of_its_state(sent: Cast, login_as: LoginAs) -> None:
    client = login_as(sent.same_group_expert)
    saved = send_form(client, f"{PAGES}ask/{QUESTION}/", {"text": CANARY})
    request = ClarificationRequest.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, f"{PAGES}#request-{request.pk}")
    assert (request.room, request.status, request.language) == (
        sent.same_group_state,
        ClarificationStatus.DRAFT,
        "en",
    )
    page = client.get(PAGES)
    assert f"The draft is saved. Nobody outside of {sent.same_group_state} sees it" in text_of(page)
    assert f"Draft, seen by {sent.same_group_state} only" in text_of(page)


@pytest.mark.stage("written_feedback")
def test_an_empty_request_is_not_saved(sent: Cast, login_as: LoginAs) -> None:
    page = send_form(login_as(sent.same_group_expert), f"{PAGES}ask/{QUESTION}/", {"text": "  "})
    assert page.status_code == 422
    assert 'href="#id_text">Write what you ask.' in text_of(page)


@pytest.mark.stage("written_feedback")
def test_a_text_that_is_too_long_stays_in_its_box(sent: Cast, login_as: LoginAs) -> None:
    page = send_form(login_as(sent.same_group_expert), f"{PAGES}ask/{QUESTION}/", {"text": "y" * 10_001})
    assert page.status_code == 422
    assert "This is 10001 characters long. The limit is 10000." in text_of(page)
    assert "y" * 10_001 in text_of(page)


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("code", ["I.untoc.999", "II.untoc.1", "I.uncac.1", "nothing", "I.UNTOC.3"])
def test_there_is_no_page_for_a_question_that_was_not_put(sent: Cast, login_as: LoginAs, code: str) -> None:
    assert login_as(sent.same_group_expert).get(f"{PAGES}ask/{code}/").status_code == 404
    assert send_form(login_as(sent.same_group_expert), f"{PAGES}ask/{code}/", {"text": "Why?"}).status_code == 404


@pytest.mark.stage("written_feedback")
def test_there_is_no_page_for_an_instrument_that_ones_state_does_not_review(sent: Cast, login_as: LoginAs) -> None:
    row = sent.review.reviewing_states.get(state_party=sent.same_group_state)
    row.instruments.remove(Instrument.objects.get(slug="firearms"))
    address = f"{PAGES}ask/I.firearms.68/"
    assert login_as(sent.same_group_expert).get(address).status_code == 404
    assert send_form(login_as(sent.same_group_expert), address, {"text": "Why?"}).status_code == 404
    assert login_as(sent.other_group_expert).get(address).status_code == 200


@pytest.mark.stage("written_feedback")
def test_only_the_writers_of_reviewing_states_ask(sent: Cast, login_as: LoginAs) -> None:
    may = {"same_group_focal_point", "same_group_expert", "other_group_focal_point", "other_group_expert"}
    outside = {"stranger", "bystander"}
    for name, user in sent.people.items():
        page = login_as(user).get(f"{PAGES}ask/{QUESTION}/")
        assert page.status_code == (200 if name in may else 404 if name in outside else 403), name
        if page.status_code == 403:
            assert "Only the experts and focal points of the reviewing States ask for clarification." in text_of(page)


@pytest.mark.stage("written_feedback")
def test_requests_of_before_are_shown_while_one_asks(sent: Cast, login_as: LoginAs) -> None:
    answered(sent, "Ten years, since 2014.")
    draft(sent, CANARY)
    own = text_of(login_as(sent.same_group_expert).get(f"{PAGES}ask/{QUESTION}/"))
    assert ("2 requests on this question already" in own, "Ten years, since 2014." in own, CANARY in own) == (
        True, True, True,
    )  # fmt: skip
    other = text_of(login_as(sent.other_group_expert).get(f"{PAGES}ask/{QUESTION}/"))
    assert ("1 request on this question already" in other, CANARY in other) == (True, False)


@pytest.mark.stage("written_feedback")
def test_a_draft_is_found_by_its_own_state_only(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent)
    for name, user in sent.people.items():
        client = login_as(user)
        if name.startswith("same_group_"):
            assert CANARY in text_of(client.get(PAGES)), name
            continue
        assert CANARY not in text_of(client.get(PAGES)), name
        for act in ("", "send/", "discard/", "answer/", "answer/send/", "close/"):
            assert client.get(page_of(request, act)).status_code == 404, (name, act)
            assert send_form(client, page_of(request, act), {"text": "Mine"}).status_code == 404, (name, act)
    request.refresh_from_db()
    assert (request.text, request.status) == (CANARY, ClarificationStatus.DRAFT)


@pytest.mark.stage("written_feedback")
def test_the_draft_of_an_answer_is_seen_by_the_state_under_review_only(sent: Cast, login_as: LoginAs) -> None:
    request = asked(sent)
    draft_answer(actor=sent.expert, request=request, text=CANARY, base=0)
    for name, user in sent.people.items():
        is_own = name in {"focal_point", "expert", "second_expert", "observer"}
        assert (CANARY in text_of(login_as(user).get(PAGES))) == is_own, name
    for user in (sent.same_group_focal_point, sent.same_group_expert):
        assert CANARY not in text_of(login_as(user).get(page_of(request, "close/")))
        assert CANARY not in text_of(login_as(user).get(f"{PAGES}ask/{QUESTION}/"))


@pytest.mark.stage("written_feedback")
def test_what_was_sent_is_read_by_all_states_and_by_officers(sent: Cast, login_as: LoginAs) -> None:
    answered(sent, "Ten years, since 2014.")
    outside = {"stranger": 404, "bystander": 404, "contributor": 403, "auditor": 403}
    for name, user in sent.people.items():
        page = login_as(user).get(PAGES)
        assert page.status_code == outside.get(name, 200), name
        assert ("Ten years, since 2014." in text_of(page)) == (name not in outside), name


@pytest.mark.stage("written_feedback")
def test_mails_hold_no_word_of_a_request_or_an_answer(sent: Cast) -> None:
    Notification.objects.all().delete()
    request = asked(sent, CANARY)
    draft_answer(actor=sent.expert, request=request, text=CANARY, base=0)
    send_answer(actor=sent.focal_point, request=request)
    mails = Notification.objects.all()
    assert {mail.recipient.full_name for mail in mails} == {
        "Focal Point", "Same Group Focal Point", "Same Group Expert",
    }  # fmt: skip
    assert not [mail for mail in mails if CANARY in str(mail.context)]


@pytest.mark.stage("written_feedback")
def test_requests_stand_by_instrument_and_question_in_the_order_of_the_form(sent: Cast, login_as: LoginAs) -> None:
    for code in ("I.firearms.68", "I.untoc.23", "I.untoc.3.a", "I.untoc.3", "I.untoc.10", "I.untoc.3"):
        asked(sent, code=code)
    groups = login_as(sent.officer).get(PAGES).context["groups"]
    assert [
        (group.instrument.slug, [(question.code, len(question.rows)) for question in group.questions])
        for group in groups
    ] == [
        ("untoc", [("I.untoc.3", 2), ("I.untoc.3.a", 1), ("I.untoc.10", 1), ("I.untoc.23", 1)]),
        ("firearms", [("I.firearms.68", 1)]),
    ]


@pytest.mark.stage("written_feedback")
def test_the_list_is_filtered_by_status_and_counts_what_its_reader_may_read(sent: Cast, login_as: LoginAs) -> None:
    draft(sent)
    asked(sent, "First")
    answered(sent)
    own = login_as(sent.same_group_expert).get(PAGES)
    assert [(status, count) for status, _label, count in own.context["statuses"]] == [
        ("draft", 1), ("asked", 1), ("answered", 1),
    ]  # fmt: skip
    page = login_as(sent.officer).get(f"{PAGES}?status=asked")
    assert [(status, count) for status, _label, count in page.context["statuses"]] == [("asked", 1), ("answered", 1)]
    assert (page.context["total"], page.context["chosen"]) == (2, "asked")
    (group,) = page.context["groups"]
    assert [row.request.text for row in group.questions[0].rows] == ["First"]
    for nonsense in ("draft", "closed", "nothing"):
        page = login_as(sent.officer).get(f"{PAGES}?status={nonsense}")
        assert (page.context["chosen"], len(page.context["groups"][0].questions[0].rows)) == ("", 2)


@pytest.mark.stage("written_feedback")
def test_each_reader_is_offered_what_concerns_his_or_her_state(sent: Cast, login_as: LoginAs) -> None:
    drafted, request = draft(sent), asked(sent)
    draft_answer(actor=sent.expert, request=request, text="Ten years.", base=0)

    def acts(user: User, of: ClarificationRequest) -> list[tuple[str, str]]:
        return acts_on(login_as(user).get(PAGES), of)

    assert acts(sent.same_group_focal_point, drafted) == [("Send", ""), ("Change", ""), ("Discard", "")]
    assert acts(sent.same_group_expert, drafted) == [("Send", ONLY_ITS_FOCAL_POINT), ("Change", ""), ("Discard", "")]
    assert acts(sent.same_group_observer, drafted) == [("Send", ONLY_ITS_FOCAL_POINT), ("Change", ONLY_ITS_WRITERS)]
    assert acts(sent.same_group_focal_point, request) == [("Close the request", "")]
    for user in (sent.same_group_expert, sent.same_group_observer):
        assert acts(user, request) == [
            ("Close the request", "Only the focal point of the State that asked closes the request.")
        ]
    assert acts(sent.focal_point, request) == [("Send the answer", ""), ("Change the answer", "")]
    assert acts(sent.observer, request) == [
        ("Send the answer", "Only the focal point of the State under review sends an answer."),
        ("Change the answer", "Only the experts and the focal point of the State under review answer."),
    ]
    assert [acts(user, request) for user in (sent.other_group_focal_point, sent.officer)] == [[], []]


@pytest.mark.stage("written_feedback")
def test_a_refused_act_is_a_button_that_cannot_be_pressed_with_its_reason(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent)
    page = text_of(login_as(sent.same_group_expert).get(PAGES))
    assert f'aria-describedby="reason-clarification-send-{request.pk}">Send</button>' in page
    assert f'id="reason-clarification-send-{request.pk}">{ONLY_ITS_FOCAL_POINT}</p>' in page
    assert f'href="{page_of(request, "send/")}"' not in page


@pytest.mark.stage("written_feedback")
def test_when_nothing_was_asked_the_list_says_where_to_ask(sent: Cast, login_as: LoginAs) -> None:
    assert "Ask about an answer from the review desk" in text_of(login_as(sent.same_group_expert).get(PAGES))
    page = text_of(login_as(sent.officer).get(PAGES))
    assert ("Nothing has been asked yet" in page, "review desk, where" in page) == (True, False)


def test_before_the_answers_were_sent_the_list_says_so(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.same_group_expert).get(PAGES)
    assert "once the answers to the questionnaire have been sent" in text_of(page)
    refused = login_as(cast.same_group_expert).get(f"{PAGES}ask/{QUESTION}/")
    assert refused.status_code == 403
    assert "This is open once the answers have been sent" in text_of(refused)


@pytest.mark.stage("written_feedback")
def test_a_request_on_a_question_that_the_form_does_not_hold_is_shown_by_its_code(
    sent: Cast, login_as: LoginAs
) -> None:
    asked(sent, code="I.untoc.999")
    page = login_as(sent.officer).get(PAGES)
    assert "<bdi>I.untoc.999</bdi>" in text_of(page)


@pytest.mark.stage("written_feedback")
def test_the_list_takes_the_same_queries_for_one_request_and_for_three(sent: Cast, login_as: LoginAs) -> None:
    for number, code in enumerate((QUESTION, "I.untoc.10", "I.firearms.68"), start=1):
        request = asked(sent, code=code)
        draft_answer(actor=sent.expert, request=request, text="Ten years.", base=0)
        draft(sent, code=code)
        if number == 2:
            continue
        for user, name in ((sent.officer, "officer"), (sent.same_group_expert, "participant")):
            client = login_as(user)
            client.get(PAGES)
            with assert_query_count(f"dialogue:clarification-list as {name}"):
                page = client.get(PAGES)
            assert page.context["total"] == (number if user is sent.officer else 2 * number)


@pytest.mark.stage("summary")
def test_when_the_review_is_closed_everything_can_be_read_and_nothing_changed(
    cast_at: Callable[[str], Cast], login_as: LoginAs
) -> None:
    cast = cast_at("summary")
    request = answered(cast)
    journey.agree_on_all(cast.review, TextKind.SUMMARY)
    utils.fresh(cast)
    page = login_as(cast.same_group_focal_point).get(PAGES)
    assert "Ten years." in text_of(page)
    assert acts_on(page, request) == [
        ("Ask further", "This is open once the answers have been sent, until the review is closed.")
    ]
    assert login_as(cast.same_group_expert).get(f"{PAGES}ask/{QUESTION}/").status_code == 403


@pytest.mark.stage("written_feedback")
def test_closing_what_was_answered_keeps_the_answer(sent: Cast, login_as: LoginAs) -> None:
    request = close_clarification(actor=sent.same_group_focal_point, request=answered(sent))
    page = login_as(sent.other_group_expert).get(PAGES)
    assert ("Ten years." in text_of(page), acts_on(page, request)) == (True, [])
