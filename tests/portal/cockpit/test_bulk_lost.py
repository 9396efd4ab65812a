"""An act whose worker or queue was lost is carried on by an officer; a mail tells whom others put in charge."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from portal.cockpit import services as bulk
from portal.cockpit.enums import BulkKind, BulkStatus, LineStatus
from portal.cockpit.models import BulkAct
from portal.cockpit.selectors import bulk as bulk_selectors
from portal.cockpit.selectors.bulk import Terms, is_stalled
from portal.cockpit.services import (
    carry_on_bulk_act,
    carry_on_stalled,
    carry_out_bulk_act,
    confirm_bulk_act,
    prepare_bulk_act,
)
from reviews.cases.models import Review
from reviews.registration.services.officers import assign_officer
from tests.factories.accounts import OfficerFactory
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
IN_CHARGE = "reviews/in_charge"


def prepared(cast: Cast, officer: User) -> BulkAct:
    return prepare_bulk_act(
        actor=cast.officer,
        mechanism=cast.review.mechanism,
        kind=BulkKind.ASSIGN_OFFICER,
        reviews=Review.objects.filter(mechanism=cast.review.mechanism),
        terms=Terms(officer),
    )


def lost(cast: Cast, officer: User, monkeypatch: pytest.MonkeyPatch) -> BulkAct:
    """An act on more reviews than are done at once, whose task went nowhere."""
    add_reviews(cast.review, bulk.AT_ONCE)
    with monkeypatch.context() as patched:
        patched.setattr(bulk.carry_out_bulk_act_task, "delay", lambda act_id: None)
        act = prepared(cast, officer)
        confirm_bulk_act(actor=cast.officer, act=act)
    assert act.status == BulkStatus.RUNNING
    return act


def left(act: BulkAct) -> int:
    return act.lines.filter(status=LineStatus.FORESEEN).count()


def assigned() -> int:
    return AuditEntry.objects.filter(verb="reviews.review.officer_assigned").count()


def test_a_lost_task_is_carried_on_and_nothing_is_done_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    act = lost(cast, OfficerFactory(), monkeypatch)
    for pk in act.lines.values_list("pk", flat=True)[:20]:
        bulk._carry_out_line(act, pk)  # what the worker had done before it was lost
    carry_on_bulk_act(actor=cast.officer, act=act)
    act.refresh_from_db()
    assert (act.status, left(act), assigned()) == (BulkStatus.DONE, 0, bulk.AT_ONCE + 2)
    carry_on_bulk_act(actor=cast.officer, act=act)
    carry_out_bulk_act(act.pk)  # the task that had been lost turns up after all
    assert assigned() == bulk.AT_ONCE + 2
    assert Notification.objects.filter(template=IN_CHARGE).count() == 1
    assert AuditEntry.objects.filter(verb="reviews.bulk_act.carried_on").count() == 1


def test_the_clock_carries_on_within_a_minute_and_does_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, queued = lost(cast, OfficerFactory(), monkeypatch), []
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", queued.append)
    now = timezone.now()
    assert carry_on_stalled(now) == 0, "its worker may still be at it"
    soon = now + dt.timedelta(seconds=55)
    assert (carry_on_stalled(soon), carry_on_stalled(soon + dt.timedelta(seconds=15))) == (1, 0)
    assert queued == [str(act.pk)]
    late = now + dt.timedelta(hours=10)
    assert (carry_on_stalled(late), carry_on_stalled(late + dt.timedelta(minutes=50))) == (1, 0), "ever more seldom"
    for _worker in range(2):
        carry_out_bulk_act(act.pk)
    assert (left(act), assigned(), carry_on_stalled(soon + dt.timedelta(hours=1))) == (0, bulk.AT_ONCE + 2, 0)


def test_many_that_are_left_go_to_a_worker_once_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    act, queued = lost(cast, OfficerFactory(), monkeypatch), []
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", queued.append)
    carry_on_bulk_act(actor=cast.administrator, act=act)
    assert (queued, left(act)) == ([str(act.pk)], bulk.AT_ONCE + 2)


def test_for_another_officer_a_worker_does_even_the_few_that_are_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, queued = prepared(cast, OfficerFactory()), []
    bulk._confirm(actor=cast.officer, act=act)
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", queued.append)
    carry_on_bulk_act(actor=cast.administrator, act=act)
    assert (queued, left(act)) == ([str(act.pk)], 2), "what is left is done in the name of who has prepared it"


def test_a_queue_that_cannot_be_reached_leaves_the_act_to_be_carried_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(act_id: str) -> None:
        raise OperationalError("no broker")

    add_reviews(cast.review, bulk.AT_ONCE)
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", refuse)
    act = prepared(cast, OfficerFactory())
    assert confirm_bulk_act(actor=cast.officer, act=act) == 0
    assert (act.status, left(act)) == (BulkStatus.RUNNING, bulk.AT_ONCE + 2)
    with pytest.raises(ServiceError, match="cannot be reached"):
        carry_on_bulk_act(actor=cast.officer, act=act)


def test_what_is_not_confirmed_is_not_carried_on(cast: Cast) -> None:
    act = prepared(cast, OfficerFactory())
    carry_on_bulk_act(actor=cast.officer, act=act)
    assert (left(act), assigned()) == (2, 0)


def test_auditors_carry_nothing_on(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PermissionDenied):
        carry_on_bulk_act(actor=cast.auditor, act=lost(cast, OfficerFactory(), monkeypatch))


def test_an_act_has_stopped_when_nothing_moved_for_a_while(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    act, soon = lost(cast, OfficerFactory(), monkeypatch), timezone.now()
    later = soon + bulk_selectors.STALLED_AFTER + dt.timedelta(seconds=5)
    assert (is_stalled(act, soon), is_stalled(act, later)) == (False, True)
    line = act.lines.all()[0]
    bulk._carry_out_line(act, line.pk)
    act.lines.filter(pk=line.pk).update(updated_at=later)
    assert not is_stalled(act, later + dt.timedelta(seconds=5))
    carry_out_bulk_act(act.pk)
    act.refresh_from_db()
    assert not is_stalled(act, later + dt.timedelta(days=1))


def test_whom_a_colleague_puts_in_charge_of_many_gets_one_mail(cast: Cast) -> None:
    new = OfficerFactory(language="ar")
    confirm_bulk_act(actor=cast.officer, act=prepared(cast, new))
    mail = Notification.objects.get(template=IN_CHARGE)
    facts = {"code": "", "number": 2, "path": "/ar/untoc/cockpit/", "query": "officer=me"}
    assert (mail.recipient, mail.context) == (new, facts)


def test_whom_a_colleague_puts_in_charge_of_one_gets_one_mail_each_time(cast: Cast) -> None:
    new, other = OfficerFactory(language="ar"), OfficerFactory()
    assign_officer(actor=cast.officer, review=cast.review, officer=new)
    assign_officer(actor=cast.officer, review=cast.review, officer=new)
    mail = Notification.objects.get(template=IN_CHARGE)
    path = "/ar/untoc/reviews/1-XVE/"
    assert (mail.recipient, mail.context) == (new, {"code": "1-XVE", "number": 1, "path": path})
    assign_officer(actor=cast.officer, review=cast.review, officer=other)
    assign_officer(actor=cast.officer, review=cast.review, officer=new)
    assert Notification.objects.filter(template=IN_CHARGE, recipient=new).count() == 2


def test_nobody_writes_to_oneself(cast: Cast) -> None:
    Review.objects.update(officer=None)
    confirm_bulk_act(actor=cast.officer, act=prepared(cast, cast.officer))
    Review.objects.update(officer=None)
    assign_officer(actor=cast.officer, review=Review.objects.get(pk=cast.review.pk), officer=cast.officer)
    assert assigned() == 3
    assert not Notification.objects.filter(template=IN_CHARGE).exists()


def test_an_act_that_put_nobody_in_charge_sends_no_mail(cast: Cast) -> None:
    new = OfficerFactory()
    act = prepared(cast, new)
    bulk._confirm(actor=cast.officer, act=act)
    User.objects.filter(pk=new.pk).update(is_active=False)
    carry_out_bulk_act(act.pk)
    assert not Notification.objects.filter(template=IN_CHARGE).exists()
