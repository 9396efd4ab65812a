"""Acts on many reviews, and saved views.

Every review has a transaction of its own in which also its line is written, so that a worker that is killed neither
repeats nor loses one, and a second click finds the act confirmed. Where the worker was lost the clock carries on, or an
officer who is quicker: what is done stays done, what is left is done.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import plain_line, require_text
from core.policy import require
from portal.cockpit.enums import BulkKind, BulkStatus, CockpitAction, LineStatus
from portal.cockpit.mails import notify_in_charge_of_many
from portal.cockpit.models import BulkAct, BulkActLine, SavedView
from portal.cockpit.selectors.bulk import Foreseen, Terms, foresee, is_stalled, tells_officer, terms_of
from portal.cockpit.tasks import carry_out_bulk_act_task
from reviews.cases.models import Review
from reviews.dates import ask_extension, people_asked
from reviews.nominations import ask_for_nominations
from reviews.programme.models import Mechanism
from reviews.registration import assign_officer, remind

logger = logging.getLogger(__name__)

AT_ONCE = 50  # reviews; what is more is done by a worker, and the page shows how far it is
MAXIMUM_DAYS = 730  # of an extension: two years, so that a slip of the finger asks for no century
_NO_TERMS = Terms()
_MAXIMUM_REASON = 2000  # characters, as of a single extension
_MAXIMUM_NAME = 80  # characters


def _assign(act: BulkAct, line: BulkActLine) -> int:
    """Without a mail: there is one for the whole act, when it is done."""
    if act.officer is None:
        raise ServiceError(_("Choose the officer."), field="officer")
    assign_officer(actor=act.actor, review=line.review, officer=act.officer, tells=False)
    return 0


def _extend(act: BulkAct, line: BulkActLine) -> int:
    """Ask for what the preview has shown, by the same way as for one review; the States answer as they always do."""
    if line.milestone is None or line.until is None:
        raise ServiceError(_("The milestone is not there any more."))
    change = ask_extension(
        actor=act.actor, review=line.review, milestone=line.milestone, until=line.until, reason=act.reason
    )
    return len(people_asked(change))


# What each kind does to one review; it gives how many mails were queued.
_ACTS: Mapping[BulkKind, Callable[[BulkAct, BulkActLine], int]] = {
    BulkKind.REMIND: lambda act, line: remind(act.actor, line.review),
    BulkKind.ASSIGN_OFFICER: _assign,
    BulkKind.ASK_FOR_NOMINATIONS: lambda act, line: ask_for_nominations(actor=act.actor, review=line.review),
    BulkKind.EXTEND: _extend,
}


@transaction.atomic
def prepare_bulk_act(
    *, actor: User, mechanism: Mechanism, kind: BulkKind, reviews: QuerySet[Review], terms: Terms = _NO_TERMS
) -> BulkAct:
    """Keep what the act would do to each of these reviews, for the preview; nothing is done yet.

    Raises ServiceError where no review is chosen, or what the act needs is missing: the officer; the days or the date,
    and the reason.
    """
    require(actor, CockpitAction.PREPARE_ACT, mechanism)
    terms = _checked(kind, terms)
    found = foresee(kind, reviews.filter(mechanism=mechanism), terms)
    if not found:
        raise ServiceError(_("Choose at least one review."), field="review")
    act = BulkAct.objects.create(
        mechanism=mechanism,
        actor=actor,
        kind=kind,
        officer=terms.officer,
        extend_days=terms.days,
        extend_until=terms.until,
        reason=terms.reason,
    )
    BulkActLine.objects.bulk_create(_line(act, each) for each in found)
    return act


def _checked(kind: BulkKind, terms: Terms) -> Terms:
    """The part of the terms that an act of this kind needs."""
    if kind == BulkKind.ASSIGN_OFFICER:
        if terms.officer is None:
            raise ServiceError(_("Choose the officer."), field="officer")
        return Terms(officer=terms.officer)
    if kind != BulkKind.EXTEND:
        return _NO_TERMS
    if terms.days is None and terms.until is None:
        raise ServiceError(_("Give how many days more, or a date."), field="days")
    if terms.days is not None and terms.until is not None:
        raise ServiceError(_("Give either days or a date, not both."), field="until")
    if terms.days is not None and not 1 <= terms.days <= MAXIMUM_DAYS:
        message = _("Give a number of days from 1 to %(most)d.")
        raise ServiceError(message % {"most": MAXIMUM_DAYS}, field="days")
    reason = require_text(terms.reason, _("Say why more time is needed."), maximum=_MAXIMUM_REASON, field="reason")
    return Terms(days=terms.days, until=terms.until, reason=reason)


def _line(act: BulkAct, each: Foreseen) -> BulkActLine:
    return BulkActLine(
        act=act,
        review=each.review,
        status=LineStatus.SKIPPED if each.reason else LineStatus.FORESEEN,
        reason=each.reason or "",
        people=[user.pk for user in each.people],
        milestone=each.milestone,
        due_on=each.milestone.due_on if each.milestone else None,
        until=each.until,
        foreseen=each.fingerprint,
    )


def confirm_bulk_act(*, actor: User, act: BulkAct) -> int:
    """Carry out what the preview shows; give how many reviews have changed since (then nothing is done).

    Confirming once more does nothing more. Many reviews are left to a worker.
    """
    changed = _confirm(actor=actor, act=act)
    if act.status == BulkStatus.RUNNING and not changed:
        if _is_short(act):
            carry_out_bulk_act(act.pk)
        else:  # a worker that came before the commit would find the act unconfirmed
            transaction.on_commit(lambda: _queue(act))
    return changed


def carry_on_bulk_act(*, actor: User, act: BulkAct) -> None:
    """Do what is left of an act under way whose worker was lost. What is done is not done again.

    It is the act of whoever has prepared it: for another officer a worker does it, however little is left. Raises
    ServiceError where the queue cannot be reached.
    """
    require(actor, CockpitAction.CARRY_ON, act)
    act.refresh_from_db(fields=["status"])
    if act.status != BulkStatus.RUNNING:
        return
    left = act.lines.filter(status=LineStatus.FORESEEN).count()
    audit.record(actor, "reviews.bulk_act.carried_on", act, after={"kind": act.kind, "reviews": left})
    if not _hand_over(act, to_worker=actor != act.actor):
        raise ServiceError(_("The background work cannot be reached at the moment. Please try again later."))


def carry_on_stalled(now: dt.datetime) -> int:
    """Have workers do what is left of acts whose worker was lost; of how many. For beat, some seconds apart.

    An act that moves again, or that two workers take up, does nothing twice: each review is done under its lock.
    """
    stalled = [act for act in BulkAct.objects.filter(status=BulkStatus.RUNNING) if is_stalled(act, now)]
    BulkAct.objects.filter(pk__in=[act.pk for act in stalled]).update(updated_at=now)  # the time to wait begins anew
    for act in stalled:
        carry_out_bulk_act_task.delay(str(act.pk))
    return len(stalled)


def _hand_over(act: BulkAct, *, to_worker: bool = False) -> bool:
    """Few reviews are done at once, many by a worker, or all ``to_worker``; give whether it is done or queued."""
    if not to_worker and _is_short(act):
        carry_out_bulk_act(act.pk)
        return True
    return _queue(act)


def _is_short(act: BulkAct) -> bool:
    return act.lines.filter(status=LineStatus.FORESEEN).count() <= AT_ONCE


def _queue(act: BulkAct) -> bool:
    try:
        carry_out_bulk_act_task.delay(str(act.pk))
    except OperationalError:
        logger.exception("the act %s could not be queued; it waits for somebody to carry on", act.pk)
        return False
    return True


@transaction.atomic
def _confirm(*, actor: User, act: BulkAct) -> int:
    act.refresh_from_db(fields=["status"], from_queryset=BulkAct.objects.select_for_update(no_key=True))
    require(actor, CockpitAction.CONFIRM_ACT, act)
    if act.status != BulkStatus.PREPARED:
        return 0
    lines = {line.review_id: line for line in act.lines.all()}
    found = foresee(BulkKind(act.kind), Review.objects.filter(pk__in=lines), terms_of(act))
    changed = [each for each in found if each.fingerprint != lines[each.review.pk].foreseen]
    act.lines.filter(is_changed=True).update(is_changed=False)
    for each in changed:
        now = _line(act, each)
        now.pk, now.is_changed, now.created_at = lines[each.review.pk].pk, True, lines[each.review.pk].created_at
        now.save(force_update=True)
    if changed:
        return len(changed)
    act.status, act.confirmed_at = BulkStatus.RUNNING, timezone.now()
    act.save(update_fields=["status", "confirmed_at", "updated_at"])
    number = act.lines.filter(status=LineStatus.FORESEEN).count()
    audit.record(actor, "reviews.bulk_act.confirmed", act, after={"kind": act.kind, "reviews": number})
    return 0


def carry_out_bulk_act(act_id: UUID | str) -> None:
    """Do what is left of a confirmed act. Several workers at once share the reviews and do none twice."""
    act = (
        BulkAct.objects.select_related("actor", "officer", "mechanism")
        .filter(pk=act_id, status=BulkStatus.RUNNING)
        .first()
    )
    if act is None:
        return
    for pk in act.lines.filter(status=LineStatus.FORESEEN).values_list("pk", flat=True):
        _carry_out_line(act, pk)
    if not act.lines.filter(status=LineStatus.FORESEEN).exists():
        _finish(act)


@transaction.atomic
def _finish(act: BulkAct) -> None:
    """Whoever ends the act first; another worker at the same moment finds it ended."""
    now = timezone.now()
    running = BulkAct.objects.filter(pk=act.pk, status=BulkStatus.RUNNING)
    if not running.update(status=BulkStatus.DONE, finished_at=now, updated_at=now):
        return
    number = act.lines.filter(status=LineStatus.DONE).count()
    if act.officer is not None and number and tells_officer(act):
        notify_in_charge_of_many(act.officer, act.mechanism, number, key=str(act.pk))


@transaction.atomic
def _carry_out_line(act: BulkAct, pk: UUID) -> None:
    lines = BulkActLine.objects.select_for_update(of=("self",)).select_related(
        "review__mechanism",
        "review__state_under_review",
        "review__step",
        "review__officer",
        "milestone__plan",
    )
    line = lines.filter(pk=pk, status=LineStatus.FORESEEN).first()
    if line is None:
        return
    try:
        with transaction.atomic():
            line.mails = _ACTS[BulkKind(act.kind)](act, line)
        line.status = LineStatus.DONE
    except (ServiceError, PermissionDenied, Http404) as error:
        line.status, line.error = LineStatus.FAILED, str(error)[:300]
    line.save(update_fields=["status", "mails", "error", "updated_at"])


@transaction.atomic
def save_view(
    *, actor: User, mechanism: Mechanism, name: str, query: str, is_shared: bool = False, is_default: bool = False
) -> SavedView:
    """Keep a filter under a name. ``query`` comes from the form of the filter, which has checked it.

    Raises ServiceError for no name, or one that the actor has given already.
    """
    require(actor, CockpitAction.SAVE_VIEW, mechanism)
    view = SavedView(owner=actor, mechanism=mechanism, query=query, is_shared=is_shared)
    _write(view, name, is_default=is_default)
    audit.record(actor, "reviews.view.saved", view, after={"shared": is_shared})
    return view


@transaction.atomic
def change_view(*, actor: User, view: SavedView, name: str, is_shared: bool, is_default: bool) -> SavedView:
    """Rename a view, share it or no longer, let it open first or no longer. Raises ServiceError like ``save_view``."""
    require(actor, CockpitAction.CHANGE_VIEW, view)
    before = view.is_shared
    view.is_shared = is_shared
    _write(view, name, is_default=is_default)
    audit.record(actor, "reviews.view.changed", view, before={"shared": before}, after={"shared": is_shared})
    return view


@transaction.atomic
def delete_view(*, actor: User, view: SavedView) -> None:
    require(actor, CockpitAction.CHANGE_VIEW, view)
    audit.record(actor, "reviews.view.deleted", view)
    view.delete()


def _write(view: SavedView, name: str, *, is_default: bool) -> None:
    view.name = plain_line(require_text(name, _("Give the view a name."), maximum=_MAXIMUM_NAME, field="name"))
    own = SavedView.objects.select_for_update().filter(owner=view.owner, mechanism=view.mechanism).exclude(pk=view.pk)
    if own.filter(name=view.name).exists():
        raise ServiceError(_("You have a view of this name already."), field="name")
    if is_default:
        own.filter(is_default=True).update(is_default=False)
    view.is_default = is_default
    view.save()
