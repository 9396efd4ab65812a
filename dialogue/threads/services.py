"""Messages of the dialogue: drafted in the room of a State, released by it, recalled until another State opens them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit, context
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.text import require_markdown
from core.policy import require
from dialogue.slips import note_desk_visit
from dialogue.threads.enums import ThreadAction
from dialogue.threads.matters import find_matter
from dialogue.threads.models import DialogueMessage, ReleaseByExperts
from dialogue.threads.policy import RELEASES
from dialogue.threads.selectors import VISITS, messages_in, own_draft_in
from reviews.capacities import capacity_of, forget_capacities, require_capacity
from reviews.cases import language_of, lock_review, lock_with_review, tell
from reviews.cases.enums import News, ParticipationRole
from reviews.cases.models import Review
from reviews.drafts import (
    Shown,
    open_piece,
    require_seen,
    require_shown,
    rewrite,
    shown_in_room,
    shown_of,
    shown_on_table,
    take_back,
)
from reviews.opening import TeamChange
from reviews.participation import participants_of

_MAXIMUM = 10_000  # characters


@transaction.atomic
def begin_thread(*, actor: User, review: Review, subject: str, key: str, text: str, shown: Shown) -> DialogueMessage:
    """Draft the first message of a thread on what ``subject`` and ``key`` name (``dialogue.threads.matters``).

    Raises ServiceError for an empty text and where there is no such matter, ConflictError where others would read it
    than was shown.
    """
    lock_review(review)
    forget_capacities(actor)
    require(actor, ThreadAction.BEGIN, review)
    matter = find_matter(actor, review, subject, key)
    if matter is None:
        raise ServiceError(_("What this thread was to be about is not there any more."), field="text")
    return _draft(actor, review, text, shown, subject=matter.subject, matter=matter.name)


def open_thread(user: User, first: DialogueMessage) -> list[DialogueMessage]:
    """The messages of a thread that the person may read, which this opens; and note that he or she was there.

    Raises PolicyRefusedError where one was recalled meanwhile.
    """
    messages = messages_in(user, first)
    for row in messages:
        open_piece(user, row, row.state_party_id)
    if capacity_of(user, first.review) is not None and first.sent_at is not None:
        note_desk_visit(user, first.review, VISITS, str(first.pk))
    return messages


@transaction.atomic
def draft_message(*, actor: User, thread: DialogueMessage, text: str, shown: Shown) -> DialogueMessage:
    """Draft a message in a thread, in the room of the actor's State, which drafts one at a time.

    ``thread`` is the message that it began with. Raises ServiceError for an empty text, and where a colleague drafts
    one; ConflictError where others would read it than was shown.
    """
    locked = _lock(actor, thread)
    require(actor, ThreadAction.REPLY, locked)
    if own_draft_in(actor, locked) is not None:
        raise ServiceError(_("Your State has a draft in this thread already: go on there."), field="text")
    open_piece(actor, locked, locked.state_party_id)  # who answers it has read it, by whichever way
    return _draft(actor, locked.review, text, shown, thread=locked)


def _draft(actor: User, review: Review, text: str, shown: Shown, **about: Any) -> DialogueMessage:
    state = require_capacity(actor, review).state_party_id
    require_shown(shown, shown_in_room(review, state))
    message = DialogueMessage.objects.create(
        review=review,
        room_id=state,
        state_party_id=state,
        language=language_of(review),
        text=require_markdown(text, _("Write the message."), maximum=_MAXIMUM),
        written_by=actor,
        **about,
    )
    audit.record(actor, "dialogue.message.drafted", message, after=_facts(message))
    return message


@transaction.atomic
def edit_message(*, actor: User, message: DialogueMessage, text: str, base: int, shown: Shown) -> DialogueMessage:
    """Change a draft. Raises ConflictError when a colleague saved since revision ``base``, or others would read it."""
    locked = _lock(actor, message)
    require(actor, ThreadAction.EDIT, locked)
    require_shown(shown, shown_of(locked), locked, base=base)
    text = require_markdown(text, _("Write the message."), maximum=_MAXIMUM)
    if rewrite(locked, text, base, written_by=actor):
        locked.save()
    return locked


@transaction.atomic
def discard_message(*, actor: User, message: DialogueMessage, base: int) -> None:
    """Throw a draft away. Raises ServiceError where it is not revision ``base`` any more."""
    locked = _lock(actor, message)
    require(actor, ThreadAction.EDIT, locked)
    require_seen(locked.revision, base)
    audit.record(actor, "dialogue.message.discarded", locked, after=_facts(locked))
    locked.delete()


@transaction.atomic
def release_message(*, actor: User, message: DialogueMessage, base: int, number: int, shown: Shown) -> DialogueMessage:
    """Release a draft to all States of the review; it is frozen with its hash.

    ``base`` and ``shown``: the revision that the actor saw, and who reads it on the table; ``number``: the sending that
    this would be (``next_number``). Raises ServiceError and ConflictError where something else holds by now.
    """
    locked = _lock(actor, message)
    require(actor, ThreadAction.RELEASE, locked)
    require_seen(locked.revision, base)
    if number != locked.next_number:
        raise ServiceError(_("It was sent and recalled since you opened this page. Please look at it again."))
    require_shown(shown, shown_on_table(locked.review), locked, base=base)
    locked.sha256 = document_hash(locked.document())
    locked.room, locked.sent_at, locked.times_sent, locked.released_by = None, timezone.now(), number, actor
    locked.recalled_at, locked.recall_reason = None, ""
    locked.save()
    audit.record(actor, "dialogue.message.released", locked, after=_facts(locked))
    _tell(locked, News.MESSAGE_RELEASED, number)
    return locked


@transaction.atomic
def recall_message(*, actor: User, message: DialogueMessage, reason: str, number: int) -> DialogueMessage:
    """Take a message back, as long as nobody of another State has opened it: it is a draft again.

    ``number`` is the sending that the actor was shown. Raises ServiceError where it has been released anew since, and
    where the State drafts another message below the thread by now.
    """
    locked = _lock(actor, message)
    require(actor, ThreadAction.RECALL, locked)
    if locked.thread_id is not None and own_draft_in(actor, locked.first) is not None:
        raise ServiceError(_("Your State drafts another message in this thread: release or discard that first."))
    audit.record(actor, "dialogue.message.recalled", locked, after=_facts(locked))  # while it lies on the table
    take_back(locked, number=number, reason=reason)
    locked.room_id, locked.released_by, locked.closed_at, locked.closed_for = locked.state_party_id, None, None, None
    locked.save()
    _tell(locked, News.MESSAGE_RECALLED, number)
    return locked


@transaction.atomic
def close_thread(*, actor: User, thread: DialogueMessage, seen: int) -> DialogueMessage:
    """The State that began a thread has no more to say in it, or to ask; where it is not there any more, another one.

    ``seen``: how many messages lay in it on the page. Raises ServiceError where others have come since.
    """
    locked = _lock(actor, thread)
    require(actor, ThreadAction.CLOSE, locked)
    if seen != _number_in(locked):
        raise ServiceError(_("Other messages have come since you opened this page. Please look at them first."))
    return _turn(actor, locked, is_closed=True)


@transaction.atomic
def reopen_thread(*, actor: User, thread: DialogueMessage) -> DialogueMessage:
    """Any State that has something to add opens a closed thread again."""
    locked = _lock(actor, thread)
    require(actor, ThreadAction.REOPEN, locked)
    return _turn(actor, locked, is_closed=False)


def _turn(actor: User, locked: DialogueMessage, *, is_closed: bool) -> DialogueMessage:
    locked.closed_at = timezone.now() if is_closed else None
    locked.closed_for_id = require_capacity(actor, locked.review).state_party_id if is_closed else None
    locked.save(update_fields=["closed_at", "closed_for", "updated_at"])
    verb = "dialogue.thread.closed" if is_closed else "dialogue.thread.reopened"
    audit.record(actor, verb, locked, after=_facts(locked))
    return locked


@transaction.atomic
def choose_release(*, actor: User, review: Review, by_experts: bool) -> bool:
    """Say for the actor's State whether its experts release its messages in this review, from now on.

    Gives whether that is new. What was released before stays released.
    """
    lock_review(review)
    forget_capacities(actor)
    require(actor, ThreadAction.CHOOSE, review)
    state = require_capacity(actor, review).state_party_id
    standing = ReleaseByExperts.objects.select_for_update().filter(review=review, state_party=state, ended_at=None)
    row = standing.first()
    if by_experts == (row is not None):
        return False
    if row is None:
        ReleaseByExperts.objects.create(review=review, state_party_id=state, chosen_by=actor)
    else:
        row.ended_at, row.ended_by = timezone.now(), actor
        row.save(update_fields=["ended_at", "ended_by", "updated_at"])
    context.forget(RELEASES)
    audit.record(
        actor,
        "dialogue.release.chosen",
        review,
        before={"by_experts": not by_experts},
        after={"by_experts": by_experts},
    )
    return True


def follow_team(actor: Actor, review: Review, change: TeamChange) -> None:
    """After the team has changed: what a State that has left chose ends, also for its return; see ``follows_team``."""
    rows = ReleaseByExperts.objects.filter(review=review, state_party__in=change.left, ended_at=None)
    rows.update(ended_at=timezone.now(), ended_by=actor)
    context.forget(RELEASES)


def _number_in(first: DialogueMessage) -> int:
    return 1 + DialogueMessage.objects.filter(thread=first, room=None).count()


def _lock(actor: User, message: DialogueMessage) -> DialogueMessage:
    """With its review, and the first message of its thread as it is by now; the policy asks anew who the actor is.

    Raises ServiceError where it was discarded meanwhile, or recalled into the room of another State.
    """
    try:
        locked = lock_with_review(message, "state_party")
    except DialogueMessage.DoesNotExist as error:
        raise ServiceError(_("This message is not there any more.")) from error
    forget_capacities(actor)
    context.forget(RELEASES)
    if locked.thread_id is not None:
        first = DialogueMessage.objects.select_related("state_party").get(pk=locked.thread_id)
        first.review, locked.thread = locked.review, first
    return locked


def _facts(message: DialogueMessage) -> dict[str, Any]:
    """What the record says of a message, and no word of it: a law is content too."""
    first = message.first
    facts = {"thread": str(first.pk), "subject": str(first.subject), "state": message.state_party.iso3}
    return {**facts, "sha256": message.sha256, "number": message.times_sent} if message.sha256 else facts


def _tell(message: DialogueMessage, news: News, number: int) -> None:
    """Focal points and experts of the other States, once for each sending."""
    roles = [ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT]
    rows = participants_of(message.review).filter(role__in=roles).exclude(state_party=message.state_party_id)
    people: Iterable[User] = [row.user for row in rows]
    tell(people, message.review, news, page="dialogue:thread-list", key=f"{message.pk}:{number}")
