"""What is said below a suggestion: among colleagues it stays in their State, and a focal point speaks to all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import ConflictError, OutdatedError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestion_notes.selectors import threads_of
from observations.suggestion_notes.services import mark_resolved, write_to_colleagues as write_as_shown
from observations.suggestions.models import Suggestion
from observations.texts.models import AgreedText, Observation
from reviews.cases.enums import News
from reviews.cases.models import Review
from reviews.drafts.situations import shown_on_table
from tests import journey
from tests.at_once import write_to_all, write_to_colleagues
from tests.forms import send_form
from tests.observations.clearance.texts import LIST, table, words_of
from tests.observations.suggestions.wording import STANDS, suggest_now, withdraw_now
from tests.utils import Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LoginAs = Callable[[User], Client]
SHORTER = STANDS.replace("persons who hold", "holders of")


@pytest.fixture
def first(cast: Cast, cast_at: Callable[[str], Cast]) -> Observation:
    cast_at("observations")
    text = journey.list_of(cast.review)
    table(cast, text, STANDS)
    return Observation.objects.get(agreed_text=text)


@pytest.fixture
def laid(cast: Cast, first: Observation) -> Suggestion:
    return suggest_now(cast.focal_point, first, SHORTER)


def said(person: User, row: Suggestion) -> dict[bool, list[str]]:
    """What a person finds: before all States, and among the own people."""
    row = Suggestion.objects.get(pk=row.pk)
    row.review = Review.objects.get(pk=row.review_id)
    return {each.is_to_all: [note.text for note in each.notes] for each in threads_of(person, row)}


def told(news: News) -> set[User]:
    return {each.recipient for each in Notification.objects.filter(key__startswith=f"{news}:")}


def test_colleagues_talk_among_themselves_and_a_focal_point_before_all(cast: Cast, laid: Suggestion) -> None:
    write_to_colleagues(actor=cast.same_group_expert, suggestion=laid, text="It narrows the scope.")
    write_to_colleagues(actor=cast.expert, suggestion=laid, text="Will they take it?")
    write_to_all(actor=cast.same_group_focal_point, suggestion=laid, text="Which law is meant?")
    set_common_room(cast.review)
    to_all = ["Which law is meant?"]
    assert said(cast.same_group_focal_point, laid) == {True: to_all, False: ["It narrows the scope."]}
    assert said(cast.other_group_focal_point, laid) == {True: to_all, False: []}
    assert said(cast.observer, laid) == {True: to_all, False: ["Will they take it?"]}
    assert said(cast.officer, laid) == {True: to_all}


def test_an_expert_does_not_speak_to_all_and_who_looks_on_says_nothing(cast: Cast, laid: Suggestion) -> None:
    with pytest.raises(PolicyRefusedError):
        write_to_all(actor=cast.same_group_expert, suggestion=laid, text="It narrows the scope.")
    with pytest.raises(PolicyRefusedError):
        write_to_colleagues(actor=cast.observer, suggestion=laid, text="A word.")
    draft = suggest_now(cast.expert, laid.observation, f"{SHORTER} More.")  # type: ignore[arg-type]
    with pytest.raises(PolicyRefusedError):
        write_to_all(actor=cast.focal_point, suggestion=draft, text="It is not laid yet.")


def test_who_is_mentioned_is_told_and_nobody_of_another_state(cast: Cast, laid: Suggestion) -> None:
    name = cast.second_expert.full_name
    note = write_to_colleagues(actor=cast.focal_point, suggestion=laid, text="See.", mentioned=[cast.expert.pk])
    write_to_colleagues(actor=cast.focal_point, suggestion=laid, text=f"@{name} @{cast.officer.full_name} look.")
    write_to_colleagues(
        actor=cast.focal_point, suggestion=laid, text="Look.", mentioned=[cast.same_group_focal_point.pk]
    )
    assert note.text == f"@{cast.expert.full_name} See.", "whom it mentions is seen in it"
    assert told(News.SUGGESTION_MENTIONS) == {cast.expert, cast.second_expert}


def test_a_word_to_all_is_told_to_those_whom_it_concerns(cast: Cast, laid: Suggestion) -> None:
    write_to_all(actor=cast.other_group_focal_point, suggestion=laid, text="We could live with it.")
    assert told(News.SUGGESTION_NOTED) == {cast.focal_point, cast.same_group_focal_point}
    assert not any("live with it" in str(each.context) for each in Notification.objects.all())


def test_what_is_resolved_is_reopened_before_more_is_said(cast: Cast, laid: Suggestion) -> None:
    given: dict[str, Any] = {"suggestion": laid, "is_to_all": False}
    write_to_colleagues(actor=cast.expert, suggestion=laid, text="Settled?")
    write_to_colleagues(actor=cast.expert, suggestion=laid, text="No: look again.")
    with pytest.raises(ServiceError, match="Other notes have come"):
        mark_resolved(actor=cast.focal_point, is_resolved_now=True, seen=1, **given)
    assert mark_resolved(actor=cast.focal_point, is_resolved_now=True, seen=2, **given)
    assert not mark_resolved(actor=cast.focal_point, is_resolved_now=True, seen=2, **given), "a second press"
    with pytest.raises(OutdatedError, match="resolved meanwhile"):
        write_to_colleagues(actor=cast.expert, suggestion=laid, text="One more.")
    write_to_colleagues(actor=cast.same_group_expert, suggestion=laid, text="Ours is open.")
    assert mark_resolved(actor=cast.expert, is_resolved_now=False, seen=0, **given)
    write_to_colleagues(actor=cast.expert, suggestion=laid, text="One more.")
    assert [note.mark for note in SuggestionNote.objects.filter(room=cast.state).order_by("created_at")] == [
        "", "", "resolved", "reopened", "",
    ]  # fmt: skip


def test_a_note_is_not_written_where_others_would_read_it_than_was_shown(cast: Cast, laid: Suggestion) -> None:
    with pytest.raises(ConflictError, match="Nothing was saved"):
        write_as_shown(actor=cast.expert, suggestion=laid, text="Ours.", shown=shown_on_table(cast.review))
    assert not SuggestionNote.objects.exists()


def test_what_is_said_of_a_draft_goes_with_it_and_what_is_said_before_all_stays(cast: Cast, laid: Suggestion) -> None:
    draft = suggest_now(cast.expert, laid.observation, f"{SHORTER} More.")  # type: ignore[arg-type]
    write_to_colleagues(actor=cast.focal_point, suggestion=draft, text="Better not.")
    write_to_all(actor=cast.focal_point, suggestion=laid, text="To all.")
    withdraw_now(cast.expert, draft)
    withdraw_now(cast.focal_point, laid)
    assert [note.text for note in SuggestionNote.objects.all()] == ["To all."]


def test_the_pages_carry_it_from_the_room_to_all(cast: Cast, login_as: LoginAs, laid: Suggestion) -> None:
    notes = f"{LIST}suggestions/{laid.pk}/notes/"
    expert = login_as(cast.same_group_expert)
    assert f"Talk about it: suggestion of {laid.state_party}, No. 1, 1" in words_of(expert.get(f"{LIST}suggestions/"))
    sent = send_form(expert, f"{notes}add/", {"text": "Which law?"}, follow=True)
    assert "Only your State reads it." in words_of(sent)
    assert "Put it to all States" not in words_of(sent)
    note = SuggestionNote.objects.get()
    page = login_as(cast.same_group_focal_point).get(f"{notes}reply/?from={note.pk}")
    assert page.context["form"]["text"].value() == "Which law?"
    stranger = login_as(cast.other_group_focal_point).get(f"{notes}reply/?from={note.pk}")
    assert stranger.context["form"]["text"].value() == ""
    focal_point = login_as(cast.same_group_focal_point)
    send_form(focal_point, f"{notes}reply/?from={note.pk}", {"text": "Which law is meant?"})
    focal_point.post(f"{notes}reply/resolve/", {"resolved": "1", "seen": "1"})
    assert "1 note" in words_of(login_as(cast.officer).get(f"{LIST}suggestions/"))
    back = send_form(login_as(cast.focal_point), f"{notes}reply/", {"text": "The Code."})
    assert back.status_code == 422
    assert "The Code." in back.context["form"]["text"].value(), "what was typed stays"
    assert "resolved meanwhile" in words_of(back)


def test_nothing_more_is_said_once_the_text_is_agreed(cast: Cast, login_as: LoginAs, laid: Suggestion) -> None:
    journey.agree_on(AgreedText.objects.get(pk=laid.agreed_text_id))
    page = login_as(cast.focal_point).get(f"{LIST}suggestions/{laid.pk}/notes/")
    assert "This text is agreed" in words_of(page)
    with pytest.raises(PolicyRefusedError):
        write_to_all(actor=cast.focal_point, suggestion=Suggestion.objects.get(pk=laid.pk), text="Late.")
