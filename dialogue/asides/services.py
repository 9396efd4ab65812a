"""Notes that the people of a State write to each other; whoever is mentioned is told by mail, without a word of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from dialogue.asides.models import Aside, AsideNote
from dialogue.asides.selectors import get_aside, mentionable
from dialogue.threads import find_matter
from dialogue.threads.enums import ThreadAction
from reviews.capacities import forget_capacities, require_capacity
from reviews.cases import language_of, lock_review, tell
from reviews.cases.enums import Grant, News
from reviews.cases.models import Review
from reviews.discussion import clean_note, require_all_seen, require_unresolved, turn


@transaction.atomic
def begin_aside(
    *, actor: User, review: Review, subject: str, key: str, text: str, mention: UUID | None = None
) -> Aside:
    """Write the first note of an internal thread on what ``subject`` and ``key`` name (``dialogue.threads.matters``).

    ``mention``: the key of a colleague who is told. Raises ServiceError with the field, and where there is no such
    matter or colleague.
    """
    lock_review(review)
    forget_capacities(actor)
    require(actor, ThreadAction.NOTE, review)
    matter = find_matter(actor, review, subject, key)
    if matter is None:
        raise ServiceError(_("What this thread was to be about is not there any more."), field="text")
    aside = Aside.objects.create(
        review=review,
        room_id=require_capacity(actor, review).state_party_id,
        language=language_of(review),
        subject=matter.subject,
        matter=matter.name,
    )
    _note(actor, aside, text, mention)
    return aside


@transaction.atomic
def add_note(*, actor: User, aside: Aside, text: str, mention: UUID | None = None) -> AsideNote:
    """Write one more note. Raises OutdatedError where a colleague has resolved the thread meanwhile."""
    locked = _lock(actor, aside)
    require_unresolved(is_resolved=locked.resolved_at is not None)
    return _note(actor, locked, text, mention)


@transaction.atomic
def resolve_aside(*, actor: User, aside: Aside, is_resolved: bool, seen: int) -> bool:
    """Say that a matter is settled, or is not; False where it was so before.

    ``seen``: how many notes stood there on the page. Raises ServiceError where it would settle what came since.
    """
    locked = _lock(actor, aside)
    if (locked.resolved_at is not None) == is_resolved:
        return False
    if is_resolved:
        require_all_seen(seen, locked.notes.count())
    turn(locked, actor, is_resolved=is_resolved)
    verb = "dialogue.aside.resolved" if is_resolved else "dialogue.aside.reopened"
    audit.record(actor, verb, locked, after=_facts(locked))
    return True


def look_at_asides(user: User, review: Review, asides: Iterable[Aside]) -> None:
    """What mentions the person in these threads is no task any more; by the policy's leave to read them.

    Whoever only reads for the State by now, as an observer, had written for it when mentioned, and notes nothing there.
    """
    if not require_capacity(user, review).has(Grant.DRAFT):
        return
    rows = AsideNote.objects.filter(mentioned=user, seen_at=None, review=review, aside__in=list(asides))
    rows.update(seen_at=timezone.now())


def _lock(actor: User, aside: Aside) -> Aside:
    lock_review(aside.review)
    forget_capacities(actor)
    require(actor, ThreadAction.NOTE, aside.review)
    locked = Aside.objects.select_for_update().get(pk=get_aside(actor, aside.review, aside.pk).pk)
    locked.review = aside.review
    return locked


def _note(actor: User, aside: Aside, text: str, mention: UUID | None) -> AsideNote:
    person = next((each for each in mentionable(actor, aside.review) if each.pk == mention), None)
    if mention is not None and person is None:
        raise ServiceError(_("This person does not write for your State in this review any more."), field="mention")
    note = AsideNote.objects.create(
        review=aside.review,
        room_id=aside.room_id,
        language=aside.language,
        aside=aside,
        text=clean_note(text),
        written_by=actor,
        mentioned=person,
    )
    audit.record(actor, "dialogue.aside.noted", aside, after=_facts(aside))
    if person is not None:
        page, key = "dialogue:aside", str(note.pk)
        tell([person], aside.review, News.ASIDE_MENTIONS, page=page, args=(str(aside.pk),), key=key, is_private=True)
    return note


def _facts(aside: Aside) -> dict[str, Any]:
    return {"thread": str(aside.pk), "subject": str(aside.subject)}
