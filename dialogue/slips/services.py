"""Marking a place of the desk and writing a note there; both stay with the people of the State."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import ConflictError, ServiceError
from core.language.text import clean_markdown
from core.policy import require
from dialogue.exchange import articles_under_review, instruments_covered_by
from dialogue.slips.enums import SlipMark
from dialogue.slips.models import DeskSlip, SlipReading
from questionnaires.submissions import VersionHistory, latest_submission
from reviews.capacities import require_capacity
from reviews.cases import language_of, lock_review
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.drafts import Shown, past_own, require_shown, rewrite, shown_to_own_state
from reviews.programme import check_question_code
from reviews.programme.models import Article, Instrument

A_VISIT = dt.timedelta(hours=8)
"""Whoever looks again within this time is still there: what has changed since the visit before stays marked. A day of
work, because whoever writes is there without looking again."""

_NOTE_VISIT = """
    INSERT INTO dialogue_deskvisit AS visit (id, created_at, updated_at, review_id, user_id, section, seen_at)
    VALUES (%(id)s, clock_timestamp(), clock_timestamp(), %(review)s, %(user)s, %(section)s, clock_timestamp())
    ON CONFLICT (review_id, user_id, section) DO UPDATE SET
        before_at = CASE
            WHEN visit.seen_at < EXCLUDED.seen_at - make_interval(secs => %(visit)s) THEN visit.seen_at
            ELSE visit.before_at
        END,
        seen_at = EXCLUDED.seen_at, updated_at = EXCLUDED.updated_at
    RETURNING before_at
"""


@transaction.atomic
def mark_place(
    *,
    actor: User,
    review: Review,
    instrument: Instrument,
    mark: SlipMark,
    is_set: bool,
    seen: int = 0,
    question_code: str = "",
    article: Article | None = None,
) -> None:
    """Set a mark, or take it away; the same once more changes nothing, so that two people may press at once.

    ``seen``: the number of the version that the reader had before him or her. Raises ServiceError where a later one
    has changed the answer that is said to be read.
    """
    slip = _slip(actor, review, instrument, question_code, article)
    if mark == SlipMark.READ:
        if is_set:
            _require_newest(review, question_code, seen)
        own = SlipReading.objects.filter(slip=slip, user=actor)
        if not is_set:
            own.delete()
        elif not own.update(read_at=timezone.now(), updated_at=timezone.now()):
            SlipReading.objects.create(slip=slip, user=actor, read_at=timezone.now())
        return
    column = "ask_by" if mark == SlipMark.ASK else "observe_by"
    if (getattr(slip, f"{column}_id") is not None) != is_set:
        setattr(slip, column, actor if is_set else None)
        slip.save(update_fields=[column, "updated_at"])


@transaction.atomic
def save_note(
    *,
    actor: User,
    review: Review,
    instrument: Instrument,
    text: str,
    base: int,
    shown: Shown,
    question_code: str = "",
    article: Article | None = None,
    lost: Sequence[str] = (),
) -> DeskSlip:
    """Save what the State notes at a place. ``base``: the revision that the writer saw, 0 for none; ``shown``: who was
    to read it; ``lost``: what the writer has sent on that revision without a reply (``past_own``).

    Raises ConflictError when a colleague saved since, or others would read it.
    """
    slip = _slip(actor, review, instrument, question_code, article)
    text = clean_markdown(text)
    base = past_own(slip, base, lost, is_own=slip.saved_by_id == actor.pk)
    require_shown(shown, shown_to_own_state(require_capacity(actor, review).state_party_id), slip, base=base)
    if base > slip.revision:
        raise ConflictError(_("This text is not there any more."), current=slip.text, revision=slip.revision)
    if rewrite(slip, text, base, saved_by=actor, saved_at=timezone.now()):
        slip.save()
    return slip


def note_desk_visit(user: User, review: Review, instrument: str, section: str) -> dt.datetime | None:
    """When the person was in this section before, by the policy's leave; None the first time. One statement."""
    keys: dict[str, Any] = {"id": uuid4(), "review": review.pk, "user": user.pk, "section": f"{instrument}/{section}"}
    keys["visit"] = A_VISIT.total_seconds()
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_VISIT, keys)
        row = cursor.fetchone()
    return row[0] if row else None


def _require_newest(review: Review, question_code: str, seen: int) -> None:
    submission = latest_submission(review)
    change = VersionHistory(submission).changes.get(question_code) if submission else None
    if change is not None and change.number > seen:
        raise ServiceError(_("The answer has changed since you opened this page. Look at it again."))


def _slip(actor: User, review: Review, instrument: Instrument, question_code: str, article: Article | None) -> DeskSlip:
    """That of the actor's State at a place, locked; made where there is none."""
    lock_review(review)
    require(actor, ReviewAction.KEEP_SLIPS, review)
    state = require_capacity(actor, review).state_party_id
    if instrument not in instruments_covered_by(review, state):
        raise ServiceError(_("Your State does not review this instrument."), field="text")
    about: dict[str, Any] = {"question_code": "", "article": article}
    if question_code:
        about = {"question_code": check_question_code(question_code), "article": None}
    elif article not in articles_under_review(review, instrument):
        raise ServiceError(_("Choose among the articles under review."), field="text")
    place = {"review": review, "room_id": state, "instrument": instrument, **about}
    DeskSlip.objects.get_or_create(**place, defaults={"language": language_of(review)})
    return DeskSlip.objects.select_for_update(of=("self",)).get(**place)
