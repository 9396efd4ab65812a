"""Messages on pages: where they are written, released and read, and where else they are counted and shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from dialogue.conclusion.selectors import conclusion_of
from dialogue.conclusion.services import answer_conclusion
from dialogue.threads import acts, services, views
from dialogue.threads.matters import find_matter
from dialogue.threads.models import DialogueMessage
from portal.dossier.pieces import DossierReader
from portal.dossier.threads import messages
from portal.search.places import places_for
from portal.work.kinds import tasks_of
from portal.work.tasks import Workload
from tests import journey
from tests.at_once import lay_on_table
from tests.dialogue.exchange.exchange import DESK, FEEDBACK, REVIEW, observation, text_of
from tests.dialogue.joint.joint import clear, joint_of, set_joint, write
from tests.dialogue.threads.threads import QUESTION, begin, let_experts, now, release, reply
from tests.forms import carried_by, send_form
from tests.utils import Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
THREADS = f"{REVIEW}threads/"
WORDS = "Which court decided this?"


def released(cast: Cast, *about: str) -> DialogueMessage:
    return release(cast.same_group_focal_point, begin(cast.same_group_expert, cast.review, WORDS, *about))


def tasks(user: User) -> list[str]:
    return [task.what for task in tasks_of(Workload(user, timezone.now()))]


def test_an_expert_writes_and_the_focal_point_releases_once(cast: Cast, login_as: LoginAs) -> None:
    answered = send_form(login_as(cast.expert), f"{THREADS}begin/question/{QUESTION}/", {"text": WORDS})
    message = DialogueMessage.objects.get()
    assert (answered.status_code, answered["Location"]) == (302, f"{THREADS}{message.pk}/")
    page = text_of(login_as(cast.expert).get(answered["Location"]))
    assert WORDS in page
    assert "or its experts where the State has chosen so" in page
    client, act = login_as(cast.focal_point), f"{THREADS}messages/{message.pk}/release/"
    assert WORDS in text_of(client.get(act))
    given = carried_by(client.get(act))
    assert client.post(act, given)["Location"] == f"{THREADS}{message.pk}/"
    assert "This was done at" in text_of(client.post(act, given, follow=True))
    assert now(message).times_sent == 1
    read = text_of(login_as(cast.other_group_observer).get(f"{THREADS}{message.pk}/"))
    assert WORDS in read
    assert now(message).opened_by == cast.other_group_state


def test_a_release_from_a_common_room_promises_no_recall(cast: Cast, login_as: LoginAs) -> None:
    set_common_room(cast.review)
    for writer, speaker, promised in (
        (cast.same_group_expert, cast.same_group_focal_point, "It cannot be recalled"),
        (cast.expert, cast.focal_point, "You may recall it as long as"),
    ):
        draft = begin(writer, cast.review, WORDS)
        assert promised in text_of(login_as(speaker).get(f"{THREADS}messages/{draft.pk}/release/"))


def test_who_reads_for_the_own_state_or_the_secretariat_opens_nothing(cast: Cast, login_as: LoginAs) -> None:
    thread = released(cast)
    for name in ("same_group_observer", "officer"):
        assert WORDS in text_of(login_as(cast.people[name]).get(f"{THREADS}{thread.pk}/"))
    listed = text_of(login_as(cast.expert).get(THREADS))
    assert ("Question 23" in listed, WORDS in listed, "1 new" in listed) == (True, False, True)
    assert now(thread).opened_by is None


def test_a_stale_page_neither_saves_over_nor_closes_over_what_came(cast: Cast, login_as: LoginAs) -> None:
    thread = released(cast)
    draft = reply(cast.expert, thread, "The Supreme Court.")
    client, act = login_as(cast.focal_point), f"{THREADS}messages/{draft.pk}/"
    stale = {**carried_by(client.get(act)), "text": "Mine."}
    assert send_form(client, act, {"text": "Second."}).status_code == 302
    answered = client.post(act, {**stale, "base": "1"})
    assert answered.status_code == 422
    assert "Mine." in text_of(answered)
    assert "Second." in text_of(answered)
    owner, close = login_as(cast.same_group_focal_point), f"{THREADS}{thread.pk}/close/"
    seen = carried_by(owner.get(f"{THREADS}{thread.pk}/"))["seen"]
    release(cast.focal_point, draft)
    for number in (seen, "9" * 5000, "no number"):
        assert "Other messages have come" in text_of(owner.post(close, {"seen": number}, follow=True)), number[:9]
    assert "Closed by" in text_of(owner.post(close, {"seen": "2"}, follow=True))
    assert "This thread was closed at" in text_of(owner.post(close, {"seen": "2"}, follow=True)), "a second tab"
    assert login_as(cast.observer).post(close, {"seen": "2"}).status_code == 403


@pytest.mark.parametrize(
    ("act", "where", "service"),
    [("release/", acts, "release_message"), ("discard/", acts, "discard_message"), ("", views, "edit_message")],
)
def test_what_was_discarded_at_this_moment_is_said_to_be_gone(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch, act: str, where: Any, service: str
) -> None:
    draft = begin(cast.expert, cast.review, WORDS)
    client, page = login_as(cast.focal_point), f"{THREADS}messages/{draft.pk}/{act}"
    given, real = carried_by(client.get(page)), getattr(where, service)

    def discarded_first(**more: Any) -> Any:
        DialogueMessage.objects.filter(pk=draft.pk).delete()
        return real(**more)

    monkeypatch.setattr(where, service, discarded_first)
    answered = client.post(page, {**given, "text": "Typed."})
    assert (answered.status_code, "This message is not there any more" in text_of(answered)) == (422, True)


def test_an_address_of_nothing_is_not_found_and_an_empty_text_is_asked_for(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    for about in ("question/I.untoc.999", "law/0000", "nothing/-", "observation/no-key"):
        assert client.get(f"{THREADS}begin/{about}/").status_code == 404, about
    answered = send_form(client, f"{THREADS}begin/review/-/", {"text": " "})
    assert (answered.status_code, "Write the message" in text_of(answered)) == (422, True)
    assert client.get(f"{THREADS}?about=question&key=I.untoc.999").status_code == 200


def test_the_choice_of_a_state_is_shown_to_all(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.focal_point)
    answered = send_form(client, f"{THREADS}release/", {"who": "experts"}, follow=True)
    assert "The experts of your State release its messages too" in text_of(answered)
    for page in (THREADS, f"{REVIEW}participants/"):
        shown = text_of(login_as(cast.other_group_expert).get(page))
        assert f"{cast.state}: the experts too, as chosen by {cast.focal_point}" in shown, page


def test_threads_stand_beside_what_they_are_about(cast: Cast, login_as: LoginAs) -> None:
    tabled = lay_on_table(
        actor=cast.same_group_focal_point,
        observation=observation(cast.review, cast.same_group_expert, "The law is clear."),
    )
    places = {
        ("question", QUESTION): f"{DESK}untoc/article-15/",
        ("feedback", "XLE"): f"{FEEDBACK}XLE/",
        ("observation", str(tabled.pk)): f"{REVIEW}observations/",
        ("legal_system", "-"): f"{REVIEW}preparation/",
    }
    client = login_as(cast.other_group_expert)
    words = "Thread with 1 message"
    for about, page in places.items():
        assert words not in text_of(client.get(page)), page
        subject, key = about
        released(cast, subject, key)
        assert words in text_of(client.get(page)), page
        assert f"{THREADS}begin/{subject}/{key}/" in client.get(page).content.decode(), page


@pytest.mark.stage("written_feedback")
def test_joint_feedback_is_ascribed_to_all_whose_it_is(cast: Cast) -> None:
    set_joint(cast)
    write(cast, cast.same_group_expert, "First.")
    for person in (cast.other_group_focal_point, cast.same_group_focal_point):
        clear(cast, person)
    review, key = journey.fresh(cast.review), joint_of(cast).state_party.iso3
    matter = find_matter(cast.expert, review, "feedback", key)
    assert matter is not None
    assert {str(cast.same_group_state) in matter.title, str(cast.other_group_state) in matter.title} == {True}


def test_my_work_counts_what_is_to_release_and_to_read(cast: Cast, login_as: LoginAs) -> None:
    thread = released(cast)
    reply(cast.expert, thread, "The Supreme Court.")
    assert {"Release 1 message", "Read 1 new message"} <= set(tasks(cast.focal_point))
    assert "Release 1 message" not in tasks(cast.expert)
    let_experts(cast.focal_point, cast.review)
    assert "Release 1 message" in tasks(cast.expert)
    login_as(cast.focal_point).get(f"{THREADS}{thread.pk}/")
    assert "Read 1 new message" not in tasks(cast.focal_point)
    assert "Read 1 new message" in tasks(cast.expert)
    assert not {"Release 1 message", "Read 1 new message"} & set(tasks(cast.same_group_focal_point))
    services.close_thread(actor=cast.same_group_focal_point, thread=now(thread), seen=1)
    assert "Release 1 message" not in tasks(cast.focal_point), "a closed thread takes none"


def test_an_expert_who_recalls_too_late_reads_why_and_keeps_the_words(cast: Cast, login_as: LoginAs) -> None:
    let_experts(cast.same_group_focal_point, cast.review)
    thread = released(cast)
    page = f"{THREADS}messages/{thread.pk}/recall/"
    given = {**carried_by(login_as(cast.same_group_expert).get(page)), "reason": "A slip of mine."}
    login_as(cast.expert).get(f"{THREADS}{thread.pk}/")
    answered = login_as(cast.same_group_expert).post(page, given)
    words = text_of(answered)
    assert (answered.status_code, "A slip of mine." in words, f"{cast.state} opened this" in words) == (403, True, True)


def test_a_recall_in_a_closed_thread_says_that_it_is_closed(cast: Cast, login_as: LoginAs) -> None:
    thread = released(cast)
    message = release(cast.focal_point, reply(cast.expert, thread, "The Supreme Court."))
    page, words = f"{THREADS}messages/{message.pk}/recall/", "has to be opened again before"
    assert words not in text_of(login_as(cast.focal_point).get(page))
    services.close_thread(actor=cast.same_group_focal_point, thread=now(thread), seen=2)
    assert words in text_of(login_as(cast.focal_point).get(page))


def test_the_record_holds_what_was_released_and_the_own_draft(cast: Cast) -> None:
    thread = released(cast)
    draft = reply(cast.expert, thread, "The Supreme Court.")

    def kept(user: User, home: Any) -> dict[str, Any]:
        found = messages(DossierReader(user, journey.fresh(cast.review), home))
        return {piece.content["id"]: piece for piece in found}

    own = kept(cast.focal_point, cast.state.pk)
    assert own.keys() == {str(thread.pk), str(draft.pk)}
    piece = own[str(thread.pk)]
    assert (piece.frozen, piece.content["text"], piece.title) == (thread.sha256, WORDS, "Question 23")
    assert (own[str(draft.pk)].is_draft, own[str(draft.pk)].place) == (True, "own-room/messages/")
    for user, home in ((cast.other_group_expert, cast.other_group_state.pk), (cast.officer, None)):
        assert kept(user, home).keys() == {str(thread.pk)}


def test_a_thread_is_found_by_what_it_is_about(cast: Cast) -> None:
    thread = released(cast, "legal_system", "-")
    found = places_for(cast.expert, REVIEW, "legal sys")
    assert f"{THREADS}{thread.pk}/" in {hit.url for kind in found for hit in kind.hits}
    draft = begin(cast.same_group_expert, cast.review, WORDS, "legal_system", "-")
    found = places_for(cast.expert, REVIEW, "legal sys")
    assert f"{THREADS}{draft.pk}/" not in {hit.url for kind in found for hit in kind.hits}


def test_words_of_messages_are_found_by_exactly_who_may_read_them(cast: Cast, login_as: LoginAs) -> None:
    def finders(words: str) -> set[str]:
        found = {name: places_for(person, REVIEW, words) for name, person in cast.people.items()}
        hits = {name: [hit.url for kind in kinds for hit in kind.hits] for name, kinds in found.items()}
        return {name for name, urls in hits.items() if any(str(thread.pk) in url for url in urls)}

    thread = released(cast)
    secretariat = {"officer", "administrator"}
    own = {"same_group_focal_point", "same_group_expert", "same_group_observer"}
    assert finders("decided court") == own | secretariat, "it may still be recalled"
    login_as(cast.other_group_observer).get(f"{THREADS}{thread.pk}/")
    asked = {"focal_point", "expert", "second_expert", "observer"}
    others = {"other_group_focal_point", "other_group_expert", "other_group_observer"}
    assert finders("decided court") == own | secretariat | asked | others
    reply(cast.expert, now(thread), "The Supreme Court.")
    assert finders("supreme") == asked
    assert finders("supremacy of nothing") == finders("decidde") == set()


def test_what_is_found_in_a_message_stands_beside_the_way_to_it(cast: Cast, login_as: LoginAs) -> None:
    thread = released(cast)
    message = release(cast.focal_point, reply(cast.expert, thread, "**The Supreme Court** in 2019."))
    page = login_as(cast.focal_point).get("/en/go/", {"from": REVIEW, "q": "supreme"})
    assert f"{THREADS}{thread.pk}/#message-{message.pk}" in page.content.decode()
    assert "Question 23 The Supreme Court in 2019." in text_of(page)


def test_the_dialogue_is_concluded_over_the_threads_that_each_state_has_seen(cast: Cast, login_as: LoginAs) -> None:
    def say(user: User, shown: str) -> Any:
        return answer_conclusion(actor=user, review=journey.fresh(cast.review), agrees=True, shown=shown)

    say(cast.focal_point, conclusion_of(cast.review).shown)
    thread = released(cast)
    stands = conclusion_of(journey.fresh(cast.review))
    assert [row.state_party for row in stands.lapsed] == [cast.state]
    page = text_of(login_as(cast.focal_point).get(f"{REVIEW}dialogue/conclude/"))
    assert "Yes, although 1 thread of messages is open" in page
    assert "a thread begun or opened again, since a State agreed" in page
    assert "1 thread of messages is open." in text_of(login_as(cast.officer).get(f"{REVIEW}dialogue/"))
    for user in (cast.focal_point, cast.same_group_focal_point):
        say(user, stands.shown)
    services.close_thread(actor=cast.same_group_focal_point, thread=now(thread), seen=1)
    assert say(cast.other_group_focal_point, conclusion_of(journey.fresh(cast.review)).shown).is_agreed
