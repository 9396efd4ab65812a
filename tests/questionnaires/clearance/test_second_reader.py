"""Where the focal point wants it an expert reads the answers before they are sent, exactly as they would be."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError, can
from questionnaires.clearance import views
from questionnaires.clearance.models import SecondReading
from questionnaires.clearance.services import ask_second_reader, read_as_second
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.document import draft_submission, hash_of_draft
from tests.core.database.test_row_security import keys
from tests.forms import carried_by, send_form
from tests.questionnaires.answers.autosave import RESPONSE, text_of
from tests.utils import Cast, clear_answers, fresh, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CLEAR, CHOICE, READING = f"{RESPONSE}clear/", f"{RESPONSE}second-reader/", f"{RESPONSE}second-reading/"
ITEM = "I.untoc.1"
UNREAD = "Nobody has read the answers as they stand now."


def response_of(cast: Cast) -> Response:
    return Response.objects.get(review=cast.review)


def ask(cast: Cast, *, is_wanted: bool = True) -> None:
    ask_second_reader(cast.focal_point, response_of(cast), is_wanted=is_wanted)
    fresh(cast)


def read(cast: Cast, *, is_fine: bool = True, word: str = "") -> SecondReading:
    sha256 = hash_of_draft(response_of(cast))
    return read_as_second(cast.expert, response_of(cast), sha256=sha256, is_fine=is_fine, word=word)


def test_without_the_choice_nothing_waits_and_nobody_is_the_second_reader(cast: Cast) -> None:
    assert not can(cast.expert, ResponseAction.READ_AS_SECOND, response_of(cast))
    assert clear_answers(cast.focal_point, response_of(cast)).number == 1


def test_the_focal_point_asks_and_the_experts_are_told(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    assert "Ask for a second reader" in text_of(client.get(CLEAR))
    page = text_of(client.post(CHOICE, {**carried_by(client.get(CLEAR)), "wanted": "1"}, follow=True))
    assert ("Do without a second reader" in page, "Nobody has read the answers yet." in page) == (True, True)
    told = Notification.objects.filter(context__sentence__icontains="asks you to read the answers")
    assert {mail.recipient for mail in told} == {cast.expert, cast.second_expert}
    may = {
        name for name, person in cast.people.items() if can(person, ResponseAction.READ_AS_SECOND, response_of(cast))
    }
    assert may == {"expert", "second_expert"}


def test_whoever_is_asked_to_read_has_it_in_my_work_until_somebody_has(cast: Cast, login_as: LoginAs) -> None:
    def is_asked(person: User) -> bool:
        return f'href="{READING}"' in text_of(login_as(person).get("/en/"))

    assert not is_asked(cast.expert)
    ask(cast)
    assert {name for name, person in cast.people.items() if is_asked(person)} == {"expert", "second_expert"}
    assert f'href="{READING}"' in text_of(login_as(cast.expert).get(RESPONSE))
    read(cast)
    assert not is_asked(cast.second_expert)
    save(response_of(cast), cast.expert, ITEM, choices=("Yes",))
    assert is_asked(cast.second_expert), "nothing is sent before somebody has read them as they stand now"
    read(cast, is_fine=False, word="Which law?")
    assert not is_asked(cast.second_expert)


def test_who_is_asked_anew_after_a_reading_is_told_anew(cast: Cast) -> None:
    told = Notification.objects.filter(
        recipient=cast.expert, context__sentence__icontains="asks you to read the answers"
    )
    for number in (1, 2):
        ask(cast)
        ask(cast, is_wanted=False)
        ask(cast)
        assert told.count() == number
        read(cast)
        ask(cast, is_wanted=False)


def test_nothing_is_sent_before_somebody_has_read_exactly_that(cast: Cast, login_as: LoginAs) -> None:
    ask(cast)
    with pytest.raises(ServiceError, match=UNREAD):
        clear_answers(cast.focal_point, response_of(cast))
    read(cast)
    save(response_of(cast), cast.expert, ITEM, choices=("Yes",))
    page = text_of(login_as(cast.focal_point).get(CLEAR))
    assert ("Read, nothing to add" in page, "the text has changed since" in page) == (True, True)
    answered = send_form(login_as(cast.focal_point), CLEAR, {})
    assert (answered.status_code, UNREAD in text_of(answered)) == (422, True)
    read(cast)
    assert "of the text as it is now" in text_of(login_as(cast.focal_point).get(CLEAR))
    assert clear_answers(cast.focal_point, response_of(cast)).number == 1


def test_who_asks_to_look_again_holds_them_back_until_they_change(cast: Cast, login_as: LoginAs) -> None:
    ask(cast)
    read(cast, is_fine=False, word="Question 1: which law?")
    assert "Question 1: which law?" in text_of(login_as(cast.focal_point).get(CLEAR))
    with pytest.raises(ServiceError, match="asks you to look again"):
        clear_answers(cast.focal_point, response_of(cast))
    ask(cast, is_wanted=False)
    assert clear_answers(cast.focal_point, response_of(cast)).number == 1


def test_the_second_reader_reads_and_says_so_on_one_page(cast: Cast, login_as: LoginAs) -> None:
    ask(cast)
    save(response_of(cast), cast.expert, ITEM, choices=("Yes",))
    client = login_as(cast.expert)
    assert READING in text_of(client.get(RESPONSE))
    assert "Draft – not cleared" in text_of(client.get(READING))
    nothing = send_form(client, READING, {"verdict": "again", "word": " "})
    assert (nothing.status_code, "Say at what the focal point should look again." in text_of(nothing)) == (422, True)
    assert send_form(client, READING, {"verdict": "fine"})["Location"] == RESPONSE
    reading = SecondReading.objects.get()
    assert (reading.read_by, reading.is_fine, reading.sha256) == (cast.expert, True, hash_of_draft(response_of(cast)))


def test_a_page_from_before_a_change_says_nothing_of_what_stands_now(cast: Cast, login_as: LoginAs) -> None:
    ask(cast)
    client = login_as(cast.expert)
    before = {**carried_by(client.get(READING)), "verdict": "again", "word": "As it was typed."}
    save(response_of(cast), cast.focal_point, ITEM, choices=("Yes",))
    stale = client.post(READING, before)
    page = text_of(stale)
    assert (stale.status_code, "The answers have changed since" in page, "As it was typed." in page) == (
        422,
        True,
        True,
    )
    assert not SecondReading.objects.exists()


def test_nobody_vouches_for_words_that_came_while_the_page_was_made(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(cast)

    def changed_right_after(response: Response) -> ResponseSubmission:
        shown = draft_submission(response)
        save(response_of(cast), cast.focal_point, ITEM, choices=("Yes",))
        return shown

    client = login_as(cast.expert)
    monkeypatch.setattr(views, "draft_submission", changed_right_after)
    carried = carried_by(client.get(READING))
    monkeypatch.undo()
    assert client.post(READING, {**carried, "verdict": "fine"}).status_code == 422
    assert not SecondReading.objects.exists()


def test_what_a_second_reader_says_stays_with_those_who_read_the_whole_draft(cast: Cast) -> None:
    ask(cast)
    reading = read(cast, is_fine=False, word="Between us.")
    readers = {name for name, person in cast.people.items() if reading.pk in keys(SecondReading, person)}
    assert readers == {"focal_point", "expert", "second_expert", "observer"}
    with pytest.raises(PolicyRefusedError):
        read_as_second(cast.focal_point, response_of(cast), sha256=reading.sha256, is_fine=True, word="")
    assert not ResponseSubmission.objects.exists()
