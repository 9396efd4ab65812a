"""Feedback that is brought in after a recall, and a reply to what gives way to another file."""

import pytest

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.feedback.services import recall_feedback
from reviews.bringing.enums import StateWord
from reviews.bringing.services import say_for_state
from reviews.cases.models import Clearance, Review
from tests import journey
from tests.at_once import clear_feedback, draft_reply, send_reply
from tests.dialogue.bringing.conftest import with_answers
from tests.dialogue.bringing.feedback import file_of
from tests.dialogue.bringing.test_feedback import OTHER, feedback_of, piece_of
from tests.dialogue.exchange.exchange import comment
from tests.forms import carried_by
from tests.questionnaires.bringing.answers import client_of
from tests.reviews.bringing.files import brought_in, words
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(with_answers)]
EARLIER = "This is a reply to an earlier text of the feedback"


def recalled(cast: Cast) -> None:
    """Sent here, recalled, and emptied."""
    focal_point = cast.same_group_focal_point
    comment(cast.review, cast.same_group_state, cast.same_group_expert, "Words.")
    clear_feedback(actor=focal_point, feedback=feedback_of(cast))
    given = {"reason": "Why it was.", "number": 1, "step": "written_feedback"}
    recall_feedback(actor=focal_point, feedback=feedback_of(cast), **given)
    FeedbackComment.objects.all().delete()


def page_of(cast: Cast) -> str:
    return f"/en/untoc/reviews/{cast.review.code}/feedback/{cast.same_group_state.iso3}/"


def replaced(cast: Cast, officer: User) -> None:
    """The State objects to what was brought in, and another file comes."""
    say_for_state(actor=cast.same_group_focal_point, piece=piece_of(cast), word=StateWord.OBJECTED, reason="A draft.")
    brought_in(file_of(cast.review, cast.same_group_state, officer, OTHER))


def test_what_is_brought_in_after_a_recall_shows_no_clearance(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    recalled(brought_cast)
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    row = feedback_of(brought_cast)
    assert (row.recalled_at, row.recall_reason, row.second_reader) == (None, "", None)
    assert Clearance.objects.filter(document_id=row.pk).count() == 1
    shown = words(client_of(brought_cast.same_group_observer).get(page_of(brought_cast)))
    assert ("It was not cleared in this portal." in shown, "Cleared by" in shown) == (True, False)


def test_a_reply_to_what_gave_way_to_another_file_says_so(brought_cast: Cast, review: Review, officer: User) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    fresh = WrittenFeedback.objects.get(pk=feedback_of(brought_cast).pk)
    draft_reply(actor=brought_cast.expert, feedback=fresh, text="The law was amended.")
    send_reply(actor=brought_cast.focal_point, feedback=fresh)
    page = page_of(brought_cast)
    assert EARLIER not in words(client_of(brought_cast.expert).get(page))
    replaced(brought_cast, officer)
    shown = words(client_of(brought_cast.other_group_expert).get(page))
    assert ("The law was amended." in shown, EARLIER in shown) == (True, True)


def test_a_reply_is_neither_drafted_nor_sent_to_words_that_were_not_shown(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    brought_in(file_of(review, brought_cast.same_group_state, officer))
    draft_reply(actor=brought_cast.expert, feedback=feedback_of(brought_cast), text="The law was amended.")
    client, page = client_of(brought_cast.focal_point), f"{page_of(brought_cast)}reply/"
    forms = {address: carried_by(client.get(address)) for address in (page, f"{page}send/")}
    forms[page]["text"] = "More."
    replaced(brought_cast, officer)
    for address, given in forms.items():
        answered = client.post(address, given)
        shown = words(answered)
        assert (answered.status_code, "The feedback has changed since you opened" in shown) == (422, True), address
    answered = client.post(page, forms[page])
    assert ("As it was sent." in words(answered), "More." in words(answered)) == (True, True)
    assert client.post(page, {**forms[page], **carried_by(answered)}).status_code == 302
    assert journey.fresh(review).step.slug == "written_feedback"
