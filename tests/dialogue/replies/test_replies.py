"""The State under review replies to written feedback: drafted in its room, sent by its focal point, recalled or not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.errors import ConflictError, ServiceError
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.models import FeedbackReply, WrittenFeedback
from dialogue.exchange.selectors import get_feedback_for, reply_to
from dialogue.replies import services, views
from reviews.cases.models import Clearance
from reviews.drafts.openings import open_piece
from reviews.drafts.situations import shown_in_room
from reviews.steps.services.advancing import advance_to_next
from tests import journey
from tests.at_once import draft_reply, send_reply
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import text_of
from tests.dialogue.exchange.test_sent_twice import form_of
from tests.forms import carried_by, send_form
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
REVIEW = "/en/untoc/reviews/1-XVE/"
PAGE = f"{REVIEW}feedback/XLE/"
REPLY = f"{PAGE}reply/"
WORDS = "The law was amended in March."


def feedback_of(cast: Cast) -> WrittenFeedback:
    return get_feedback_for(cast.focal_point, journey.fresh(cast.review), "XLE")


def draft(cast: Cast, text: str = WORDS, **more: Any) -> FeedbackReply:
    return draft_reply(**{"actor": cast.expert, "feedback": feedback_of(cast), "text": text, **more})


def sent(cast: Cast, text: str = WORDS) -> FeedbackReply:
    draft(cast, text)
    return send_reply(actor=cast.focal_point, feedback=feedback_of(cast))


def recall(cast: Cast, number: int = 1) -> FeedbackReply:
    reply = reply_to(cast.focal_point, feedback_of(cast))
    assert reply is not None
    return services.recall_reply(actor=cast.focal_point, reply=reply, reason="A figure is wrong.", number=number)


# --- Drafting


def test_a_draft_lies_in_the_room_of_the_state_under_review(cast: Cast) -> None:
    reply = draft(cast)
    assert (reply.room, reply.language, reply.sent_at, reply.written_by) == (cast.state, "en", None, cast.expert)
    for name, person in cast.people.items():
        is_own = name in {"focal_point", "expert", "second_expert", "observer"}
        assert (reply.pk in keys(FeedbackReply, person)) == is_own, name
        assert (reply_to(person, feedback_of(cast)) is not None) == is_own, name


def test_experts_and_the_focal_point_of_the_state_under_review_write_and_the_focal_point_sends(cast: Cast) -> None:
    writers, senders = set(), set()
    for name, person in cast.people.items():
        try:
            draft(cast, f"Words of {name}.", actor=person)
            writers.add(name)
        except (PolicyRefusedError, Http404):
            pass
    for name, person in reversed(cast.people.items()):
        try:
            send_reply(actor=person, feedback=feedback_of(cast))
            senders.add(name)
        except (PolicyRefusedError, Http404):
            pass
    assert (writers, senders) == ({"focal_point", "expert", "second_expert"}, {"focal_point"})


def test_nobody_overwrites_unseen(cast: Cast) -> None:
    draft(cast)
    with pytest.raises(ConflictError) as conflict:
        draft(cast, "Mine.", base=0)
    assert (conflict.value.current, conflict.value.revision) == (WORDS, 1)
    assert draft(cast, "Second.", base=1).revision == 2
    with pytest.raises(ConflictError, match="what this page showed"):
        draft(cast, "Third.", shown=shown_in_room(cast.review, cast.same_group_state.pk))


@pytest.mark.stage("written_feedback")
def test_there_is_nothing_to_reply_to_before_feedback_is_sent(cast: Cast) -> None:
    feedback = WrittenFeedback.objects.get(review=cast.review, state_party=cast.same_group_state)
    with pytest.raises(Http404):
        draft_reply(actor=cast.expert, feedback=feedback, text=WORDS)


def test_whoever_drafts_has_opened_the_feedback(cast: Cast) -> None:
    assert feedback_of(cast).opened_by is None
    draft(cast)
    assert feedback_of(cast).opened_by == cast.state


# --- Sending


def test_what_is_sent_is_frozen_with_its_hash_and_read_by_the_review_team(cast: Cast) -> None:
    reply = sent(cast)
    feedback = feedback_of(cast)
    assert (reply.room, reply.times_sent) == (None, 1)
    assert reply.sha256 == document_hash(
        {
            "format_version": 1,
            "review": "1-XVE",
            "mechanism": "untoc",
            "reviewing_state": "XLE",
            "feedback_sha256": feedback.sha256,
            "language": "en",
            "text": WORDS,
        }
    )
    cleared = Clearance.objects.get(document_id=reply.pk)
    assert (cleared.state_party, cleared.focal_point, cleared.version, cleared.sha256) == (
        cast.state, cast.focal_point, 1, reply.sha256,
    )  # fmt: skip
    assert AuditEntry.objects.get(verb="dialogue.reply.sent").after == {
        "reviewing_state": "XLE", "sha256": reply.sha256, "number": 1,
    }  # fmt: skip
    for name in ("expert", "same_group_observer", "other_group_expert", "officer"):
        assert reply_to(cast.people[name], feedback) == reply, name
    with pytest.raises(PolicyRefusedError, match="The reply has been sent"):
        draft(cast, "More.")
    with pytest.raises(PolicyRefusedError, match="The reply has been sent"):
        send_reply(actor=cast.focal_point, feedback=feedback)


def test_the_focal_points_of_the_reviewing_states_are_told_and_the_step_stays(cast: Cast) -> None:
    Notification.objects.all().delete()
    sent(cast)
    told = Notification.objects.values_list("recipient", "context__sentence")
    words = "The State under review has replied to written feedback."
    assert set(told) == {(each.pk, words) for each in (cast.same_group_focal_point, cast.other_group_focal_point)}
    assert not Notification.objects.filter(context__icontains=WORDS).exists()
    assert journey.fresh(cast.review).step.slug == "dialogue"


def test_an_empty_or_unseen_text_is_not_sent(cast: Cast) -> None:
    with pytest.raises(ServiceError, match="Write the reply first"):
        send_reply(actor=cast.focal_point, feedback=feedback_of(cast))
    draft(cast)
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        send_reply(actor=cast.focal_point, feedback=feedback_of(cast), base=7)
    draft(cast, " \n")
    with pytest.raises(ServiceError, match="Write the reply first"):
        send_reply(actor=cast.focal_point, feedback=feedback_of(cast))


def test_the_database_freezes_what_was_sent(cast: Cast) -> None:
    reply = FeedbackReply.objects.filter(pk=sent(cast).pk)
    for changed in ({"text": "Other words."}, {"sha256": "0" * 64}, {"sent_at": timezone.now()}):
        with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
            reply.update(**changed)
    with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
        reply.delete()
    with pytest.raises(DatabaseError, match="room of the State under review"), transaction.atomic():
        reply.update(sent_at=None, sha256="", room=cast.same_group_state)


# --- Recall


def test_it_is_recalled_as_long_as_no_reviewing_state_has_opened_it(cast: Cast) -> None:
    first = sent(cast)
    Notification.objects.all().delete()
    reply = recall(cast)
    assert (reply.room, reply.sent_at, reply.sha256, reply.text) == (cast.state, None, "", WORDS)
    assert AuditEntry.objects.get(verb="dialogue.reply.recalled").after == {
        "reviewing_state": "XLE", "sha256": first.sha256, "number": 1,
    }  # fmt: skip
    assert {mail.recipient for mail in Notification.objects.all()} == {
        cast.same_group_focal_point, cast.other_group_focal_point,
    }  # fmt: skip
    assert reply_to(cast.same_group_expert, feedback_of(cast)) is None
    second = sent(cast, "Corrected.")
    assert (second.times_sent, second.recall_reason) == (2, "")
    assert sorted(Clearance.objects.filter(document_id=reply.pk).values_list("version", flat=True)) == [1, 2]
    open_piece(cast.other_group_observer, second, cast.state.pk)
    with pytest.raises(PolicyRefusedError, match="Another State has opened this"):
        recall(cast, number=2)


def test_a_page_from_before_neither_sends_nor_recalls_what_came_since(cast: Cast) -> None:
    sent(cast)
    recall(cast)
    with pytest.raises(ServiceError, match="sent and recalled since"):
        send_reply(actor=cast.focal_point, feedback=feedback_of(cast), number=1)
    send_reply(actor=cast.focal_point, feedback=feedback_of(cast))
    with pytest.raises(ServiceError, match="sent anew since"):
        recall(cast, number=1)


def test_who_reads_for_the_own_state_or_the_secretariat_opens_nothing(cast: Cast, login_as: LoginAs) -> None:
    sent(cast)
    for name in ("focal_point", "observer", "officer"):
        assert WORDS in text_of(login_as(cast.people[name]).get(PAGE))
    assert FeedbackReply.objects.get().opened_by is None
    assert WORDS in text_of(login_as(cast.same_group_observer).get(PAGE))
    assert FeedbackReply.objects.get().opened_by == cast.same_group_state


# --- Pages


def test_the_expert_writes_on_a_page_and_the_focal_point_sends_on_another(cast: Cast, login_as: LoginAs) -> None:
    assert "Write a reply" in text_of(login_as(cast.expert).get(PAGE))
    answered = send_form(login_as(cast.expert), REPLY, {"text": WORDS})
    assert (answered.status_code, answered["Location"]) == (302, f"{PAGE}#reply")
    page = login_as(cast.expert).get(PAGE)
    assert WORDS in text_of(page)
    assert "Only the focal point of the State under review sends a reply to feedback." in text_of(page)
    client = login_as(cast.focal_point)
    assert "told by mail that a reply has come" in text_of(client.get(f"{REPLY}send/"))
    given = carried_by(client.get(f"{REPLY}send/"))
    assert client.post(f"{REPLY}send/", given)["Location"] == f"{PAGE}#reply"
    again = client.post(f"{REPLY}send/", given, follow=True)
    assert "This was done at" in text_of(again)
    assert Clearance.objects.filter(document_type="dialogue.feedbackreply").count() == 1


def test_a_draft_is_on_no_page_of_another_state(cast: Cast, login_as: LoginAs) -> None:
    draft(cast)
    for name in ("same_group_focal_point", "other_group_expert", "officer"):
        page = text_of(login_as(cast.people[name]).get(PAGE))
        assert (WORDS in page, "Reply of" in page) == (False, False), name


def test_the_focal_point_recalls_on_a_page(cast: Cast, login_as: LoginAs) -> None:
    sent(cast)
    client = login_as(cast.focal_point)
    assert "Recall the reply" in text_of(client.get(PAGE))
    given = {**carried_by(client.get(f"{REPLY}recall/")), "reason": "A figure is wrong."}
    assert client.post(f"{REPLY}recall/", given)["Location"] == f"{PAGE}#reply"
    again = client.post(f"{REPLY}recall/", given, follow=True)
    page = text_of(again)
    assert ("It was recalled at" in page, "A figure is wrong." in page) == (True, True)
    assert client.get(f"{REPLY}recall/").status_code == 403


def test_a_second_press_after_a_recall_says_what_is_so(cast: Cast, login_as: LoginAs) -> None:
    draft(cast)
    client = login_as(cast.focal_point)
    form = form_of(client, f"{REPLY}send/")
    assert client.post(f"{REPLY}send/", form, follow=True).status_code == 200
    recall(cast)
    again = client.post(f"{REPLY}send/", form, follow=True)
    assert "It was sent and recalled since you opened this page." in text_of(again)
    assert "The reply has been sent to all States" not in text_of(again)


def test_a_page_to_send_carries_the_revision_of_the_words_that_it_shows(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(cast)

    def before_a_colleague_saves(*given: Any) -> FeedbackReply | None:
        reply = reply_to(*given)
        FeedbackReply.objects.filter(revision=1).update(text="Other words.", revision=2)
        return reply

    client = login_as(cast.focal_point)
    monkeypatch.setattr(views, "reply_to", before_a_colleague_saves)
    page = client.get(f"{REPLY}send/")
    monkeypatch.undo()
    assert WORDS in text_of(page)
    answered = client.post(f"{REPLY}send/", carried_by(page))
    assert (answered.status_code, "has changed since you opened" in text_of(answered)) == (422, True)
    assert "Other words." in text_of(answered)
    assert client.post(f"{REPLY}send/", carried_by(answered)).status_code == 302


def test_the_list_and_the_desk_say_that_there_is_a_reply(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.other_group_expert)
    desk = f"{REVIEW}desk/untoc/article-2/"
    assert "has replied to this feedback" not in text_of(client.get(desk))
    sent(cast)
    assert "Reply sent on" in text_of(client.get(f"{REVIEW}feedback/"))
    page = client.get(desk)
    assert f"{cast.state} has replied to this feedback" in text_of(page)
    assert WORDS not in text_of(page)


@pytest.mark.stage("summary")
def test_it_is_open_as_long_as_the_exchange_is(cast: Cast) -> None:
    assert draft(cast).text == WORDS
    advance_to_next(SYSTEM, journey.fresh(cast.review))
    with pytest.raises(PolicyRefusedError, match="until the review is closed"):
        draft(cast, "Too late.")
