"""States talk in threads on what lies between them: drafted in a room, released for the State, recalled or closed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.http import Http404
from django.utils import timezone

from accounts.people.models import User
from core import context
from core.database.identity import identified_as
from core.errors import ConflictError, ServiceError
from core.hashes import document_hash
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError, can
from dialogue.threads import services
from dialogue.threads.enums import ThreadAction
from dialogue.threads.matters import find_matter
from dialogue.threads.models import DialogueMessage, ReleaseByExperts
from dialogue.threads.selectors import messages_visible_to
from reviews.cases.models import PartialTeam
from reviews.drafts import reviewers_have_drafts
from reviews.drafts.openings import open_piece
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import lay_on_table
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import observation
from tests.dialogue.threads.threads import begin, edit, let_experts, now, recall, release, reply, room_of
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import SYSTEM, Cast, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
WORDS = "Which court decided this?"


def released(cast: Cast, text: str = WORDS) -> DialogueMessage:
    return release(cast.same_group_focal_point, begin(cast.same_group_expert, cast.review, text))


def who_may(cast: Cast, act: Any) -> set[str]:
    allowed = set()
    for name, person in cast.people.items():
        try:
            with transaction.atomic():
                act(person)
                allowed.add(name)
                transaction.set_rollback(True)
        except (PolicyRefusedError, Http404):
            pass
    return allowed


def refused_to(person: User, words: str, write: Callable[..., Any], given: dict[str, Any]) -> None:
    with plain_role(), identified_as(person), transaction.atomic(), pytest.raises(DatabaseError, match=words):
        write(**given)


# --- Drafting and releasing


def test_a_message_lies_in_the_room_of_its_state_until_it_is_released(cast: Cast) -> None:
    draft = begin(cast.same_group_expert, cast.review, WORDS)
    assert (draft.room, draft.sent_at, draft.subject, draft.matter) == (
        cast.same_group_state, None, "question", "I.untoc.23",
    )  # fmt: skip
    own = {"same_group_focal_point", "same_group_expert", "same_group_observer"}
    review = journey.fresh(cast.review)
    assert {name for name, user in cast.people.items() if draft.pk in keys(DialogueMessage, user)} == own
    assert {name for name, user in cast.people.items() if messages_visible_to(user, review)} == own
    message = release(cast.same_group_focal_point, draft)
    assert (message.room, message.times_sent, message.released_by) == (None, 1, cast.same_group_focal_point)
    assert message.sha256 == document_hash(now(message).document())
    assert not {"focal_point", "observer", "other_group_expert", "officer"} - {
        name for name, user in cast.people.items() if messages_visible_to(user, review)
    }


def test_each_state_writes_and_its_focal_point_releases(cast: Cast) -> None:
    writers = who_may(cast, lambda person: begin(person, cast.review, WORDS))
    assert {"focal_point", "expert", "same_group_expert", "other_group_focal_point"} <= writers
    assert not writers & {"contributor", "observer", "same_group_observer", "officer", "auditor", "stranger"}
    draft = begin(cast.expert, cast.review, WORDS)
    assert who_may(cast, lambda person: release(person, draft)) == {"focal_point"}
    with pytest.raises(PolicyRefusedError, match="or its experts where the State has chosen so"):
        release(cast.expert, draft)


def test_a_state_may_let_its_experts_release_and_take_that_back(cast: Cast) -> None:
    draft = begin(cast.expert, cast.review, WORDS)
    assert who_may(cast, lambda person: let_experts(person, cast.review)) == {
        "focal_point", "same_group_focal_point", "other_group_focal_point",
    }  # fmt: skip
    assert let_experts(cast.focal_point, cast.review)
    assert not let_experts(cast.focal_point, cast.review), "pressed twice"
    assert who_may(cast, lambda person: release(person, draft)) == {"focal_point", "expert", "second_expert"}
    release(cast.expert, draft)
    assert let_experts(cast.focal_point, cast.review, by_experts=False)
    row = ReleaseByExperts.objects.get()
    assert (row.chosen_by, row.ended_by, row.state_party) == (cast.focal_point, cast.focal_point, cast.state)
    with pytest.raises(PolicyRefusedError):
        release(cast.expert, begin(cast.expert, cast.review, "More."))
    assert now(draft).sent_at is not None, "what was released stays released"
    assert AuditEntry.objects.filter(verb="dialogue.release.chosen").count() == 2


def test_the_others_are_told_once_and_no_mail_holds_a_word(cast: Cast) -> None:
    Notification.objects.all().delete()
    released(cast)
    told = set(Notification.objects.values_list("recipient__email", flat=True))
    assert {cast.focal_point.email, cast.expert.email, cast.other_group_focal_point.email} <= told
    assert not {cast.same_group_focal_point.email, cast.observer.email, cast.officer.email} & told
    assert not Notification.objects.filter(context__icontains="court").exists()
    entry = AuditEntry.objects.get(verb="dialogue.message.released")
    assert set(entry.after or {}) == {"thread", "subject", "state", "sha256", "number"}


def test_nobody_overwrites_or_releases_what_was_not_shown(cast: Cast) -> None:
    draft = begin(cast.expert, cast.review, WORDS)
    edit(cast.focal_point, draft, "Other words.")
    with pytest.raises(ConflictError) as conflict:
        edit(cast.expert, draft, "Mine.", base=1)
    assert conflict.value.current == "Other words."
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        release(cast.focal_point, draft, base=1)
    with pytest.raises(ConflictError, match="what this page showed"):
        release(cast.focal_point, draft, shown=room_of(cast.review, cast.state))
    for text, words in ((" \n", "Write the message"), ("x" * 10_001, "The limit is 10000")):
        with pytest.raises(ServiceError, match=words):
            begin(cast.expert, cast.review, text)


# --- What a thread is about


def test_a_thread_is_about_what_is_there_for_its_writer(cast: Cast) -> None:
    review, actor = journey.fresh(cast.review), cast.expert
    drafted = observation(review, cast.same_group_expert, "The law is clear.")
    tabled = lay_on_table(actor=cast.same_group_focal_point, observation=drafted)
    unseen = observation(review, cast.same_group_expert, "Not laid.")
    there = {
        "question": "I.untoc.23", "feedback": "XLE", "observation": str(tabled.pk), "legal_system": "-", "review": "-",
    }  # fmt: skip
    for subject, key in there.items():
        matter = find_matter(actor, review, subject, key)
        assert matter is not None and matter.title and matter.url, subject
        assert begin(actor, review, WORDS, subject, key).subject == subject
    asked = find_matter(actor, review, "question", "I.untoc.23")
    assert asked is not None and asked.url.endswith("#q-I-untoc-23"), "where it stands on the desk"
    for subject, key in {
        "question": "I.untoc.999", "feedback": "XAA", "law": "0" * 16, "legal_system": "x", "nothing": "-",
    }.items():  # fmt: skip
        assert find_matter(actor, review, subject, key) is None, subject
    assert find_matter(actor, review, "observation", str(unseen.pk)) is None
    assert find_matter(actor, review, "observation", "no key") is None
    with pytest.raises(ServiceError, match="is not there any more"):
        begin(actor, review, WORDS, "observation", str(unseen.pk))


# --- Going on, closing


def test_another_state_goes_on_with_one_draft_at_a_time(cast: Cast) -> None:
    thread = released(cast)
    first = reply(cast.expert, thread, "The Supreme Court.")
    with pytest.raises(ServiceError, match="has a draft in this thread already"):
        reply(cast.focal_point, thread, "Mine.")
    release(cast.focal_point, first)
    reply(cast.other_group_expert, thread, "And when?")
    with pytest.raises(PolicyRefusedError, match="has not been released"):
        reply(cast.expert, begin(cast.expert, cast.review, "Not yet."), "Below a draft.")


def test_its_state_closes_a_thread_over_what_it_has_seen_and_any_state_opens_it_again(cast: Cast) -> None:
    thread = released(cast)
    release(cast.focal_point, reply(cast.expert, thread, "The Supreme Court."))

    def close(person: Any) -> Any:
        return services.close_thread(actor=person, thread=now(thread), seen=2)

    assert who_may(cast, close) == {"same_group_focal_point"}
    with pytest.raises(ServiceError, match="Other messages have come"):
        services.close_thread(actor=cast.same_group_focal_point, thread=now(thread), seen=1)
    draft = reply(cast.expert, thread, "One word more.")
    close(cast.same_group_focal_point)
    with pytest.raises(PolicyRefusedError, match="This thread is closed"):
        release(cast.focal_point, draft)
    with pytest.raises(PolicyRefusedError, match="This thread is closed"):
        reply(cast.other_group_expert, thread, "Mine.")
    services.reopen_thread(actor=cast.focal_point, thread=now(thread))
    assert release(cast.focal_point, draft).sent_at is not None


def test_a_thread_whose_state_is_not_there_any_more_is_closed_by_another(cast: Cast) -> None:
    thread = released(cast)

    def close(person: Any) -> Any:
        return services.close_thread(actor=person, thread=now(thread), seen=1)

    end_participation(actor=SYSTEM, participation=cast.participations["same_group_focal_point"])
    assert who_may(cast, close) == set(), "it may name another person"
    PartialTeam.objects.create(review=cast.review, state_party=cast.same_group_state, reason="Nobody was named.")
    assert who_may(cast, close) == {"focal_point", "other_group_focal_point"}
    row = now(thread)
    with plain_role(), identified_as(cast.focal_point):
        assert services.close_thread(actor=cast.focal_point, thread=row, seen=1).closed_for == cast.state


# --- Recall


def test_a_message_is_recalled_until_another_state_has_opened_it(cast: Cast) -> None:
    thread = released(cast)
    draft = recall(cast.same_group_focal_point, thread)
    assert (draft.room, draft.sent_at, draft.sha256, draft.released_by) == (cast.same_group_state, None, "", None)
    assert not messages_visible_to(cast.expert, journey.fresh(cast.review))
    with pytest.raises(ServiceError, match="sent and recalled since"):
        release(cast.same_group_focal_point, draft, number=1)
    again = release(cast.same_group_focal_point, draft)
    assert (again.times_sent, again.recall_reason) == (2, "")
    with pytest.raises(ServiceError, match="sent anew since"):
        recall(cast.same_group_focal_point, again, number=1)
    open_piece(cast.observer, now(again), again.state_party_id)
    with pytest.raises(PolicyRefusedError, match="Another State has opened this"):
        recall(cast.same_group_focal_point, again)


def test_what_others_stand_below_or_the_other_reviewer_would_read_is_not_recalled(cast: Cast) -> None:
    thread = released(cast)
    reply(cast.same_group_expert, thread, "We add.")
    with pytest.raises(PolicyRefusedError, match="Other messages stand below"):
        recall(cast.same_group_focal_point, thread)


def test_a_reply_is_not_recalled_beside_the_next_draft_of_its_state(cast: Cast) -> None:
    thread = released(cast)
    message = release(cast.focal_point, reply(cast.expert, thread, "The Supreme Court."))
    draft = reply(cast.expert, thread, "And in 2019.")
    with pytest.raises(ServiceError, match="drafts another message in this thread"):
        recall(cast.focal_point, message)
    services.discard_message(actor=cast.expert, message=now(draft), base=1)
    assert recall(cast.focal_point, message).room == cast.state


def test_a_draft_of_a_reviewing_state_keeps_the_rooms_apart(cast: Cast) -> None:
    begin(cast.same_group_expert, cast.review, WORDS)
    with pytest.raises(ServiceError, match="has begun to draft"):
        set_common_room(cast.review)


def test_a_draft_of_a_state_that_has_left_keeps_no_room_shut(cast: Cast) -> None:
    begin(cast.same_group_expert, cast.review, WORDS)
    observation(cast.review, cast.same_group_expert, "Not laid.")
    assert reviewers_have_drafts(cast.review)
    cast.review.reviewing_states.filter(state_party=cast.same_group_state).delete()
    assert not reviewers_have_drafts(cast.review)


def test_who_is_taken_off_the_review_between_page_and_press_writes_nothing(cast: Cast) -> None:
    person, shown = cast.same_group_expert, room_of(cast.review, cast.same_group_state)
    about = {"subject": "review", "key": "-", "text": WORDS, "shown": shown}
    with context.begun():
        assert can(person, ThreadAction.BEGIN, cast.review)
        person.participations.update(ended_at=timezone.now())
        with pytest.raises(Http404):
            services.begin_thread(actor=person, review=cast.review, **about)


# --- The second wall


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_no_statement_of_a_page_releases_changes_or_closes_for_another_state(cast: Cast) -> None:
    thread, draft = released(cast), begin(cast.expert, cast.review, "Ours.")
    rows = DialogueMessage.objects
    releases = {"room": None, "sent_at": thread.sent_at, "sha256": "0" * 64, "times_sent": 1}
    closes = {"closed_at": thread.sent_at, "closed_for": cast.same_group_state}
    for name, key, changes, words in (
        ("expert", draft.pk, {**releases, "released_by": cast.expert}, "released by who speaks"),
        ("focal_point", draft.pk, {**releases, "released_by": cast.expert}, "released by who speaks"),
        ("focal_point", thread.pk, closes, "closed by the State that began it"),
        ("same_group_expert", thread.pk, closes, "closed by the State that began it"),
        ("same_group_focal_point", thread.pk, {"text": "Other words."}, "Cannot update rows"),
        ("focal_point", draft.pk, {"state_party": cast.same_group_state}, "room of its State|Cannot update rows"),
    ):
        refused_to(cast.people[name], words, rows.filter(pk=key).update, changes)
    given = {"review": cast.review, "state_party": cast.state, "chosen_by": cast.expert}
    refused_to(cast.expert, "own names", ReleaseByExperts.objects.create, given)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_no_statement_of_a_page_writes_a_message_as_somebody_else(cast: Cast) -> None:
    draft = begin(cast.expert, cast.review, "Ours.")
    changes = {"text": "Theirs.", "written_by": cast.focal_point}
    refused_to(cast.expert, "own names", DialogueMessage.objects.filter(pk=draft.pk).update, changes)
    own = {"review": cast.review, "room": cast.state, "state_party": cast.state, "language": "en", "subject": "review"}
    given = {**own, "text": "Theirs.", "written_by": cast.focal_point}
    refused_to(cast.expert, "own names", DialogueMessage.objects.create, given)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_no_statement_of_a_page_recalls_into_a_room_that_others_read(cast: Cast) -> None:
    thread = released(cast)
    set_common_room(cast.review)
    changes = {"room": cast.same_group_state, "sent_at": None, "released_by": None, "sha256": ""}
    row = DialogueMessage.objects.filter(pk=thread.pk)
    refused_to(cast.same_group_focal_point, "a room that others read", row.update, changes)


def test_a_state_that_has_left_releases_nothing(cast: Cast) -> None:
    draft = begin(cast.same_group_expert, cast.review, WORDS)
    end_participation(actor=SYSTEM, participation=cast.participations["same_group_focal_point"])
    with pytest.raises((PolicyRefusedError, Http404)):
        release(cast.same_group_focal_point, draft)
