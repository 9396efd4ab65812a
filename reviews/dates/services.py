"""More time for one milestone, or a pause: one asks, the others agree. Private calendar addresses.

Nothing locks: a date that has passed keeps nobody from acting, and an extension makes it an agreed one.
Source: the timelines are indicative (resolution 10/1, annex I); how more time is agreed it does not say, so that the
ways here are the portal's.
"""

import datetime as dt
import secrets
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.hashes import text_hash
from core.language.text import clean_text, require_text
from core.policy import INVISIBLE, PolicyRefusedError, require
from reviews.agreement import require_current
from reviews.capacities import require_capacity, speaker_of
from reviews.cases import lock_review, lock_with_review, tell
from reviews.cases.enums import News, ReviewAction, TimeChangeKind, TimeChangeStatus
from reviews.cases.models import Review, ReviewMilestone, TimeChange
from reviews.dates.models import CalendarFeed
from reviews.dates.selectors import agreement_on, open_request, people_asked
from reviews.opening import TeamChange
from reviews.participation import focal_points_of
from reviews.steps import recompute_due_dates

_MAXIMUM = 2000  # characters of a reason or a note
_SECRET_BYTES = 32


@transaction.atomic
def ask_extension(
    *, actor: Actor, review: Review, milestone: ReviewMilestone, until: dt.date, reason: str
) -> TimeChange:
    """Ask the other States for a later date of one milestone.

    Raises ServiceError for a milestone that was reached, a day that is not later than its date, no reason, and where
    an extension of it is being asked for already.
    """
    lock_review(review)
    require(actor, ReviewAction.ASK_TIME_CHANGE, review)
    milestone.refresh_from_db(fields=["reached_on", "due_on"])
    if milestone.reached_on is not None:
        raise ServiceError(_("This milestone has been reached; there is nothing to extend."))
    if open_request(review, TimeChangeKind.EXTENSION, milestone):
        raise ServiceError(_("An extension of this milestone is being asked for already."))
    if until <= milestone.due_on:
        raise ServiceError(_("Give a day after the present indicative date."), field="until")
    return _ask(actor, review, reason, kind=TimeChangeKind.EXTENSION, milestone=milestone, until=until)


@transaction.atomic
def ask_pause(*, actor: Actor, review: Review, starts_on: dt.date, until: dt.date, reason: str) -> TimeChange:
    """Ask the other States to stop the clock of the whole review from ``starts_on`` to ``until``, both included.

    Raises ServiceError for days in the wrong order or before the review, no reason, and where a pause is being asked
    for already.
    """
    lock_review(review)
    require(actor, ReviewAction.ASK_TIME_CHANGE, review)
    if open_request(review, TimeChangeKind.PAUSE):
        raise ServiceError(_("A pause of this review is being asked for already."))
    if starts_on < review.starts_on:
        raise ServiceError(_("This is before the start of the review."), field="starts_on")
    if until < starts_on:
        raise ServiceError(_("The last day of the pause comes before its first."), field="until")
    return _ask(actor, review, reason, kind=TimeChangeKind.PAUSE, starts_on=starts_on, until=until)


@transaction.atomic
def answer_time_change(*, actor: User, change: TimeChange, agrees: bool, note: str = "") -> TimeChange:
    """Give the word of the actor's State: the last agreement makes it agreed, one refusal declines it.

    Raises ServiceError when it is decided already, or when another focal point has answered for the State.
    """
    change = _open(actor, ReviewAction.ANSWER_TIME_CHANGE, change)
    answer, is_new = change.answers.get_or_create(
        state_party_id=require_capacity(actor, change.review).state_party_id,
        defaults={
            "agrees": agrees,
            "note": clean_text(note, maximum=_MAXIMUM, field="note").strip(),
            "answered_by": actor,
        },
    )
    if not is_new:
        raise ServiceError(_("Your State has answered already."))
    facts = {"kind": change.kind, "state": answer.state_party.iso3, "agrees": agrees}
    audit.record(actor, "reviews.time.answered", change, after=facts)
    _settle(actor, change)
    return change


@transaction.atomic
def record_time_change(*, actor: Actor, change: TimeChange, how: str) -> TimeChange:
    """Note that the States agreed elsewhere, as by notes verbales, to what is asked for; the page says that it is so.

    Raises ServiceError without words on how, and when it is decided already.
    """
    change = _open(actor, ReviewAction.RECORD_TIME_CHANGE, change)
    change.recorded_how = require_text(how, _("Say how the States agreed."), maximum=_MAXIMUM, field="how")
    change.recorded_by, _state = speaker_of(actor, change.review)
    change.save(update_fields=["recorded_how", "recorded_by", "updated_at"])
    audit.record(actor, "reviews.time.recorded", change, after={"kind": change.kind})
    _decide(actor, change, TimeChangeStatus.AGREED)
    return change


@transaction.atomic
def withdraw_time_change(*, actor: Actor, change: TimeChange) -> TimeChange:
    """Take back what one has asked for. Raises ServiceError when it is decided already."""
    change = _open(actor, ReviewAction.WITHDRAW_TIME_CHANGE, change)
    _decide(actor, change, TimeChangeStatus.WITHDRAWN)
    return change


@transaction.atomic
def end_pause(*, actor: Actor, change: TimeChange) -> TimeChange:
    """Let the clock run again from today. Raises ServiceError where no pause runs or is to come."""
    change = lock_with_review(change, "milestone")
    require(actor, ReviewAction.END_PAUSE, change)
    today = timezone.localdate()
    is_over = change.until < today or change.ended_on is not None
    if change.kind != TimeChangeKind.PAUSE or change.status != TimeChangeStatus.AGREED or is_over:
        raise ServiceError(_("No pause is running."))
    change.ended_on = today
    change.ended_by, _state = speaker_of(actor, change.review)
    change.save(update_fields=["ended_on", "ended_by", "updated_at"])
    recompute_due_dates(change.review)
    audit.record(actor, "reviews.time.pause_ended", change, after={"ended_on": today.isoformat()})
    _tell(change, News.PAUSE_ENDED, but=actor)
    return change


def _ask(actor: Actor, review: Review, reason: str, **what: object) -> TimeChange:
    person, state = speaker_of(actor, review)
    change = TimeChange.objects.create(
        review=review,
        reason=require_text(reason, _("Say why more time is needed."), maximum=_MAXIMUM, field="reason"),
        asked_by=person,
        asked_for_id=state,
        **what,
    )
    audit.record(actor, "reviews.time.asked", change, after=_facts(change))
    if not _settle(actor, change):
        _tell(change, News.TIME_ASKED, but=actor)
    return change


def _facts(change: TimeChange) -> dict[str, str]:
    facts = {"kind": change.kind, "until": change.until.isoformat()}
    if change.milestone is not None:
        facts["milestone"] = change.milestone.plan.slug
    elif change.starts_on:
        facts["starts_on"] = change.starts_on.isoformat()
    return facts


def _open(actor: Actor, action: ReviewAction, change: TimeChange) -> TimeChange:
    """The request, held, for an act on what is not decided yet. Raises ServiceError where it is by now."""
    change = lock_with_review(change, "milestone")
    require(actor, action, change)
    message = _("This has been decided in the meantime: %(status)s.") % {"status": change.get_status_display()}
    return require_current(change, ServiceError(message), status=TimeChangeStatus.ASKED)


_OUTCOMES = {
    TimeChangeStatus.AGREED: ("reviews.time.agreed", News.TIME_AGREED),
    TimeChangeStatus.DECLINED: ("reviews.time.declined", News.TIME_DECLINED),
    TimeChangeStatus.WITHDRAWN: ("reviews.time.withdrawn", News.TIME_WITHDRAWN),
}


def _settle(actor: Actor, change: TimeChange) -> bool:
    """Decide the request where the words of the States do; give whether it is decided."""
    words = agreement_on(change)
    if words.is_refused or words.is_agreed:
        _decide(actor, change, TimeChangeStatus.DECLINED if words.is_refused else TimeChangeStatus.AGREED)
    return change.status != TimeChangeStatus.ASKED


def follow_team(actor: Actor, review: Review, _team: TeamChange) -> None:
    """After the team has changed: what only a State that has left had not answered is agreed; see ``follows_team``."""
    for change in TimeChange.objects.filter(review=review, status=TimeChangeStatus.ASKED).select_related("milestone"):
        change.review = review
        _settle(actor, change)


def _decide(actor: Actor, change: TimeChange, status: TimeChangeStatus) -> None:
    verb, news = _OUTCOMES[status]
    change.status, change.decided_at, change.decided_on = status, timezone.now(), timezone.localdate()
    change.save(update_fields=["status", "decided_at", "decided_on", "updated_at"])
    if status == TimeChangeStatus.AGREED:
        recompute_due_dates(change.review)
    audit.record(actor, verb, change, after=_facts(change))
    _tell(change, news, but=actor)


def _tell(change: TimeChange, news: News, *, but: Actor) -> None:
    """Those who have to answer; of an outcome all focal points, and the officer in charge."""
    review = change.review
    people = people_asked(change) if news == News.TIME_ASKED else [*focal_points_of(review), review.officer]
    tell(people, review, news, page="reviews:dates", key=str(change.pk), but=but)


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
