"""Private calendar addresses: made, renewed and ended by the person whose dates they show."""

import secrets
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.hashes import text_hash
from core.policy import INVISIBLE, PolicyRefusedError, require
from reviews.enums import ReviewAction
from reviews.models import CalendarFeed, Review

_SECRET_BYTES = 32


class MadeFeed(NamedTuple):
    """``secret`` stands in the address; it is shown once and kept nowhere."""

    feed: CalendarFeed
    secret: str


@transaction.atomic
def make_feed(*, actor: User, review: Review | None) -> MadeFeed:
    """Make an address for one review, or for all of one's own; an earlier one for the same ends at once."""
    require(actor, ReviewAction.MAKE_FEED, review)
    User.objects.select_for_update().get(pk=actor.pk)  # two presses at once: the second ends the first one's
    for earlier in CalendarFeed.objects.filter(user=actor, review=review, ended_at=None):
        _end(actor, earlier)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    feed = CalendarFeed.objects.create(user=actor, review=review, sha256=text_hash(secret))
    audit.record(actor, "reviews.feed.made", feed, after={"review": review.code if review else "all"})
    return MadeFeed(feed, secret)


@transaction.atomic
def end_feed(*, actor: User, feed: CalendarFeed) -> None:
    """Make an address of one's own useless at once. Doing it twice changes nothing."""
    require(actor, ReviewAction.LIST, None)
    if feed.user_id != actor.pk:
        raise PolicyRefusedError(INVISIBLE)
    locked = CalendarFeed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    if locked.ended_at is None:
        _end(actor, locked)


def _end(actor: User, feed: CalendarFeed) -> None:
    feed.ended_at = timezone.now()
    feed.save(update_fields=["ended_at", "updated_at"])
    audit.record(actor, "reviews.feed.ended", feed)
