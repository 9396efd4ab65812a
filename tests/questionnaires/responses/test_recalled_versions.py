"""What was recalled is not sent again by a page from before, and its own State reads it as it was sent."""

import pytest

from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.responses.selectors.submissions import latest_submission
from questionnaires.responses.services import recall_response
from tests.forms import carried_by
from tests.permissions.reading import signed_in
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.utils import Cast, clear_answers, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.stage("in_clearance")]
CLEAR = f"{RESPONSE}clear/"
WHY = "An annex was forgotten."


def recall(cast: Cast, *, number: int = 1) -> None:
    recall_response(cast.focal_point, Response.objects.get(review=cast.review), reason=WHY, number=number)
    fresh(cast)


def send(cast: Cast) -> ResponseSubmission:
    submission = clear_answers(cast.focal_point, Response.objects.get(review=cast.review))
    fresh(cast)
    return submission


# --- Sending


def test_a_page_from_before_does_not_send_recalled_answers_again(cast: Cast) -> None:
    """The answers are the same, so that their checksum tells nothing: the page says which version it would send."""
    client = signed_in(cast.focal_point)
    before = carried_by(client.get(CLEAR))
    send(cast)
    recall(cast)
    answered = client.post(CLEAR, before)
    page = text_of(answered)
    said = "The answers were sent and recalled since you opened this page."
    assert (answered.status_code, said in page, "They go out as version 2." in page) == (422, True, True)
    assert Response.objects.get(review=cast.review).status == ResponseStatus.OPEN
    assert client.post(CLEAR, carried_by(answered)).status_code == 302
    sent = latest_submission(cast.review)
    assert sent is not None
    assert sent.number == 2


def test_the_page_that_has_sent_them_says_that_they_were_recalled_where_it_is_sent_once_more(cast: Cast) -> None:
    client = signed_in(cast.focal_point)
    given = {**carried_by(client.get(CLEAR)), "csrfmiddlewaretoken": "one-page"}
    assert client.post(CLEAR, given).status_code == 302
    client.get(RESPONSE)  # which says that they were sent
    recall(cast)
    again = client.post(CLEAR, given, follow=True)
    page = text_of(again)
    assert again.redirect_chain[0][0] == RESPONSE
    assert ("The answers were recalled at" in page, "can read them now" in page) == (True, False)
    assert Response.objects.get(review=cast.review).status == ResponseStatus.OPEN


@pytest.mark.parametrize("number", [{}, {"number": ""}, {"number": "one"}])
def test_a_page_that_does_not_say_which_version_it_would_send_sends_none(cast: Cast, number: dict[str, str]) -> None:
    client = signed_in(cast.focal_point)
    carried = carried_by(client.get(CLEAR))
    assert carried.pop("number") == "1"
    assert client.post(CLEAR, {**carried, **number}).status_code == 422
    assert not ResponseSubmission.objects.exists()
