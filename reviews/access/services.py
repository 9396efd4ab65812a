"""The one door into a State's room: prepared by one officer, approved by another, told to the State, then in effect.

No act of one person of the secretariat gives anybody a key to a State's room, or takes one away. ``prepare_request``
and ``approve_request`` are the two officers; ``confirm_request`` and ``refuse_request`` the State; what nobody has
refused in the waiting time ``carry_out_due`` takes into effect, in a worker: no page acts as the system. Rules:
``AccountRule`` ACCESS_WAIT, ACCESS_WAIT_ALONE.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor, account_rule, open_staff_session
from accounts.people.enums import AccountAction, AccountRuleKey
from accounts.people.models import User
from core import audit
from core.database.identity import identified_as, looking_past_rooms
from core.errors import ServiceError
from core.language.text import clean_text, require_text
from core.policy import require
from reviews.access.enums import AccessAction, AccessKind, AccessNews, AccessStatus
from reviews.access.kinds import DOOR, KINDS, Wish, give_note_back
from reviews.access.mails import tell_of_request, tell_officers, tell_state, tell_stop, tell_watchers
from reviews.access.models import AccessRequest
from reviews.access.policy import is_leaving
from reviews.access.selectors import IN_EFFECT_AT, fingerprint_of_request, is_vouched_for, needs_the_state, requests_due
from reviews.nominations import fingerprint_of, nominations_of
from reviews.nominations.models import NoteVerbale
from reviews.scans import check_scan, receive_scan, require_number

LONGEST_REASON = 2000
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what a request rests. An act on the account of a person of no State has no note verbale, but a reason."""

    number: str = ""
    scan: UploadedFile | None = None  # type: ignore[type-arg]
    reason: str = ""


@transaction.atomic
def prepare_request(*, actor: User, wish: Wish, grounds: Grounds) -> AccessRequest:
    """Ask for an act on somebody's access; officers are told that it waits for one of them. Nothing else happens.

    Raises ServiceError with the field: no number, scan or reason where one is needed, a scan that is not accepted, what
    cannot be done as things stand, or a request about the same thing that is open.
    """
    kind = KINDS[wish.kind]
    require(actor, kind.ask, wish.target)
    needs_note = kind.needs_note and wish.state_party is not None
    request = AccessRequest(
        kind=wish.kind,
        about=wish.about,
        state_party=wish.state_party,
        mechanism=wish.mechanism,
        person=wish.person,
        participation=wish.participation,
        wanted=wish.wanted,
        prepared_by=actor,
    )
    if needs_note:
        request.number = require_number(grounds.number)
        request.reason = clean_text(grounds.reason, maximum=LONGEST_REASON, field="reason").strip()
        if grounds.scan is None:
            raise ServiceError(_("Add the scanned note: whoever approves the request looks at it."), field="scan")
        receive_scan(request, grounds.scan)
    else:
        message = _("Say why, and how you made sure who is asking.")
        request.reason = require_text(grounds.reason, message, maximum=LONGEST_REASON, field="reason")
    kind.check(wish)
    _save_new(request)
    session = open_staff_session(actor) if isinstance(kind.ask, AccountAction) else None
    _record(actor, "prepared", request, **({"staff_session": str(session.pk)} if session else {}))
    tell_officers(request, AccessNews.WAITS)
    return request


@transaction.atomic
def approve_request(*, actor: User, request: AccessRequest, seen: str) -> AccessRequest:
    """Stand behind it as the second officer: the State is told; where nobody represents it, it is carried out.

    ``seen`` is the fingerprint of what the officer has compared with the scan. Pressing twice changes nothing more.
    Raises ServiceError for something else, a scan that is no longer the one, or what cannot be done any more.
    """
    locked = _lock(request)
    if locked.approved_by_id == actor.pk and locked.status in {*IN_EFFECT_AT, AccessStatus.DONE}:
        return locked
    require(actor, AccessAction.APPROVE, locked)
    if fingerprint_of_request(locked) != seen:
        raise ServiceError(_("This request is not the one that you had opened. Check it as it stands now."))
    check_scan(locked)
    locked.approved_by = actor
    _record(actor, "approved", locked)
    if needs_the_state(locked):
        _tell(locked, account_rule(AccountRuleKey.ACCESS_WAIT))
    else:
        locked.told_at = timezone.now()
        _carry_out_now(locked)
    return locked


@transaction.atomic
def take_on_alone(*, actor: User, request: AccessRequest, reason: str) -> AccessRequest:
    """With no other officer left: the State is told, every State's focal points and the administrators too.

    It waits for as long as ACCESS_WAIT_ALONE says, and nobody makes that shorter. Raises ServiceError without a reason.
    """
    locked = _lock(request)
    if locked.is_alone and locked.status == AccessStatus.TOLD:
        return locked
    require(actor, AccessAction.ALONE, locked)
    check_scan(locked)
    begin_alone(actor, locked, reason)
    return locked


def begin_alone(actor: User, request: AccessRequest, reason: str) -> None:
    """The same for a request that the caller has just made or holds."""
    why = require_text(reason, _("Say why this cannot wait for a second officer."), maximum=500, field="reason")
    request.is_alone = True
    request.reason = f"{request.reason}\n\n{why}".strip()
    _record(actor, "taken_on_alone", request, is_alone=True)
    _tell(request, account_rule(AccountRuleKey.ACCESS_WAIT_ALONE))
    tell_watchers(request)


def tell_of_note(note: NoteVerbale, *, approved_by: User | None) -> AccessRequest:
    """Make the request of a note verbale that an officer has recorded; the caller holds the note and has approval."""
    request = AccessRequest(
        kind=AccessKind.NOMINATIONS,
        about=f"note:{note.pk}",
        state_party=note.state_party,
        mechanism=note.mechanism,
        note=note,
        number=note.number,
        sha256=note.sha256,
        wanted={"fingerprint": fingerprint_of(note, list(nominations_of(note)))},
        prepared_by=note.recorded_by,
        approved_by=approved_by,
    )
    if approved_by is None:
        _save_new(request)
    else:
        request.told_at = timezone.now()
        request.effective_at = request.told_at
        request.status = AccessStatus.TOLD
        _save_new(request)
        _record(approved_by, "approved", request)
        _tell(request, account_rule(AccountRuleKey.ACCESS_WAIT))
    return request


@transaction.atomic
def return_request(*, actor: User, request: AccessRequest, reason: str) -> AccessRequest:
    """Give it back to whoever prepared it, with the reason. Raises ServiceError where there is none."""
    locked = _lock(request)
    require(actor, AccessAction.RETURN, locked)
    locked.answer = require_text(reason, _("Say what has to be changed."), maximum=LONGEST_REASON, field="reason")
    _close(locked, AccessStatus.RETURNED, actor)
    _record(actor, "returned", locked)
    tell_of_request(locked.prepared_by, locked, AccessNews.RETURNED)
    return locked


@transaction.atomic
def withdraw_request(*, actor: User, request: AccessRequest) -> AccessRequest:
    """Take back what one has prepared, before it is in effect; the State is told where it knew of it."""
    locked = _lock(request)
    require(actor, AccessAction.WITHDRAW, locked)
    was_told = locked.status == AccessStatus.TOLD
    _close(locked, AccessStatus.WITHDRAWN, actor)
    _record(actor, "withdrawn", locked)
    give_note_back(locked, _("The request was withdrawn."))
    if was_told:
        tell_state(locked, AccessNews.WITHDRAWN)
    return locked


@transaction.atomic
def confirm_request(*, actor: User, request: AccessRequest) -> AccessRequest:
    """Say for the State that it is right: a worker carries it out at once. Pressing twice changes nothing more.

    What cannot be carried out any more goes back to the officers, as after the waiting time.
    """
    locked = _lock(request)
    if locked.status in {AccessStatus.DUE, AccessStatus.DONE} and locked.answered_by_id == actor.pk:
        return locked
    require(actor, AccessAction.CONFIRM, locked)
    locked.answered_by, locked.answered_at = actor, timezone.now()
    _record(actor, "confirmed", locked)
    _carry_out_now(locked)
    return locked


@transaction.atomic
def refuse_request(*, actor: User, request: AccessRequest, reason: str) -> AccessRequest:
    """Refuse it for the State; whoever would lose access by it delays it instead, once. Raises ServiceError.

    The reason goes to the State's people, its mission and the officers. Pressing twice changes nothing more.
    """
    locked = _lock(request)
    if locked.status == AccessStatus.REFUSED and locked.answered_by_id == actor.pk:
        return locked
    require(actor, AccessAction.REFUSE, locked)
    locked.answer = require_text(reason, _("Say why."), maximum=LONGEST_REASON, field="reason")
    if is_leaving(actor, locked):
        now = timezone.now()
        rule = AccountRuleKey.ACCESS_WAIT_ALONE if locked.is_alone else AccountRuleKey.ACCESS_WAIT
        locked.delayed_at, locked.effective_at = now, now + account_rule(rule)
        locked.save()
        _record(actor, "delayed", locked, until=locked.effective_at.isoformat())
        tell_state(locked, AccessNews.DELAYED)
        tell_officers(locked, AccessNews.DELAYED)
    else:
        _refuse(locked, actor)
    return locked


@transaction.atomic
def stop_by_old_address(request_id: UUID) -> AccessRequest | None:
    """Refuse a change of address by the link that was sent to the old one; None where nothing waits any more.

    The caller has proven the link, by which nobody is signed in: whoever holds it acts as the person whose address it
    is.
    """
    open_ones = AccessRequest.objects.filter(kind=AccessKind.ADDRESS, status=AccessStatus.TOLD, person__is_active=True)
    with looking_past_rooms():
        request = open_ones.filter(pk=request_id).select_related("person").first()
    if request is None or request.person is None:
        return None
    with identified_as(request.person):
        locked = _lock(request)
        if locked.status != AccessStatus.TOLD:
            return None
        locked.answer = _("Stopped by the link that was sent to the old address.")
        _refuse(locked, locked.person)
        return locked


def carry_out_due(now: dt.datetime) -> int:
    """Take into effect what was confirmed, and what nobody has refused in time; give how many. For workers alone.

    Each in a transaction of its own and under its lock: twice, in two workers, or after a kill, each is carried out
    once. What cannot be carried out any more goes back to the officers with the reason.
    """
    return sum(_carry_out_whatever_comes(pk, now) for pk in requests_due(now))


def _carry_out_whatever_comes(pk: UUID, now: dt.datetime) -> bool:
    """One that fails by a mistake of ours is tried again with the next; it keeps no other waiting."""
    try:
        return _carry_out_one(pk, now)
    except Exception:
        logger.exception("The request for access %s was not carried out", pk)
        return False


@transaction.atomic
def _carry_out_one(pk: UUID, now: dt.datetime) -> bool:
    locked = AccessRequest.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if locked is None or locked.status not in IN_EFFECT_AT or locked.effective_at is None or locked.effective_at > now:
        return False
    try:
        with transaction.atomic():
            _carry_out(locked, now)
    except ServiceError as error:
        locked.refresh_from_db()
        locked.answer = str(error)
        _close(locked, AccessStatus.RETURNED, None)
        _record(DOOR, "returned", locked)
        give_note_back(locked, locked.answer)
        tell_officers(locked, AccessNews.RETURNED)
        tell_state(locked, AccessNews.RETURNED)
        return False
    return True


def _carry_out_now(request: AccessRequest) -> None:
    """Leave it to a worker after the commit; where the queue cannot be reached, the clock finds it as due."""
    from reviews.access.tasks import carry_out_access_task

    request.status, request.effective_at = AccessStatus.DUE, timezone.now()
    request.save()
    transaction.on_commit(carry_out_access_task.delay, robust=True)


def _carry_out(request: AccessRequest, now: dt.datetime) -> None:
    """Whom to tell is looked up before: whoever loses access by it is told of that too."""
    if not is_vouched_for(request, now):
        raise ServiceError(_("The record of acts does not show who stands behind this request."))
    told = tell_state(request, AccessNews.DONE)
    KINDS[AccessKind(request.kind)].carry_out(request)
    request.status, request.done_at = AccessStatus.DONE, timezone.now()
    request.save()
    _record(DOOR, "done", request, told=told)
    tell_officers(request, AccessNews.DONE)


def _refuse(request: AccessRequest, actor: User | None) -> None:
    _close(request, AccessStatus.REFUSED, actor)
    _record(actor or DOOR, "refused", request)
    give_note_back(request, request.answer)
    tell_state(request, AccessNews.REFUSED)
    tell_officers(request, AccessNews.REFUSED)


def _tell(request: AccessRequest, wait: dt.timedelta) -> None:
    now = timezone.now()
    request.status, request.told_at, request.effective_at = AccessStatus.TOLD, now, now + wait
    request.save()
    tell_state(request, AccessNews.TOLD)
    if request.kind == AccessKind.ADDRESS:
        tell_stop(request)


def _close(request: AccessRequest, status: AccessStatus, actor: User | None) -> None:
    request.status, request.answered_by, request.answered_at = status, actor, timezone.now()
    request.save()


def _lock(request: AccessRequest) -> AccessRequest:
    """Hold it until the transaction ends, as it stands now."""
    return AccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)


def _save_new(request: AccessRequest) -> None:
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise ServiceError(_("A request about this is open already.")) from error


def _record(actor: Actor, what: str, request: AccessRequest, **facts: object) -> None:
    is_new = request.kind == AccessKind.MEMBER
    after = {
        "kind": request.kind,
        "state": request.state_party.iso3 if request.state_party else None,
        "person": str(request.person_id) if request.person_id else None,
        "sha256": request.sha256,
        **({"new_member": request.wanted["full_name"], "role": request.wanted["role"]} if is_new else {}),
        **facts,
    }
    audit.record(actor, f"reviews.access.{what}", request, after=after)
