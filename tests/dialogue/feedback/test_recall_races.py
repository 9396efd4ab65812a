"""A recall of feedback and a reading at the same moment: one of them is first. (These tests commit.)"""

import pytest
from django.test import Client

from core.policy import PolicyRefusedError
from dialogue.exchange.models import WrittenFeedback
from dialogue.exchange.selectors import get_feedback_for
from dialogue.feedback.services import recall_feedback
from reviews.drafts.openings import open_piece
from tests import journey, utils
from tests.questionnaires.sending.test_recall_races import waits_for
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/en/untoc/reviews/1-XVE/feedback/XLE/"


def recall(cast: Cast) -> str:
    feedback = get_feedback_for(cast.same_group_focal_point, journey.fresh(cast.review), "XLE")
    try:
        given = {"reason": "A figure is wrong.", "number": 1, "step": "dialogue"}
        recall_feedback(actor=cast.same_group_focal_point, feedback=feedback, **given)
    except PolicyRefusedError as error:
        return str(error.decision.reason)
    return "recalled"


def read(cast: Cast) -> str:
    answered = login_as(Client(), cast.expert).get(PAGE)
    return "told" if "Its State has recalled this." in answered.content.decode() else f"{answered.status_code}"


def stands(cast: Cast) -> tuple[str, str, object]:
    row = WrittenFeedback.objects.get(review=cast.review, state_party=cast.same_group_state)
    return row.status, journey.fresh(cast.review).step.slug, row.opened_by


def test_who_reads_while_it_is_being_recalled_is_told_and_has_opened_nothing() -> None:
    cast = utils.make_cast("dialogue")
    assert waits_for(lambda: recall(cast), lambda: read(cast)) == "told"
    assert stands(cast) == ("draft", "written_feedback", None)


def test_a_recall_that_comes_while_somebody_begins_to_read_is_refused() -> None:
    cast = utils.make_cast("dialogue")
    found = get_feedback_for(cast.expert, journey.fresh(cast.review), "XLE")
    refused = "Another State has opened this: it can no longer be recalled."
    assert waits_for(lambda: open_piece(cast.expert, found, cast.same_group_state.pk), lambda: recall(cast)) == refused
    assert stands(cast) == ("sent", "dialogue", cast.state)
