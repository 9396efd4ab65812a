"""Acts on many reviews: prepared with a preview, checked again when confirmed, carried out review by review.

Every review has a transaction of its own in which also its line is written, so that a worker that is killed neither
repeats nor loses one, and a second click finds the act confirmed.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.enums import BulkKind, BulkStatus, CockpitAction, LineStatus
from reviews.models import BulkAct, BulkActLine, Mechanism, Review
from reviews.selectors.bulk import Foreseen, foresee
from reviews.services.missing_people import ask_for_nominations
from reviews.services.officers import assign_officer
from reviews.services.reminders import remind
from reviews.tasks import carry_out_bulk_act_task

AT_ONCE = 50  # reviews; what is more is done by a worker, and the page shows how far it is


def _assign(act: BulkAct, review: Review) -> int:
    if act.officer is None:
        raise ServiceError(_("Choose the officer."), field="officer")
    assign_officer(actor=act.actor, review=review, officer=act.officer)
    return 0


# What each kind does to one review; it gives how many mails were queued.
_ACTS: Mapping[BulkKind, Callable[[BulkAct, Review], int]] = {
    BulkKind.REMIND: lambda act, review: remind(act.actor, review),
    BulkKind.ASSIGN_OFFICER: _assign,
    BulkKind.ASK_FOR_NOMINATIONS: lambda act, review: ask_for_nominations(actor=act.actor, review=review),
}


@transaction.atomic
def prepare_bulk_act(
    *, actor: User, mechanism: Mechanism, kind: BulkKind, reviews: QuerySet[Review], officer: User | None = None
) -> BulkAct:
    """Keep what the act would do to each of these reviews, for the preview; nothing is done yet.

    Raises ServiceError where no review is chosen, or the officer is missing.
    """
    require(actor, CockpitAction.PREPARE_ACT, mechanism)
    if kind == BulkKind.ASSIGN_OFFICER and officer is None:
        raise ServiceError(_("Choose the officer."), field="officer")
    found = foresee(kind, reviews.filter(mechanism=mechanism), officer=officer)
    if not found:
        raise ServiceError(_("Choose at least one review."), field="review")
    act = BulkAct.objects.create(mechanism=mechanism, actor=actor, kind=kind, officer=officer)
    BulkActLine.objects.bulk_create(_line(act, each) for each in found)
    return act


def _line(act: BulkAct, each: Foreseen) -> BulkActLine:
    return BulkActLine(
        act=act,
        review=each.review,
        status=LineStatus.SKIPPED if each.reason else LineStatus.FORESEEN,
        reason=each.reason or "",
        people=[user.pk for user in each.people],
        foreseen=each.fingerprint,
    )


def confirm_bulk_act(*, actor: User, act: BulkAct) -> int:
    """Carry out what the preview shows; give how many reviews have changed since (then nothing is done).

    Confirming once more does nothing more. Many reviews are left to a worker.
    """
    changed = _confirm(actor=actor, act=act)
    if act.status == BulkStatus.RUNNING and not changed:
        if act.lines.filter(status=LineStatus.FORESEEN).count() > AT_ONCE:
            carry_out_bulk_act_task.delay(str(act.pk))
        else:
            carry_out_bulk_act(act.pk)
    return changed


@transaction.atomic
def _confirm(*, actor: User, act: BulkAct) -> int:
    act.refresh_from_db(fields=["status"], from_queryset=BulkAct.objects.select_for_update(no_key=True))
    require(actor, CockpitAction.CONFIRM_ACT, act)
    if act.status != BulkStatus.PREPARED:
        return 0
    lines = {line.review_id: line for line in act.lines.all()}
    found = foresee(BulkKind(act.kind), Review.objects.filter(pk__in=lines), officer=act.officer)
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
    act = BulkAct.objects.select_related("actor", "officer").filter(pk=act_id, status=BulkStatus.RUNNING).first()
    if act is None:
        return
    for pk in act.lines.filter(status=LineStatus.FORESEEN).values_list("pk", flat=True):
        _carry_out_line(act, pk)
    if not act.lines.filter(status=LineStatus.FORESEEN).exists():
        now = timezone.now()
        BulkAct.objects.filter(pk=act.pk).update(status=BulkStatus.DONE, finished_at=now, updated_at=now)


@transaction.atomic
def _carry_out_line(act: BulkAct, pk: UUID) -> None:
    lines = BulkActLine.objects.select_for_update(of=("self",)).select_related(
        "review__mechanism", "review__state_under_review", "review__step", "review__officer"
    )
    line = lines.filter(pk=pk, status=LineStatus.FORESEEN).first()
    if line is None:
        return
    try:
        with transaction.atomic():
            line.mails = _ACTS[BulkKind(act.kind)](act, line.review)
        line.status = LineStatus.DONE
    except (ServiceError, PermissionDenied, Http404) as error:
        line.status, line.error = LineStatus.FAILED, str(error)[:300]
    line.save(update_fields=["status", "mails", "error", "updated_at"])
