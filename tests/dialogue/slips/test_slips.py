"""Marks and notes at the desk: kept in the room of a reviewing State, for its own people alone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from dialogue.slips.enums import SlipMark
from dialogue.slips.models import DeskSlip, DeskVisit, SlipReading
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import ARTICLE_5, QUESTION, REVIEW, comment, entry, text_of
from tests.forms import send_form
from tests.plain_role import HAS_TWO_ROLES
from tests.utils import Cast, set_common_room

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
MARK, NOTE = f"{REVIEW}slips/questions/{QUESTION}/mark/", f"{REVIEW}slips/questions/{QUESTION}/note/"
CANARY = "Canary of the slip"


def press(client: Client, what: str, **more: Any) -> Any:
    return client.post(MARK, {"press": what}, **more)


def marks(client: Client) -> list[SlipMark]:
    return list(entry(client.get(ARTICLE_5)).set_marks)


@pytest.mark.stage("written_feedback")
def test_a_mark_is_set_and_taken_away_and_twice_is_once(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    assert marks(client) == []
    for mark in SlipMark:
        pressed = press(client, f"{mark}:1")
        assert (pressed.status_code, pressed["Location"]) == (302, f"{ARTICLE_5}#q-I-untoc-5")
        press(client, f"{mark}:1")
    assert marks(client) == list(SlipMark)
    assert (DeskSlip.objects.count(), SlipReading.objects.count()) == (1, 1)
    for mark in SlipMark:
        assert press(client, f"{mark}:0", headers=HTMX).json() == {"is_set": False}
    assert marks(client) == []


@pytest.mark.stage("written_feedback")
def test_reading_is_of_the_person_and_the_other_marks_are_of_the_state(cast: Cast, login_as: LoginAs) -> None:
    for mark in SlipMark:
        press(login_as(cast.same_group_expert), f"{mark}:1")
    colleague = login_as(cast.same_group_focal_point)
    row = entry(colleague.get(ARTICLE_5))
    assert row.set_marks == [SlipMark.ASK, SlipMark.OBSERVE]
    assert [each.name for each in row.slip.readers] == ["Same Group Expert"]
    press(colleague, "ask:0")
    assert marks(login_as(cast.same_group_expert)) == [SlipMark.READ, SlipMark.OBSERVE]


@pytest.mark.stage("written_feedback")
@pytest.mark.parametrize("what", ["", "ask", "ask:2", "praise:1", "read:", "ask:1:1"])
def test_what_no_button_says_marks_nothing(cast: Cast, login_as: LoginAs, what: str) -> None:
    client = login_as(cast.same_group_expert)
    assert press(client, what).status_code == 302
    assert press(client, what, headers=HTMX).status_code == 422
    assert not DeskSlip.objects.exists()


@pytest.mark.stage("written_feedback")
def test_a_note_is_saved_by_itself_and_a_colleagues_is_not_overwritten(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    saved = send_form(client, NOTE, {"text": "Look at 2019."}, headers=HTMX)
    assert (saved.status_code, "<html" in saved.content.decode()) == (200, False)
    late = send_form(login_as(cast.same_group_focal_point), NOTE, {"text": "Look at 2021.", "base": 0})
    assert late.status_code == 422
    assert "Look at 2019." in text_of(late)
    assert "Look at 2021." in late.content.decode()
    assert DeskSlip.objects.get().text == "Look at 2019."
    row = entry(client.get(ARTICLE_5))
    assert (row.note.text, row.note.base) == ("Look at 2019.", 1)


@pytest.mark.stage("written_feedback")
def test_a_note_knows_its_audience_and_a_common_room_opens_none(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    refused = client.post(NOTE, {"text": CANARY, "base": 0, "shown": "table:XAL,XLE,XVE"})
    assert refused.status_code == 422
    assert CANARY in refused.content.decode()
    assert not DeskSlip.objects.filter(text=CANARY).exists()
    set_common_room(cast.review)
    assert send_form(client, NOTE, {"text": CANARY}).status_code == 302
    press(client, "ask:1")
    slip = DeskSlip.objects.get()
    own = {"same_group_expert", "same_group_focal_point", "same_group_observer"}
    for part, user in cast.people.items():
        page = login_as(user).get(ARTICLE_5)
        assert (CANARY in page.content.decode()) == (part in own), part
        if HAS_TWO_ROLES:
            assert keys(DeskSlip, user) == ({slip.pk} if part in own else set()), part
    assert entry(login_as(cast.other_group_expert).get(ARTICLE_5)).set_marks == []


@pytest.mark.stage("written_feedback")
def test_who_may_only_read_finds_the_note_and_no_button(cast: Cast, login_as: LoginAs) -> None:
    send_form(login_as(cast.same_group_expert), NOTE, {"text": "Look at 2019."})
    row = entry(login_as(cast.same_group_observer).get(ARTICLE_5))
    assert (row.note, row.note_text, row.mark_url) == (None, "Look at 2019.", "")
    assert press(login_as(cast.same_group_observer), "ask:1").status_code == 403
    assert press(login_as(cast.expert), "ask:1").status_code == 403
    assert press(login_as(cast.stranger), "ask:1").status_code == 404


@pytest.mark.stage("written_feedback")
def test_no_slip_lies_on_the_table_or_twice_at_a_place(cast: Cast) -> None:
    slip = DeskSlip(review=cast.review, language="en", question_code=QUESTION)
    slip.instrument = cast.review.instruments.get(slug="untoc")
    with pytest.raises(IntegrityError), transaction.atomic():
        slip.save()
    slip.room = cast.same_group_state
    slip.save()
    slip.pk = None
    slip._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        slip.save()


@pytest.mark.stage("written_feedback")
def test_the_desk_is_narrowed_by_marks(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    press(client, "ask:1")
    press(client, "read:1")
    shown = {
        name: [row.place.question for row in client.get(f"{ARTICLE_5}?show={name}").context["questions"]]
        for name in ("ask", "observe", "unread", "note", "nonsense")
    }
    assert (shown["ask"], shown["observe"], shown["note"]) == ([QUESTION], [], [])
    assert QUESTION not in shown["unread"]
    assert QUESTION in shown["nonsense"]
    counts = {each.value: each.count for each in client.get(ARTICLE_5).context["filters"]}
    assert (counts["ask"], counts["observe"], counts["changed"]) == (1, 0, 0)
    assert login_as(cast.focal_point).get(ARTICLE_5).context["filters"] == []


@pytest.mark.stage("written_feedback")
def test_what_colleagues_did_since_the_visit_before_is_told(cast: Cast, login_as: LoginAs) -> None:
    login_as(cast.same_group_expert).get(ARTICLE_5)
    then = timezone.now() - dt.timedelta(days=1)
    DeskVisit.objects.update(seen_at=then)
    comment(cast.review, cast.same_group_state, cast.same_group_focal_point, "A colleague's.")
    send_form(login_as(cast.same_group_focal_point), NOTE, {"text": "Look at 2019."})
    row = entry(login_as(cast.same_group_expert).get(ARTICLE_5))
    assert [words.replace("\u2068", "").replace("\u2069", "") for words in row.changes] == [
        "your State’s feedback by Same Group Focal Point",
        "the note by Same Group Focal Point",
    ]
    narrowed = login_as(cast.same_group_expert).get(f"{ARTICLE_5}?show=changed")
    assert len(narrowed.context["questions"]) == 1
    assert entry(login_as(cast.same_group_focal_point).get(ARTICLE_5)).changes == []
    own = DeskVisit.objects.get(user=cast.same_group_expert)
    assert own.before_at == then
    if HAS_TWO_ROLES:
        assert keys(DeskVisit, cast.same_group_expert) == {own.pk}
