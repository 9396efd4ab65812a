"""The notes of a meeting: drafted in a room, laid before the States that met, agreed by each on the same text."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.errors import ConflictError, OutdatedError, ServiceError
from core.hashes import document_hash
from core.models import Notification
from core.policy import PolicyRefusedError
from reviews.cases.models import PartialTeam, Participation
from reviews.minutes import services
from reviews.minutes.models import MeetingNotes, NotesAnswer
from reviews.minutes.selectors import notes_as_they_stand
from reviews.minutes.tasks import settle_notes_task
from reviews.registration.services.participation import end_participation
from tests.accounts.signing import make_old
from tests.dialogue.exchange.exchange import text_of
from tests.dialogue.supplements.dialogues import REVIEW
from tests.factories.accounts import PASSPHRASE
from tests.forms import send_form
from tests.reviews.minutes.minutes import held, lay, now, page_of, say, write
from tests.utils import SYSTEM, Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]


def told(user: User, news: str) -> int:
    return Notification.objects.filter(recipient=user, key__startswith=f"{news}:").count()


def test_they_are_agreed_by_all_that_met_and_never_change_again(cast: Cast) -> None:
    meeting = held(cast)
    draft = write(cast.same_group_expert, meeting, "First words.")
    assert (draft.status, draft.room) == ("draft", cast.same_group_state)
    with pytest.raises(PolicyRefusedError, match="Only the focal point"):
        lay(cast.same_group_expert, draft)
    laid = lay(cast.same_group_focal_point, draft)
    assert (laid.room, laid.sha256) == (None, document_hash(now(meeting).document()))
    assert told(cast.focal_point, "notes_laid") == told(cast.other_group_focal_point, "notes_laid") == 1
    say(cast.focal_point, meeting)
    with pytest.raises(ServiceError, match="Say what is to be changed"):
        say(cast.other_group_focal_point, meeting, agrees=False)
    say(cast.other_group_focal_point, meeting, agrees=False, note="The third point is missing.")
    assert told(cast.same_group_focal_point, "notes_objected") == 1
    changed = write(cast.same_group_focal_point, meeting, "First words, and a third point.")
    assert (changed.status, changed.revision, told(cast.focal_point, "notes_changed")) == ("laid", 2, 1)
    with pytest.raises(OutdatedError):
        say(cast.focal_point, meeting, sha256=laid.sha256)  # nobody agrees to what is not shown
    say(cast.focal_point, meeting)
    agreed = say(cast.other_group_focal_point, meeting)
    assert agreed.status == "agreed"
    assert {row.sha256 for row in NotesAnswer.objects.filter(revision=2)} == {now(meeting).sha256}
    assert told(cast.same_group_focal_point, "notes_agreed") == 1
    with pytest.raises(PolicyRefusedError, match="no longer change"):
        write(cast.same_group_focal_point, meeting, "Something else.")


def test_nobody_agrees_to_a_text_that_is_not_the_one_of_its_hash(cast: Cast) -> None:
    meeting = held(cast)
    laid = lay(cast.same_group_focal_point, write(cast.same_group_expert, meeting, "First words."))
    for revision, sha256 in ((2, "0" * 64), (3, laid.sha256)):
        MeetingNotes.objects.update(text=f"Forged {revision}.", revision=revision, sha256=sha256)
    with pytest.raises(OutdatedError):
        say(cast.focal_point, meeting, sha256=laid.sha256)


def test_the_states_that_did_not_meet_read_and_are_not_asked(cast: Cast) -> None:
    meeting = held(cast, "expert", "same_group_expert")
    with pytest.raises(PolicyRefusedError):
        write(cast.other_group_expert, meeting, "We were not there.")
    lay(cast.focal_point, write(cast.expert, meeting, "Two States met."))
    with pytest.raises(PolicyRefusedError, match="States that met"):
        say(cast.other_group_focal_point, meeting)
    assert say(cast.same_group_focal_point, meeting).status == "agreed"


def test_what_the_secretariat_writes_of_its_meeting_lies_before_all_at_once(cast: Cast) -> None:
    with pytest.raises(PolicyRefusedError):
        write(cast.officer, held(cast), "The secretariat was not there.")
    meeting = held(cast, by=cast.officer)
    notes = write(cast.officer, meeting, "The secretariat invited.")
    assert (notes.status, notes.drafted_for, told(cast.same_group_focal_point, "notes_laid")) == ("laid", None, 1)
    for name in ("focal_point", "same_group_focal_point"):
        say(cast.people[name], meeting)
    write(cast.officer, meeting, "The secretariat invited, by video.")
    for name in ("focal_point", "same_group_focal_point", "other_group_focal_point"):
        notes = say(cast.people[name], meeting)
    assert notes.status == "agreed"


def test_a_second_state_learns_that_one_drafts_and_nothing_of_it(cast: Cast, login_as: LoginAs) -> None:
    meeting = held(cast)
    write(cast.same_group_expert, meeting, "Only our State reads this.")
    with pytest.raises(ServiceError, match="Another State drafts"):
        write(cast.expert, meeting, "Our words.", base=0)
    words = text_of(login_as(cast.expert).get(f"{REVIEW}dialogue/"))
    assert f"{cast.same_group_state} drafts the notes of this meeting." in words
    for name in ("expert", "other_group_focal_point", "officer"):
        assert login_as(cast.people[name]).get(page_of(meeting)).status_code == 404
    assert "Only our State reads this." in text_of(login_as(cast.same_group_observer).get(page_of(meeting)))
    with pytest.raises(Http404):
        say(cast.focal_point, meeting)


def test_who_wrote_while_another_state_began_keeps_the_words(cast: Cast, login_as: LoginAs) -> None:
    meeting = held(cast)
    client = login_as(cast.expert)
    given = {**client.get(page_of(meeting, "write/")).context["form"].initial, "text": "Our words."}
    write(cast.same_group_expert, meeting, "Only our State reads this.")
    page = client.post(page_of(meeting, "write/"), given)
    assert page.status_code == 422
    assert "Another State drafts the notes of this meeting by now." in text_of(page)
    assert "Our words." in text_of(page)
    assert "Only our State reads this." not in text_of(page)


def test_of_two_colleagues_who_write_at_once_nobody_loses_a_word(cast: Cast) -> None:
    meeting = held(cast)
    write(cast.same_group_expert, meeting, "Hers.")
    write(cast.same_group_focal_point, meeting, "His.", base=1)
    with pytest.raises(ConflictError) as conflict:
        write(cast.same_group_expert, meeting, "Hers again.", base=1)
    assert conflict.value.current == "His."


def leave(cast: Cast, name: str) -> None:
    """The focal point of that name has gone, and the others go ahead without the State."""
    end_participation(actor=SYSTEM, participation=cast.participations[name])
    state = cast.participations[name].state_party
    PartialTeam.objects.create(review=cast.review, state_party=state, recorded_by=cast.officer, reason="Nobody.")


def test_where_the_others_go_ahead_later_the_rest_agree(cast: Cast) -> None:
    meeting = held(cast)
    lay(cast.same_group_focal_point, write(cast.same_group_expert, meeting, "First words."))
    say(cast.focal_point, meeting)
    settle_notes_task()
    assert now(meeting).status == "laid"  # the third State is waited for
    leave(cast, "other_group_focal_point")
    settle_notes_task()
    assert (now(meeting).status, told(cast.focal_point, "notes_agreed")) == ("agreed", 1)


def test_a_state_that_is_back_is_asked_by_the_next_change(cast: Cast) -> None:
    meeting = held(cast)
    leave(cast, "other_group_focal_point")
    lay(cast.same_group_focal_point, write(cast.same_group_expert, meeting, "First words."))
    back = Participation.objects.filter(pk=cast.participations["other_group_focal_point"].pk)
    back.update(started_at=timezone.now(), ended_at=None)
    assert notes_as_they_stand(now(meeting)).missing == [cast.state]
    write(cast.same_group_focal_point, meeting, "Second words.")
    assert notes_as_they_stand(now(meeting)).missing == [cast.state, cast.other_group_state]


def test_notes_of_a_state_that_has_left_hold_up_nobody(cast: Cast) -> None:
    drafted, laid = held(cast), held(cast)
    write(cast.same_group_expert, drafted, "In our room.")
    lay(cast.same_group_focal_point, write(cast.same_group_expert, laid, "First words."))
    with pytest.raises(PolicyRefusedError):
        write(cast.officer, laid, "An officer's words.")
    cast.review.reviewing_states.filter(state_party=cast.same_group_state).delete()
    settle_notes_task()
    assert write(cast.expert, drafted, "Ours.").drafted_for == cast.state
    notes = write(cast.officer, laid, "An officer's words.")
    assert {word.state for word in notes_as_they_stand(notes).words} == {cast.state, cast.other_group_state}
    say(cast.focal_point, laid, agrees=False, note="Not so.")
    assert told(cast.officer, "notes_objected") == 1
    for name in ("focal_point", "other_group_focal_point"):
        notes = say(cast.people[name], laid)
    assert (notes.status, notes.answers.filter(state_party=cast.same_group_state, revision=2).count()) == ("agreed", 0)


def test_a_draft_is_discarded_and_another_state_begins(cast: Cast, login_as: LoginAs) -> None:
    meeting = held(cast)
    write(cast.same_group_expert, meeting, "In our room.")
    assert login_as(cast.expert).get(page_of(meeting, "discard/")).status_code == 404
    client = login_as(cast.same_group_expert)
    asked = dict(client.get(page_of(meeting, "discard/")).context["form"].initial)
    write(cast.same_group_focal_point, meeting, "More words.")
    back = client.post(page_of(meeting, "discard/"), asked)
    assert (back.status_code, "More words." in text_of(back)) == (422, True)  # a colleague has written on
    asked = dict(client.get(page_of(meeting, "discard/")).context["form"].initial)
    assert "has been discarded" in text_of(client.post(page_of(meeting, "discard/"), asked, follow=True))
    assert write(cast.expert, meeting, "Ours.").drafted_for == cast.state


def test_who_lays_what_is_discarded_in_the_same_moment_is_told(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = held(cast)
    write(cast.same_group_expert, meeting, "In our room.")

    def discarded_first(**act: Any) -> MeetingNotes:
        services.discard_notes(**{name: act[name] for name in ("actor", "notes", "base")})
        return services.lay_notes(**act)

    monkeypatch.setattr("reviews.minutes.views.lay_notes", discarded_first)
    page = send_form(login_as(cast.same_group_focal_point), page_of(meeting, "lay/"))
    assert (page.status_code, "This draft is not there any more." in text_of(page)) == (422, True)


def test_in_a_common_room_it_is_said_who_reads_a_draft(cast: Cast, login_as: LoginAs) -> None:
    set_common_room(cast.review)
    client, page = login_as(cast.same_group_expert), page_of(held(cast), "write/")
    given = {**client.get(page).context["form"].initial, "text": "Ours."}
    assert "Only the reviewing States see it." in text_of(client.post(page, given, follow=True))


def test_whoever_changes_what_is_laid_has_signed_in_a_moment_ago(cast: Cast, login_as: LoginAs) -> None:
    meeting = held(cast)
    lay(cast.same_group_focal_point, write(cast.same_group_expert, meeting, "First words."))
    client = make_old(login_as(cast.same_group_focal_point))
    assert client.get(page_of(meeting, "write/")).status_code == 403
    asked = client.get(page_of(meeting, "change/"))
    assert (asked.status_code, "sign-in/again" in asked["Location"]) == (302, True)
    client = login_as(cast.same_group_focal_point)
    given = {**client.get(page_of(meeting, "change/")).context["form"].initial, "text": "Other words."}
    assert client.post(page_of(meeting, "change/"), given).status_code == 302
    assert now(meeting).text == "Other words."


def test_changed_words_outlast_a_sign_in_during_which_the_notes_were_agreed(cast: Cast, login_as: LoginAs) -> None:
    meeting = held(cast, "expert", "same_group_expert")
    lay(cast.same_group_focal_point, write(cast.same_group_expert, meeting, "First words."))
    client, page = login_as(cast.same_group_focal_point), page_of(meeting, "change/")
    given = {**client.get(page).context["form"].initial, "text": "Other words."}
    asked = make_old(client).post(page, given)
    say(cast.focal_point, meeting)
    proof = {"password": PASSPHRASE, "next": client.get(asked["Location"]).context["next"]}
    back = client.post(asked["Location"], proof, follow=True)
    assert (back.status_code, "Other words." in text_of(back)) == (403, True)
    assert "no longer change" in text_of(back)


def test_the_pages_from_the_first_word_to_the_agreement(cast: Cast, login_as: LoginAs) -> None:
    meeting = held(cast, "expert", "same_group_expert")
    expert = login_as(cast.expert)
    form = expert.get(page_of(meeting, "write/"))
    assert "only XVE" not in text_of(form)
    empty = expert.post(page_of(meeting, "write/"), {**form.context["form"].initial, "text": " "})
    assert (empty.status_code, "Write what was said." in text_of(empty)) == (422, True)
    given = {**form.context["form"].initial, "text": "**Agreed** by hand."}
    assert "The draft is saved." in text_of(expert.post(page_of(meeting, "write/"), given, follow=True))
    assert "Lay the notes of the meeting of the experts" not in text_of(expert.get("/en/"))
    speaker = login_as(cast.focal_point)
    assert "Lay the notes of the meeting of the experts" in text_of(speaker.get("/en/"))
    page = speaker.get(page_of(meeting, "lay/"))
    assert "Agreed by hand." in text_of(page), "who lays it agrees to what the page shows"
    laying = page.context["form"].initial
    assert "asked by mail" in text_of(speaker.post(page_of(meeting, "lay/"), laying, follow=True))
    other = login_as(cast.same_group_focal_point)
    assert "Agree to the notes of the meeting of the experts" in text_of(other.get("/en/"))
    asked = other.get(page_of(meeting, "answer/")).context["form"].initial
    write(cast.focal_point, meeting, "Changed meanwhile.")
    back = other.post(page_of(meeting, "answer/"), {**asked, "agrees": "yes"})
    assert (back.status_code, "Changed meanwhile." in text_of(back)) == (422, True)
    again = {"sha256": back.context["form"]["sha256"].value(), "agrees": "yes"}
    assert "never change again" in text_of(other.post(page_of(meeting, "answer/"), again, follow=True))
    assert MeetingNotes.objects.get().status == "agreed"
