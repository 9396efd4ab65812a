"""Requests for clarification: changed, sent, discarded, answered and closed, by whom it concerns and once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.clarifications.services import close_clarification
from dialogue.exchange.enums import ClarificationStatus
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from tests import utils
from tests.at_once import draft_answer, edit_clarification, send_answer, send_clarification
from tests.dialogue.clarifications.requests import CANARY, ONLY_ITS_FOCAL_POINT, PAGES, asked, draft, page_of, text_of
from tests.forms import send_form
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]


def test_a_colleagues_text_is_not_overwritten_unseen(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent, "Which law?")
    client = login_as(sent.same_group_expert)
    assert 'name="base" value="1"' in text_of(client.get(page_of(request)))
    edit_clarification(actor=sent.same_group_focal_point, request=request, text="Which law, and since when?", base=1)
    page = send_form(client, page_of(request), {"text": "Which two laws?", "base": "1"})
    assert page.status_code == 422
    assert "A colleague has saved this text while you were writing" in text_of(page)
    assert ("Which law, and since when?" in text_of(page), "Which two laws?" in text_of(page)) == (True, True)
    assert 'name="base" value="2"' in text_of(page)
    request.refresh_from_db()
    assert (request.text, request.revision) == ("Which law, and since when?", 2)
    assert (
        send_form(client, page_of(request), {"text": "Which two laws, and since when?", "base": "2"}).status_code == 302
    )
    request.refresh_from_db()
    assert (request.text, request.revision) == ("Which two laws, and since when?", 3)


def test_nonsense_in_the_hidden_field_changes_nothing(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent)
    for base in ("", "-1", "zero", "99999999999999999999"):
        page = send_form(login_as(sent.same_group_expert), page_of(request), {"text": "Mine", "base": base})
        assert page.status_code == 422, base
    request.refresh_from_db()
    assert request.text == CANARY


def test_the_page_of_sending_shows_what_is_sent_and_what_follows(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent)
    page = text_of(login_as(sent.same_group_focal_point).get(page_of(request, "send/")))
    assert (CANARY in page, "It can no longer be changed." in page) == (True, True)
    request.refresh_from_db()
    assert request.status == ClarificationStatus.DRAFT, "to look is not to send"


def test_a_second_press_on_send_is_harmless(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent)
    client = login_as(sent.same_group_focal_point)
    assert send_form(client, page_of(request, "send/"))["Location"] == f"{PAGES}#request-{request.pk}"
    again = send_form(client, page_of(request, "send/"))
    assert (again.status_code, "This has been sent; it can no longer be changed." in text_of(again)) == (403, True)
    assert AuditEntry.objects.filter(verb="reviews.clarification.sent").count() == 1
    assert Notification.objects.filter(recipient=sent.focal_point, key__contains=str(request.pk)).count() == 1


def test_who_may_not_send_is_told_why_before_and_after(sent: Cast, login_as: LoginAs) -> None:
    request = draft(sent)
    for name in ("same_group_expert", "same_group_observer"):
        page = send_form(login_as(sent.people[name]), page_of(request, "send/"))
        assert (page.status_code, ONLY_ITS_FOCAL_POINT in text_of(page)) == (403, True)
    send_clarification(actor=sent.same_group_focal_point, request=request)
    others = ("same_group_expert", "other_group_focal_point", "focal_point", "contributor", "officer")
    for name in others:
        assert send_form(login_as(sent.people[name]), page_of(request, "send/")).status_code == 403, name
    page = login_as(sent.same_group_focal_point).get(page_of(request, "send/"))
    assert (page.status_code, "This has been sent; it can no longer be changed." in text_of(page)) == (403, True)


def test_a_draft_is_discarded_after_a_question_and_what_was_sent_is_not(sent: Cast, login_as: LoginAs) -> None:
    drafted, request = draft(sent), asked(sent)
    client = login_as(sent.same_group_expert)
    assert client.get(page_of(drafted, "discard/")).status_code == 200
    assert send_form(client, page_of(drafted, "discard/"))["Location"] == PAGES
    assert list(ClarificationRequest.objects.all()) == [request]
    assert send_form(client, page_of(request, "discard/")).status_code == 403
    assert login_as(sent.same_group_observer).get(page_of(request, "discard/")).status_code == 403


def test_an_answer_is_drafted_by_an_expert_and_sent_by_the_focal_point(sent: Cast, login_as: LoginAs) -> None:
    request = asked(sent)
    expert = login_as(sent.expert)
    page = text_of(expert.get(page_of(request, "answer/")))
    assert ("What is the penalty?" in page, 'name="base" value="0"' in page) == (True, True)
    assert send_form(expert, page_of(request, "answer/"), {"text": "Ten years.", "base": "0"}).status_code == 302
    assert send_form(expert, page_of(request, "answer/send/")).status_code == 403
    focal_point = login_as(sent.focal_point)
    assert "Ten years." in text_of(focal_point.get(page_of(request, "answer/send/")))
    presses = [send_form(focal_point, page_of(request, "answer/send/")).status_code for _number in range(2)]
    assert presses == [302, 403]
    request.refresh_from_db()
    assert request.status == ClarificationStatus.ANSWERED
    assert AuditEntry.objects.filter(verb="reviews.clarification.answered").count() == 1
    assert send_form(login_as(sent.same_group_focal_point), page_of(request, "answer/send/")).status_code == 403


def test_nothing_is_sent_where_nothing_is_written(sent: Cast, login_as: LoginAs) -> None:
    request = asked(sent)
    page = send_form(login_as(sent.focal_point), page_of(request, "answer/send/"))
    assert (page.status_code, "Write the answer first." in text_of(page)) == (422, True)


def test_two_drafts_of_an_answer_are_both_shown(sent: Cast, login_as: LoginAs) -> None:
    request = asked(sent)
    draft_answer(actor=sent.second_expert, request=request, text="Ten years.", base=0)
    page = send_form(login_as(sent.expert), page_of(request, "answer/"), {"text": "Twelve years.", "base": "0"})
    assert page.status_code == 422
    assert ("Ten years." in text_of(page), "Twelve years." in text_of(page)) == (True, True)
    assert ClarificationAnswer.objects.get().text == "Ten years."


def test_only_the_state_under_review_answers(sent: Cast, login_as: LoginAs) -> None:
    request = asked(sent)
    may = {"focal_point", "expert", "second_expert"}
    outside = {"stranger", "bystander"}
    for name, user in sent.people.items():
        status = login_as(user).get(page_of(request, "answer/")).status_code
        assert status == (200 if name in may else 404 if name in outside else 403), name


def test_the_state_that_asked_closes_and_nobody_answers_then(sent: Cast, login_as: LoginAs) -> None:
    request = asked(sent)
    draft_answer(actor=sent.expert, request=request, text=CANARY, base=0)
    for user in (sent.other_group_focal_point, sent.same_group_expert):
        assert send_form(login_as(user), page_of(request, "close/")).status_code == 403
    presses = [
        send_form(login_as(sent.same_group_focal_point), page_of(request, "close/")).status_code for _number in range(2)
    ]
    assert presses == [302, 403]
    assert AuditEntry.objects.filter(verb="reviews.clarification.closed").count() == 1
    page = login_as(sent.focal_point).get(page_of(request, "answer/"))
    assert (page.status_code, "This request has been answered or closed." in text_of(page)) == (403, True)
    assert CANARY not in text_of(login_as(sent.same_group_expert).get(PAGES))


def together(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that happen at the same moment."""

    def outcome(act: Callable[[], object]) -> str:
        try:
            act()
        except (PolicyRefusedError, ServiceError):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(outcome, acts))


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_send_once() -> None:
    cast = utils.make_cast("written_feedback")
    request = draft(cast)

    def press() -> None:
        actor = User.objects.get(pk=cast.same_group_focal_point.pk)
        send_clarification(actor=actor, request=ClarificationRequest.objects.get(pk=request.pk))

    assert together(press, press) == ["done", "refused"]
    assert AuditEntry.objects.filter(verb="reviews.clarification.sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_closing_at_the_same_moment_follow_one_another() -> None:
    cast = utils.make_cast("written_feedback")
    request = asked(cast)
    draft_answer(actor=cast.expert, request=request, text="Ten years.", base=0)

    def answer() -> None:
        send_answer(actor=User.objects.get(pk=cast.focal_point.pk), request=request)

    def close() -> None:
        close_clarification(actor=User.objects.get(pk=cast.same_group_focal_point.pk), request=request, base=0)

    outcomes = together(answer, close)
    request.refresh_from_db()
    was_answered = ClarificationAnswer.objects.get().sent_at is not None
    assert outcomes == ["done", "refused"], "what has come meanwhile is read before the request is closed"
    assert request.status == (ClarificationStatus.ANSWERED if was_answered else ClarificationStatus.CLOSED)
