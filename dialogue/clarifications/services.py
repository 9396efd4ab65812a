"""Requests for clarification: asked by a reviewing State, answered by the State under review, closed by the asker."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_markdown, require_markdown
from core.policy import require
from dialogue.clarifications.selectors import laws_to_ask_about
from dialogue.exchange import PAGE_OF, dated_requests, instruments_covered_by
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject, ExchangeAction
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from questionnaires.sending import add_beside
from reviews.capacities import require_capacity
from reviews.cases import language_of, lock_review, lock_with_review, tell
from reviews.cases.enums import News, ParticipationRole, ReviewAction, Side
from reviews.cases.models import Review
from reviews.drafts import (
    Shown,
    past_own,
    require_base,
    require_seen,
    require_shown,
    rewrite,
    shown_in_room,
    shown_of,
    shown_on_table,
)
from reviews.participation import focal_points_of, participants_of
from reviews.programme import check_question_code
from reviews.programme.models import Instrument
from reviews.reminders import OtherDates

_MAXIMUM = 10_000  # characters
LONGEST = 366  # days that a State may be given for its answer


@transaction.atomic
def draft_clarification(
    *, actor: User, review: Review, instrument: Instrument, question_code: str, text: str, shown: Shown
) -> ClarificationRequest:
    """Draft a question back to the State under review, in the room of the actor's State.

    Raises ServiceError for an empty text, or where the actor's State does not review the instrument, and ConflictError
    where others would read it than was shown.
    """
    lock_review(review)
    require(actor, ReviewAction.ADD_CLARIFICATION, review)
    _require_covered(actor, review, instrument)
    about = {"instrument": instrument, "question_code": check_question_code(question_code)}
    return _draft(actor, review, text, shown, about)


@transaction.atomic
def ask_about_legal_system(
    *, actor: User, review: Review, text: str, shown: Shown, law: str = ""
) -> ClarificationRequest:
    """Draft a question about the legal system of the State under review, in the room of the actor's State.

    ``law``: the one that it is about, of ``laws_to_ask_about``. It waits for no answer (resolution 10/1, annex I,
    paragraph 8 (c)). Raises ServiceError and ConflictError like ``draft_clarification``; ServiceError for another law.
    """
    lock_review(review)
    require(actor, ReviewAction.ASK_ABOUT_LEGAL_SYSTEM, review)
    if not law:
        return _draft(actor, review, text, shown, {"subject": ClarificationSubject.LEGAL_SYSTEM})
    if law not in laws_to_ask_about(actor, review):
        raise ServiceError(_("Choose among the laws that the State has offered or cites."), field="law")
    return _draft(actor, review, text, shown, {"subject": ClarificationSubject.LAW, "law": law})


@transaction.atomic
def ask_further(*, actor: User, request: ClarificationRequest, text: str, shown: Shown) -> ClarificationRequest:
    """Draft a request that goes on from the answer to this one, on the same matter, in the room of the actor's State.

    Raises ServiceError for an empty text, and where one goes on from it already; ConflictError where others would read
    it than was shown.
    """
    locked = _lock(request)
    require(actor, ExchangeAction.ASK_FURTHER, locked)
    if locked.instrument is not None:
        _require_covered(actor, locked.review, locked.instrument)
    if ClarificationRequest.objects.filter(follows=locked).exists():
        raise ServiceError(_("Your State has asked further already: go on there."), field="text")
    matter = {name: getattr(locked, name) for name in ("subject", "instrument", "question_code", "law")}
    return _draft(actor, locked.review, text, shown, {**matter, "follows": locked})


def _require_covered(actor: User, review: Review, instrument: Instrument) -> None:
    if instrument not in instruments_covered_by(review, require_capacity(actor, review).state_party_id):
        raise ServiceError(_("Your State does not review this instrument."), field="text")


def _draft(actor: User, review: Review, text: str, shown: Shown, about: dict[str, Any]) -> ClarificationRequest:
    state_party_id = require_capacity(actor, review).state_party_id
    require_shown(shown, shown_in_room(review, state_party_id))
    request = ClarificationRequest.objects.create(
        review=review,
        room_id=state_party_id,
        language=language_of(review),
        state_party_id=state_party_id,
        text=require_markdown(text, _("Write what you ask."), maximum=_MAXIMUM),
        written_by=actor,
        **about,
    )
    audit.record(actor, "reviews.clarification.drafted", request, after=_facts(request))
    return request


@transaction.atomic
def edit_clarification(
    *, actor: User, request: ClarificationRequest, text: str, base: int, shown: Shown, lost: Sequence[str] = ()
) -> ClarificationRequest:
    """Change a draft. Raises ConflictError when a colleague saved since revision ``base``, or others would read it.

    ``lost``: what the writer has sent on that revision without a reply (``past_own``).
    """
    locked = _lock(request)
    require(actor, ExchangeAction.EDIT_CLARIFICATION, locked)
    base = past_own(locked, base, lost, is_own=locked.written_by_id == actor.pk)
    require_shown(shown, shown_of(locked), locked, base=base)
    text = require_markdown(text, _("Write what you ask."), maximum=_MAXIMUM)
    if rewrite(locked, text, base, written_by=actor):
        locked.save()
    return locked


@transaction.atomic
def discard_clarification(*, actor: User, request: ClarificationRequest, base: int) -> None:
    """Throw a draft away; what was sent stays. Raises ServiceError where it is not revision ``base`` any more."""
    locked = _lock(request)
    require(actor, ExchangeAction.EDIT_CLARIFICATION, locked)
    require_seen(locked.revision, base)
    audit.record(actor, "reviews.clarification.discarded", locked, after=_facts(locked))
    locked.delete()


@transaction.atomic
def send_clarification(
    *, actor: User, request: ClarificationRequest, base: int, shown: Shown, due_on: dt.date | None = None
) -> ClarificationRequest:
    """Send the request to the State under review: it lies on the shared table from now on.

    ``base`` and ``shown``: the revision that the focal point saw, and who reads it on the table. ``due_on``: by when an
    answer is asked for; nobody is bound by it. The request from whose answer this one goes on is closed. Raises
    ServiceError for a day that has passed or is far, and it and ConflictError where something else holds by now.
    """
    locked = _lock(request)
    require(actor, ExchangeAction.SEND_CLARIFICATION, locked)
    require_seen(locked.revision, base)
    require_shown(shown, shown_on_table(locked.review), locked, base=base)
    today = timezone.localdate()
    if due_on is not None and not today <= due_on <= today + dt.timedelta(days=LONGEST):
        raise ServiceError(_("Give a day from today on, and within a year."), field="due_on")
    locked.status, locked.room, locked.asked_at = ClarificationStatus.ASKED, None, timezone.now()
    locked.due_on = due_on
    locked.save()
    if locked.follows is not None:
        _close(actor, _lock(locked.follows))
    audit.record(actor, "reviews.clarification.sent", locked, after=_facts(locked))
    review, people = locked.review, focal_points_of(locked.review, Side.UNDER_REVIEW)
    if locked.is_open_early:  # as widely as a private consultation tells (_tell)
        people = _writers_of(review, review.state_under_review_id)
    _tell(people, locked, News.CLARIFICATION_SENT)
    return locked


@transaction.atomic
def draft_answer(
    *, actor: User, request: ClarificationRequest, text: str, base: int, shown: Shown
) -> ClarificationAnswer:
    """Draft the answer in the room of the State under review. ``base``: the revision seen, 0 for none.

    Raises ConflictError when a colleague saved since, or others would read it than was shown.
    """
    locked = _lock(request)
    require(actor, ExchangeAction.ANSWER_CLARIFICATION, locked)
    text = clean_markdown(text.strip(), maximum=_MAXIMUM)
    answer = ClarificationAnswer.objects.select_for_update().filter(request=locked).first()
    now = shown_in_room(locked.review, locked.review.state_under_review_id)
    require_shown(shown, now, answer, base=base)
    if answer is None:
        require_base(answer, base)
        return ClarificationAnswer.objects.create(
            review=locked.review,
            room_id=locked.review.state_under_review_id,
            language=locked.language,
            request=locked,
            text=text,
            written_by=actor,
        )
    if rewrite(answer, text, base, written_by=actor):
        answer.save()
    return answer


@transaction.atomic
def send_answer(*, actor: User, request: ClarificationRequest, base: int, shown: Shown) -> ClarificationRequest:
    """Send the drafted answer to the reviewing States.

    ``base`` and ``shown``: the revision of the answer that the focal point saw, and who reads it on the table. Raises
    ServiceError and ConflictError where something else holds by now, and where nothing is written.
    """
    locked = _lock(request)
    require(actor, ExchangeAction.SEND_ANSWER, locked)
    answer = ClarificationAnswer.objects.select_for_update().filter(request=locked).first()
    if answer is None or not answer.text:
        raise ServiceError(_("Write the answer first."), field="text")
    require_seen(answer.revision, base)
    require_shown(shown, shown_on_table(locked.review), answer, base=base)
    answer.room, answer.sent_at = None, timezone.now()
    answer.save()
    locked.status = ClarificationStatus.ANSWERED
    locked.save()
    audit.record(actor, "reviews.clarification.answered", locked, after=_facts(locked))
    if locked.subject == ClarificationSubject.QUESTION:
        add_beside(actor, locked.review, _beside(locked, answer))
    _tell(_writers_of(locked.review, locked.state_party_id), locked, News.CLARIFICATION_ANSWERED)
    return locked


@transaction.atomic
def close_clarification(*, actor: User, request: ClarificationRequest, base: int) -> ClarificationRequest:
    """The asking State has no more questions here.

    ``base``: the revision of the answer that the focal point has read, 0 where none had come. Raises ServiceError where
    one has come since, which nobody of the State may have read.
    """
    locked = _lock(request)
    require(actor, ExchangeAction.CLOSE_CLARIFICATION, locked)
    answer = ClarificationAnswer.objects.filter(request=locked, sent_at__isnull=False).first()
    require_seen(answer.revision if answer else 0, base)
    _close(actor, locked)
    return locked


def _close(actor: User, locked: ClarificationRequest) -> None:
    """Once: the asking State may have closed it before it went on."""
    if locked.status == ClarificationStatus.CLOSED:
        return
    locked.status, locked.closed_at = ClarificationStatus.CLOSED, timezone.now()
    locked.save()
    audit.record(actor, "reviews.clarification.closed", locked, after=_facts(locked))


def remind_of_requests(today: dt.date) -> int:
    """Remind the State under review of requests that wait for its answer, by the rules of the mechanism up to the day.

    By the worker, each day; each reminder is owed once, whatever the number of runs. Gives how many are found.
    """
    dates, found = OtherDates(today), 0
    for request in dated_requests(today):
        assert request.asked_at is not None  # noqa: S101 - it was sent
        day = dates.reached(request.review, request.due_on, request.asked_at)
        if day is not None:
            _tell(dates.told(request.review, day), request, News.CLARIFICATION_DUE, key=f"{request.pk}:{day}")
            found += 1
    return found


def _beside(request: ClarificationRequest, answer: ClarificationAnswer) -> dict[str, str]:
    """What the next version of the answers carries of it."""
    return {
        "kind": "clarification",
        "code": request.question_code,
        "asked_by": request.state_party.iso3,
        "request": request.text,
        "text": answer.text,
        "language": answer.language,
    }


def _lock(request: ClarificationRequest) -> ClarificationRequest:
    """With its review: whether the reviewing States share their room does not change meanwhile."""
    return lock_with_review(request, "state_party", "instrument")


def _facts(request: ClarificationRequest) -> dict[str, str]:
    """What the record says of a request: what it is about, and no word of it."""
    return {"question": request.question_code} if request.question_code else {"subject": str(request.subject)}


def _writers_of(review: Review, state_party_id: UUID) -> list[User]:
    """Focal points and experts of one State."""
    roles = [ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT]
    return [row.user for row in participants_of(review).filter(state_party=state_party_id, role__in=roles)]


def _tell(people: Iterable[User], request: ClarificationRequest, news: News, *, key: str = "") -> None:
    """What is about the legal system is told in the words of a private consultation, so that they give none away."""
    page = PAGE_OF[request.subject]
    if request.is_open_early:
        page = "portal:review-detail"
        news = News.SOMETHING_WAITS if news == News.CLARIFICATION_DUE else News.SOMETHING_NEW
    tell(people, request.review, news, page=page, key=key or str(request.pk))
