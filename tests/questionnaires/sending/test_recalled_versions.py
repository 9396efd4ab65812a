"""What was recalled is not sent again by a page from before, and its own State reads it as it was sent."""

import datetime as dt
import re

import pytest

from questionnaires.definitions.services import import_version
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.services import recall_response
from questionnaires.submissions.selectors.submissions import latest_submission
from reviews.cases.enums import TimeChangeStatus
from reviews.cases.models import TimeChange
from reviews.dates.selectors import milestone_of
from reviews.dates.services import answer_time_change, ask_extension
from tests.factories.accounts import OfficerFactory
from tests.forms import carried_by
from tests.permissions.reading import signed_in
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.questionnaires.moving.moving import moved, second
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.stage("self_assessment")]
CLEAR = f"{RESPONSE}clear/"
WHY = "An annex was forgotten."
PARENT, CHANGED = "I.untoc.1", "I.untoc.1.a"


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


# --- What was recalled


def test_recalled_versions_are_listed_before_and_after_the_next_sending(cast: Cast) -> None:
    """Each with its number, its checksum, who had cleared it and a way to it."""
    first = send(cast)
    client = signed_in(cast.observer)
    assert "Recalled versions" not in text_of(client.get(RESPONSE))
    recall(cast)
    pages = [text_of(client.get(RESPONSE))]
    save(Response.objects.get(review=cast.review), cast.expert, PARENT, choices=("Yes",))
    second = send(cast)
    pages.append(text_of(client.get(RESPONSE)))
    for page in pages:
        assert f'href="{RESPONSE}sent/1/"' in page
        assert first.sha256 in page
        assert f"Cleared and sent by <bdi>{cast.focal_point.full_name}</bdi>" in page
    assert (f'href="{RESPONSE}sent/2/"' in pages[1], second.sha256 in pages[1]) == (False, False)
    assert "Recalled versions" not in text_of(signed_in(cast.contributor).get(RESPONSE, follow=True))


def test_a_recalled_version_is_read_as_it_was_sent(cast: Cast) -> None:
    response = Response.objects.get(review=cast.review)
    save(response, cast.expert, PARENT, choices=("Yes",))
    save(response, cast.expert, CHANGED, text="As it was sent.")
    first = send(cast)
    recall(cast)
    save(response, cast.expert, CHANGED, text="As it is now.", base=1)
    client = signed_in(cast.expert)
    page = text_of(client.get(f"{RESPONSE}sent/1/"))
    assert [words in page for words in (first.sha256, "As it was sent.", "was recalled", "As it is now.")] == [
        True,
        True,
        True,
        False,
    ]
    assert client.get(f"{RESPONSE}sent/2/").status_code == 404
    send(cast)
    page = text_of(client.get(f"{RESPONSE}sent/2/"))
    assert ("As it is now." in page, "was recalled" in page) == (True, False)


def test_its_own_state_alone_reads_a_recalled_version(cast: Cast) -> None:
    send(cast)
    recall(cast)
    send(cast)
    readers = set(cast.own_side) - {"contributor"}
    for name, person in cast.people.items():
        answered = signed_in(person).get(f"{RESPONSE}sent/1/")
        assert (answered.status_code == 200) == (name in readers), name


def test_a_recalled_version_keeps_the_questions_to_which_it_answered(cast: Cast) -> None:
    """Also where the answers have moved to the next version of the questionnaire since: 1 (a) is gone there."""
    save(Response.objects.get(review=cast.review), cast.expert, PARENT, choices=("Yes",))
    import_version(OfficerFactory(), second())
    client = signed_in(cast.focal_point)
    send(cast)
    before = text_of(client.get(f"{RESPONSE}sent/1/"))
    recall(cast)
    moved(cast)
    after = text_of(client.get(f"{RESPONSE}sent/1/"))
    questions = [re.findall(r'id="(q-[^"]+)"', page) for page in (before, after)]
    assert questions[0] == questions[1]
    assert "q-I-untoc-1-a" in questions[1]
    assert "q-I-untoc-83" not in questions[1]


# --- Dates


def ask_for_time(cast: Cast, until: dt.date) -> TimeChange:
    milestone = milestone_of(cast.review, "answers_sent")
    return ask_extension(
        actor=cast.focal_point, review=cast.review, milestone=milestone, until=until, reason="A new law."
    )


def due_on(cast: Cast) -> dt.date:
    return milestone_of(cast.review, "answers_sent").due_on


def test_more_time_that_was_agreed_holds_after_a_recall_and_a_request_that_lapsed_is_made_anew(cast: Cast) -> None:
    agreed, wanted = due_on(cast) + dt.timedelta(days=30), due_on(cast) + dt.timedelta(days=60)
    first = ask_for_time(cast, agreed)
    for name in ("same_group_focal_point", "other_group_focal_point"):
        answer_time_change(actor=cast.people[name], change=first, agrees=True)
    second = ask_for_time(cast, wanted)
    send(cast)
    recall(cast)
    second.refresh_from_db()
    assert (due_on(cast), second.status) == (agreed, TimeChangeStatus.LAPSED)
    assert ask_for_time(cast, wanted).status == TimeChangeStatus.ASKED
