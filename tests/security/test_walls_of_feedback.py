"""What was sent of feedback and replies is taken back by the focal point of its State alone (docs/adr/0075)."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from core.database.identity import identified_as
from dialogue.exchange.models import FeedbackReply, WrittenFeedback
from dialogue.exchange.selectors import get_feedback_for
from tests import journey
from tests.at_once import draft_reply, send_reply
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.stage("dialogue"),
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything"),
]
NO = "Cannot update rows"
TAKE_FEEDBACK = """
    UPDATE reviews_writtenfeedback SET status = 'draft', sent_at = NULL, sha256 = '', document = NULL, room_id = %s,
        state_party_id = %s WHERE id = %s
"""
TAKE_REPLY = "UPDATE dialogue_feedbackreply SET sent_at = NULL, sha256 = '', room_id = %s WHERE id = %s"
REPLY = """
    INSERT INTO dialogue_feedbackreply (id, created_at, updated_at, language, review_id, room_id, feedback_id, text,
        text_html, revision, written_by_id, sha256, sent_at, times_sent, recall_reason)
    VALUES (gen_random_uuid(), now(), now(), 'en', %s, %s, %s, 'Forged.', '', 1, %s, %s, now(), 1, '')
"""


def feedback_of(cast: Cast) -> WrittenFeedback:
    return get_feedback_for(cast.focal_point, journey.fresh(cast.review), "XLE")


def sent_reply(cast: Cast) -> FeedbackReply:
    draft_reply(actor=cast.expert, feedback=feedback_of(cast), text="The law was amended.")
    return send_reply(actor=cast.focal_point, feedback=feedback_of(cast))


def test_nobody_takes_feedback_into_another_room_or_for_another_state(cast: Cast) -> None:
    row = feedback_of(cast).pk
    for name in ("expert", "focal_point", "observer", "other_group_expert", "other_group_focal_point"):
        own = cast.participations[name].state_party.pk
        with identified_as(cast.people[name]):
            refused(TAKE_FEEDBACK, own, own, row, words=NO)
            refused(TAKE_FEEDBACK, own, cast.same_group_state.pk, row, words=NO)
            refused(TAKE_FEEDBACK, cast.same_group_state.pk, cast.same_group_state.pk, row, words=NO)


def test_feedback_is_taken_back_by_the_focal_point_of_its_state_alone(cast: Cast) -> None:
    taken = (cast.same_group_state.pk, cast.same_group_state.pk, feedback_of(cast).pk)
    for name in ("same_group_expert", "same_group_observer", "officer"):
        with identified_as(cast.people[name]):
            refused(TAKE_FEEDBACK, *taken, words=NO)
    with identified_as(cast.same_group_focal_point):
        refused(TAKE_FEEDBACK, cast.same_group_state.pk, cast.other_group_state.pk, taken[2], words=NO)
        assert run(TAKE_FEEDBACK, *taken) == 1


def test_a_reply_is_taken_back_by_the_focal_point_of_the_state_under_review_alone(cast: Cast) -> None:
    reply = sent_reply(cast).pk
    for name in ("expert", "observer", "same_group_focal_point", "other_group_expert", "officer"):
        with identified_as(cast.people[name]):
            refused(TAKE_REPLY, cast.state.pk, reply, words=NO)
    with identified_as(cast.focal_point):
        assert run(TAKE_REPLY, cast.state.pk, reply) == 1


def test_a_reply_begins_in_the_room_of_its_state_and_nowhere_else(cast: Cast) -> None:
    feedback = feedback_of(cast).pk
    for name in ("focal_point", "same_group_expert", "other_group_focal_point", "officer"):
        person = cast.people[name]
        with identified_as(person):
            refused(REPLY, cast.review.pk, None, feedback, person.pk, "0" * 64, words="begins as a draft in the room")
    assert not FeedbackReply.objects.exists()


def test_a_reply_that_was_not_sent_lies_in_a_room(cast: Cast) -> None:
    draft_reply(actor=cast.expert, feedback=feedback_of(cast), text="The law was amended.")
    with pytest.raises(IntegrityError, match="reply_unsent_lies_in_a_room"), transaction.atomic():
        FeedbackReply.objects.update(room=None)
