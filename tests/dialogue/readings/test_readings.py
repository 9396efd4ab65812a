"""A second person of a reviewing State reads its feedback before that is sent, where somebody of it asks for that."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.models import FeedbackReading, WrittenFeedback
from dialogue.exchange.selectors import own_feedback, readings_of
from dialogue.feedback import views
from dialogue.feedback.services import hash_of_draft
from dialogue.readings.services import ask_reader, read_as_second
from reviews.programme.models import Limit
from tests import journey
from tests.at_once import clear_feedback
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import text_of
from tests.forms import carried_by, send_form
from tests.portal.work.test_my_work import own
from tests.utils import Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
PAGE = "/en/untoc/reviews/1-XVE/feedback/XLE/"
TASK = "Read the feedback of your State before it is sent"


@pytest.fixture
def written(cast: Cast) -> Cast:
    journey.write_feedback(cast.review, cast.same_group_expert, "Words of an expert.")
    return cast


def feedback_of(cast: Cast) -> WrittenFeedback:
    found = own_feedback(cast.same_group_focal_point, journey.fresh(cast.review))
    assert found is not None
    return found


def ask(cast: Cast, reader: str = "same_group_focal_point", actor: str = "same_group_expert") -> WrittenFeedback:
    return ask_reader(actor=cast.people[actor], feedback=feedback_of(cast), reader=cast.people[reader].pk)


def read(
    cast: Cast, reader: str = "same_group_focal_point", *, is_fine: bool = True, word: str = ""
) -> FeedbackReading:
    feedback = feedback_of(cast)
    said = {"sha256": hash_of_draft(feedback), "is_fine": is_fine, "word": word}
    return read_as_second(actor=cast.people[reader], feedback=feedback, **said)


def requires_a_reader(cast: Cast) -> None:
    Limit.objects.filter(mechanism=cast.review.mechanism, key="feedback_second_reader").update(value=1)


def test_who_drafts_asks_a_colleague_who_is_told_and_finds_it_in_the_own_work(written: Cast) -> None:
    Notification.objects.all().delete()
    ask(written)
    assert [mail.recipient for mail in Notification.objects.all()] == [written.same_group_focal_point]
    assert TASK in own(written.same_group_focal_point)
    assert [name for name in written.people if TASK in own(written.people[name])] == ["same_group_focal_point"]
    assert AuditEntry.objects.get(verb="dialogue.feedback.reader_asked").room == "XLE"
    ask(written, "same_group_observer")
    assert TASK not in own(written.same_group_focal_point), "one at a time"


def test_who_is_asked_anew_after_a_reading_is_told_anew(written: Cast) -> None:
    Notification.objects.all().delete()
    for number in (1, 2):
        ask(written)
        ask(written)
        assert Notification.objects.filter(recipient=written.same_group_focal_point).count() == number
        read(written)


def test_a_page_to_read_carries_no_token_of_words_that_it_does_not_show(
    written: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(written)
    original = views.feedback_text

    def before_a_colleague_saves(*given: Any, **more: Any) -> Any:
        text = original(*given, **more)
        feedback_of(written).comments.update(text="Other words.")
        return text

    client = login_as(written.same_group_focal_point)
    monkeypatch.setattr(views, "feedback_text", before_a_colleague_saves)
    page = client.get(f"{PAGE}reading/")
    monkeypatch.undo()
    assert carried_by(page)["sha256"] != hash_of_draft(feedback_of(written))
    answered = client.post(f"{PAGE}reading/", {**carried_by(page), "verdict": "fine"})
    assert (answered.status_code, "Other words." in text_of(answered)) == (422, True)


def test_only_others_of_the_own_state_are_asked_and_by_those_who_draft(written: Cast) -> None:
    for reader in ("same_group_expert", "other_group_expert", "expert", "stranger"):
        with pytest.raises(ServiceError, match="Choose somebody else"):
            ask(written, reader)
    with pytest.raises(ServiceError, match="Choose somebody else"):
        ask_reader(actor=written.same_group_expert, feedback=feedback_of(written), reader=uuid4())
    for actor in ("same_group_observer", "other_group_expert", "focal_point", "officer"):
        with pytest.raises((PolicyRefusedError, Http404)):
            ask(written, actor=actor)


def test_what_is_said_is_of_exactly_these_words_and_ends_the_asking(written: Cast) -> None:
    ask(written)
    feedback = feedback_of(written)
    with pytest.raises(ServiceError, match="has changed since"):
        read_as_second(actor=written.same_group_focal_point, feedback=feedback, sha256="0" * 64, is_fine=True)
    with pytest.raises(ServiceError, match="Say at what"):
        read(written, is_fine=False, word=" ")
    reading = read(written, is_fine=False, word="A word is missing.")
    assert (reading.sha256, reading.word, reading.room) == (
        hash_of_draft(feedback), "A word is missing.", written.same_group_state,
    )  # fmt: skip
    assert feedback_of(written).second_reader is None
    with pytest.raises(PolicyRefusedError, match="Nobody has asked you"):
        read(written)
    assert not AuditEntry.objects.filter(after__icontains="missing").exists()


def test_nobody_outside_of_the_state_reads_it_nor_in_a_common_room(cast: Cast) -> None:
    set_common_room(cast.review)
    journey.write_feedback(journey.fresh(cast.review), cast.same_group_expert, "Words of an expert.")
    written = cast
    ask(written)
    reading = read(written, is_fine=False, word="A word is missing.")
    for name, person in written.people.items():
        is_own = name.startswith("same_group")
        assert (reading.pk in keys(FeedbackReading, person)) == is_own, name
        assert bool(readings_of(person, feedback_of(written))) == is_own, name


def test_the_page_to_clear_says_whether_this_very_text_was_read(written: Cast, login_as: LoginAs) -> None:
    client = login_as(written.same_group_focal_point)
    assert "Nobody else has read the feedback yet." in text_of(client.get(f"{PAGE}clear/"))
    ask(written, "same_group_observer")
    read(written, "same_group_observer")
    page = text_of(client.get(f"{PAGE}clear/"))
    assert ("Read, nothing to add" in page, "of the text as it is now" in page) == (True, True)
    feedback = feedback_of(written)
    row = feedback.comments.get()
    row.text = "Other words."
    row.save()
    assert "the text has changed since" in text_of(client.get(f"{PAGE}clear/"))
    assert client.post(f"{PAGE}clear/", carried_by(client.get(f"{PAGE}clear/"))).status_code == 302, "a hint"


def test_where_the_rules_ask_for_a_reader_nothing_is_sent_without(written: Cast, login_as: LoginAs) -> None:
    requires_a_reader(written)
    client = login_as(written.same_group_focal_point)
    wanted = "Nobody else of your State has read the feedback as it stands now"
    assert wanted in text_of(client.get(f"{PAGE}clear/"))
    answered = send_form(client, f"{PAGE}clear/")
    assert (answered.status_code, wanted in text_of(answered)) == (422, True)
    ask(written)
    read(written)  # the focal point, who sends it
    with pytest.raises(ServiceError, match="Nobody else of your State"):
        clear_feedback(actor=written.same_group_focal_point, feedback=feedback_of(written))
    ask(written, "same_group_observer")
    read(written, "same_group_observer", is_fine=False, word="Again.")
    with pytest.raises(ServiceError, match="asks you to look again"):
        clear_feedback(actor=written.same_group_focal_point, feedback=feedback_of(written))
    ask(written, "same_group_observer")
    read(written, "same_group_observer")
    sent = clear_feedback(actor=written.same_group_focal_point, feedback=feedback_of(written))
    assert (sent.status, sent.second_reader) == ("sent", None)


def test_one_asks_and_reads_on_pages(written: Cast, login_as: LoginAs) -> None:
    client = login_as(written.same_group_expert)
    assert "Ask for a second reader" in text_of(client.get(PAGE))
    nobody = send_form(client, f"{PAGE}reader/")
    assert (nobody.status_code, "Choose who should read it." in text_of(nobody)) == (422, True)
    assert send_form(client, f"{PAGE}reader/", {"reader": str(written.same_group_observer.pk)})["Location"] == PAGE
    client = login_as(written.same_group_observer)
    page = client.get(f"{PAGE}reading/")
    assert "Words of an expert." in text_of(page)
    unsaid = client.post(f"{PAGE}reading/", {**carried_by(page), "verdict": "again"})
    assert (unsaid.status_code, "Say at what the focal point should look again." in text_of(unsaid)) == (422, True)
    given = {**carried_by(page), "verdict": "again", "word": "A word is missing."}
    assert client.post(f"{PAGE}reading/", given)["Location"] == PAGE
    assert "A word is missing." in text_of(client.get(PAGE))
    assert "A word is missing." not in text_of(login_as(written.officer).get("/en/untoc/reviews/1-XVE/feedback/"))
