"""Private consultations of States: opened, spoken in, closed.

If there are grounds for believing that the guiding principles have not been respected, the States concerned are
encouraged to consult each other (resolution 10/1, annex I, paragraph 13). It opens no procedure, and no page of others
shows a trace of it.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import officers
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError, found
from core.language.text import require_markdown
from core.policy import require
from reviews.capacities import capacity_of, require_capacity, speaker_of
from reviews.cases import language_of, lock_review, tell
from reviews.cases.enums import News, ParticipationRole
from reviews.cases.models import Review
from reviews.concerns.enums import ConcernAction
from reviews.concerns.models import Concern, ConcernMessage, ConcernState
from reviews.participation import participants_of
from reviews.visibility import states_taking_part

_MAXIMUM = 10_000  # characters


@transaction.atomic
def open_concern(
    *, actor: User, review: Review, states: Collection[StateParty], officer: User | None = None, text: str
) -> Concern:
    """Open a private consultation with other States of the review by a first message.

    ``officer`` is who is in charge, as the opener knows it: whoever is in charge later takes no part. Raises
    ServiceError with the field: no other State, one that takes no part, an officer who is not in charge, no text.
    """
    lock_review(review)
    review.refresh_from_db(fields=["officer"])
    require(actor, ConcernAction.OPEN, review)
    own = require_capacity(actor, review).state_party_id
    others = {state.pk for state in states} - {own}
    if not others:
        raise ServiceError(_("Choose at least one other State."), field="states")
    if others - set(states_taking_part(review).values_list("pk", flat=True)):
        raise ServiceError(_("This State takes no part in the review."), field="states")
    if officer is not None and officer.pk != review.officer_id:
        raise ServiceError(_("This person is not in charge of the review any more. Choose again."), field="officer")
    concern = Concern.objects.create(review=review, state_party_id=own, officer=officer)
    for key in sorted({own, *others}, key=str):
        ConcernState.objects.create(concern=concern, state_party_id=key)
    audit.record(actor, "reviews.concern.opened", concern)
    _say(actor, concern, text)
    return concern


@transaction.atomic
def write_message(*, actor: User, concern: Concern, text: str) -> ConcernMessage:
    """Write to those who take part. Raises ServiceError for an empty text, and where it was closed meanwhile."""
    locked = _lock(concern)
    require(actor, ConcernAction.WRITE, locked)
    if locked.closed_at is not None:
        raise ServiceError(_("This consultation is closed. Nothing was sent."), field="text")
    return _say(actor, locked, text)


@transaction.atomic
def close_concern(*, actor: User, concern: Concern, message: ConcernMessage) -> Concern:
    """Nothing more is written; what was written stays readable to those who took part.

    ``message`` is the last one that the actor has read. Raises ServiceError where another has come since.
    """
    locked = _lock(concern)
    require(actor, ConcernAction.CLOSE, locked)
    if locked.closed_at is not None:
        raise ServiceError(_("This consultation is closed."))
    if locked.messages.filter(created_at__gt=message.created_at).exists():
        raise ServiceError(_("Somebody has written meanwhile. Read that first, then close the consultation."))
    locked.closed_at = timezone.now()
    locked.save()
    audit.record(actor, "reviews.concern.closed", locked)
    return locked


@transaction.atomic
def settle_concern(*, actor: User, concern: Concern, message: ConcernMessage) -> Concern:
    """The actor's State, or the officer, has nothing to add to what was written up to ``message``.

    What is written later waits again, and nothing that was settled waits again: an earlier message changes nothing.
    Raises ServiceError where it was closed meanwhile.
    """
    locked = _lock(concern)
    require(actor, ConcernAction.WRITE, locked)
    if locked.closed_at is not None:
        raise ServiceError(_("This consultation is closed."))
    capacity = capacity_of(actor, locked.review)
    if capacity is None:
        if _is_settled(locked.officer_settled_until, message):
            return locked
        locked.officer_settled_until = message.created_at
        locked.save()
    else:
        own = locked.states.get(state_party=capacity.state_party_id)
        if _is_settled(own.settled_until, message):
            return locked
        own.settled_until = message.created_at
        own.save()
    audit.record(actor, "reviews.concern.settled", locked)
    return locked


def _is_settled(until: dt.datetime | None, message: ConcernMessage) -> bool:
    return until is not None and until >= message.created_at


def _say(actor: User, concern: Concern, text: str) -> ConcernMessage:
    _person, state_party_id = speaker_of(actor, concern.review)
    message = ConcernMessage.objects.create(
        concern=concern,
        state_party_id=state_party_id,
        language=language_of(concern.review),
        text=require_markdown(text, _("Write what you have to say."), maximum=_MAXIMUM),
        written_by=actor,
    )
    audit.record(actor, "reviews.concern.written", concern)
    tell(
        _people_of(concern),
        concern.review,
        News.SOMETHING_NEW,
        page="portal:review-detail",
        key=str(message.pk),
        but=actor,
        is_private=True,
    )
    return message


def _people_of(concern: Concern) -> list[User]:
    """Focal points and experts of its States, and the officer who was invited."""
    people = participants_of(concern.review).filter(
        state_party__in=concern.states.values("state_party"),
        role__in=[ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT],
    )
    invited = officers().filter(pk__in=Concern.objects.filter(pk=concern.pk).values("officer"))
    return [*(row.user for row in people), *invited]


def _lock(concern: Concern) -> Concern:
    rows = Concern.objects.select_for_update(of=("self",), no_key=True)
    return found(rows.select_related("review__mechanism", "review__step").filter(pk=concern.pk).first())
