"""What a State records of what it does about an observation, and what its focal point shares of that."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.rendering import render_all
from core.language.text import clean_markdown, clean_text, require_text
from core.policy import require
from observations.follow_up.enums import FollowUpAction, FollowUpStatus
from observations.follow_up.models import FollowUp, FollowUpEntry, FollowUpShare
from observations.follow_up.selectors import dated_open, follow_up_of
from observations.texts import ON_AGREED_LIST, lock_text
from observations.texts.models import Observation
from observations.versions import pieces_of_version, standing_version
from reviews.audiences.enums import SharingAudience
from reviews.bringing.enums import StateWord
from reviews.cases import language_of, tell
from reviews.cases.enums import News
from reviews.drafts import require_base
from reviews.reminders import OtherDates

MAXIMUM_ACTION, MAXIMUM_REASON, MAXIMUM_BODY = 10_000, 2_000, 200  # characters
YEARS = (2000, 2100)  # between which a date may lie


@dataclass(frozen=True, slots=True)
class FollowUpInput:
    """What a person records. ``reason`` is asked for where the status says that the item is not pursued."""

    status: str
    action: str = ""
    body: str = ""
    due_on: dt.date | None = None
    reason: str = ""


@transaction.atomic
def record_follow_up(*, actor: User, observation: Observation, given: FollowUpInput, base: int) -> FollowUp:
    """Record what the State does; ``base`` is the revision that the writer saw, 0 for none.

    What is the same as it stands is not recorded anew. Raises ServiceError with the field, and ConflictError where a
    colleague has recorded something since.
    """
    lock_text(observation.agreed_text)
    require(actor, FollowUpAction.RECORD, observation)
    _require_agreed(observation)
    row = follow_up_of(observation) or FollowUp(
        observation=observation,
        review=observation.review,
        room_id=observation.review.state_under_review_id,
        language=language_of(observation.review),
        revision=0,
    )
    clean = _cleaned(given)
    if row.revision and all(getattr(row, name) == value for name, value in clean.items()):
        return row
    require_base(row, base)
    for name, value in clean.items():
        setattr(row, name, value)
    row.revision += 1
    row.saved_by = actor
    row.save()
    _place = {"review": row.review, "room_id": row.room_id, "language": row.language}
    FollowUpEntry.objects.create(follow_up=row, number=row.revision, saved_by=actor, **_place, **clean)
    after = {"observation": str(observation.pk), "revision": row.revision}
    audit.record(actor, "observations.follow_up.recorded", row, after=after)
    return row


@transaction.atomic
def share_follow_up(*, actor: User, observation: Observation, audience: str, base: int) -> FollowUpShare:
    """Let others read the observation and what is recorded as of revision ``base``; what was shared before gives way.

    Raises OutdatedError where something was recorded since the focal point looked.
    """
    lock_text(observation.agreed_text)
    require(actor, FollowUpAction.SHARE, observation)
    _require_agreed(observation)
    row, chosen = follow_up_of(observation), _audience(audience)
    if row is None or row.revision != base:
        raise OutdatedError(_("Something was recorded since you opened this page. Please look at it again."))
    standing = FollowUpShare.objects.filter(follow_up=row, ended_at=None).first()
    if standing is not None and (standing.number, standing.audience) == (row.revision, chosen):
        return standing
    _require_publishable(chosen, observation)
    _end(standing)
    document = _document(row, observation)
    share = FollowUpShare.objects.create(
        follow_up=row,
        review=row.review,
        room_id=row.room_id,
        language=row.language,
        number=row.revision,
        audience=chosen,
        document=document,
        rendered=render_all(document[name]["text"] for name in ("action", "observation")),
        shared_by=actor,
        shared_at=timezone.now(),
    )
    audit.record(actor, "observations.follow_up.shared", row, after={"revision": row.revision, "audience": chosen})
    return share


@transaction.atomic
def stop_sharing(*, actor: User, observation: Observation) -> None:
    """Nobody else reads it from now on; what was read or copied stays where it is."""
    lock_text(observation.agreed_text)
    require(actor, FollowUpAction.TAKE_BACK, observation)
    standing = FollowUpShare.objects.select_related("follow_up").get(follow_up__observation=observation, ended_at=None)
    _end(standing)
    audit.record(actor, "observations.follow_up.taken_back", standing.follow_up, after={"revision": standing.number})


def remind_of_follow_up(today: dt.date) -> int:
    """Remind the focal points of a State of dates that it has set itself, by the rules of the mechanism up to the day.

    By the worker, each day; each reminder is owed once, whatever the number of runs. Nobody is told that one has
    passed: the date is the State's own. Gives how many are found.
    """
    dates, found = OtherDates(today, before_only=True), 0
    for row in dated_open(today):
        day = dates.reached(row.review, row.due_on, row.updated_at)
        if day is not None:
            told = dates.told(row.review, day)
            key = f"{row.pk}:{row.due_on}:{day}"
            page, args = "observations:follow-up-item", (str(row.observation_id),)
            tell(told, row.review, News.FOLLOW_UP_DUE, page=page, args=args, key=key, is_private=True)
            found += 1
    return found


def _cleaned(given: FollowUpInput) -> dict[str, Any]:
    if given.status not in FollowUpStatus.values:
        raise ServiceError(_("Choose how far it is."), field="status")
    action = clean_markdown(given.action.strip(), maximum=MAXIMUM_ACTION, field="action")
    reason = clean_text(given.reason.strip(), maximum=MAXIMUM_REASON, field="reason")
    if given.status == FollowUpStatus.NOT_PURSUED:
        reason = require_text(given.reason, _("Say why it is not pursued."), maximum=MAXIMUM_REASON, field="reason")
    elif not action:
        raise ServiceError(_("Say what is done about it."), field="action")
    if given.due_on is not None and not YEARS[0] <= given.due_on.year <= YEARS[1]:
        message = _("Give a date between the years %(first)s and %(last)s.")
        raise ServiceError(message % {"first": YEARS[0], "last": YEARS[1]}, field="due_on")
    body = clean_text(given.body, maximum=MAXIMUM_BODY, field="body").strip()
    return {"status": given.status, "body": body, "due_on": given.due_on, "action": action, "reason": reason}


def _require_agreed(observation: Observation) -> None:
    """Raises ServiceError where another list was brought in since the page was opened."""
    if not Observation.objects.filter(ON_AGREED_LIST, pk=observation.pk).exists():
        raise ServiceError(_("Another list has taken the place of this one. Follow up the items of that."))


def _require_publishable(audience: SharingAudience, observation: Observation) -> None:
    """Beyond the review goes of a list that was brought in what could be published of it."""
    if audience == SharingAudience.REVIEW_TEAM:
        return
    pieces = pieces_of_version(standing_version(observation.agreed_text))
    if any(piece.word == StateWord.OBJECTED for piece in pieces):
        raise ServiceError(_("This text was brought in, and a State objects to it."), field="audience")
    state = observation.review.state_under_review_id
    own = [piece.word for piece in pieces if piece.state_party_id == state]
    if own and StateWord.CONFIRMED not in own:
        message = _("This text was brought in. Your State confirms it before it is published.")
        raise ServiceError(message, field="audience")


def _audience(value: str) -> SharingAudience:
    try:
        return SharingAudience(value)
    except ValueError:
        raise ServiceError(_("Choose who reads it."), field="audience") from None


def _end(share: FollowUpShare | None) -> None:
    if share is not None:
        share.ended_at = timezone.now()
        share.save(update_fields=["ended_at", "updated_at"])


def _document(row: FollowUp, observation: Observation) -> dict[str, Any]:
    """What others read, by itself: it names the version of the list that the States have agreed on."""
    text = observation.agreed_text
    version = standing_version(text)
    return {
        "mechanism": row.review.mechanism.slug,
        "review": row.review.code,
        "instrument": text.instrument.slug,
        "heading": observation.heading.kind,
        "articles": sorted(article.number for article in observation.articles.all()),
        "observation": {"text": str(observation.text), "language": observation.language},
        "version": version.number if version else 0,
        "sha256": version.sha256 if version else "",
        "status": row.status,
        "body": {"text": row.body},
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "action": {"text": str(row.action)},
        "reason": {"text": row.reason},
    }
