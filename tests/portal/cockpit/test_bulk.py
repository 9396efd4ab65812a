"""Acts on many reviews: previewed, checked again, done once for each review."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import TestCase

from accounts.people.models import Affiliation, User
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from portal.cockpit import services as bulk
from portal.cockpit.enums import BulkKind, BulkStatus, LineStatus, SkipReason
from portal.cockpit.models import BulkAct
from portal.cockpit.selectors.bulk import Terms, foresee
from portal.cockpit.services import carry_out_bulk_act, confirm_bulk_act, prepare_bulk_act
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.due.selectors.milestones import next_act
from reviews.participation.selectors import debtors_of
from reviews.registration.services.officers import assign_officer
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast, fresh

pytestmark = pytest.mark.django_db


def prepared(cast: Cast, kind: BulkKind, officer: User | None = None) -> BulkAct:
    reviews = Review.objects.filter(mechanism=cast.review.mechanism)
    return prepare_bulk_act(
        actor=cast.officer, mechanism=cast.review.mechanism, kind=kind, reviews=reviews, terms=Terms(officer)
    )


def mails(template: str) -> int:
    return Notification.objects.filter(template=template).count()


def lines(act: BulkAct) -> dict[str, str]:
    return {line.review.code: str(line.status) for line in act.lines.select_related("review")}


def test_the_preview_names_whom_the_reminder_would_reach_and_does_nothing(cast: Cast) -> None:
    act = prepared(cast, BulkKind.REMIND)
    assert mails("reviews/due") == 0
    line = act.lines.get(review=cast.review)
    assert (line.status, line.people) == (LineStatus.FORESEEN, [cast.focal_point.pk])
    left_out = act.lines.get(review=cast.bystander_review)
    assert (left_out.status, left_out.reason) == (LineStatus.SKIPPED, SkipReason.NOBODY)


def test_the_preview_sees_the_same_debtors_as_the_reminder(cast: Cast) -> None:
    Review.objects.filter(pk=cast.bystander_review.pk).update(officer=cast.officer)
    for each in foresee(BulkKind.REMIND, Review.objects.all()):
        milestone = next_act(each.review)
        assert milestone is not None
        assert set(each.people) == set(debtors_of(each.review, milestone.plan.owed_by))


def test_a_confirmed_act_is_done_once_however_often_it_is_confirmed(cast: Cast) -> None:
    act = prepared(cast, BulkKind.REMIND)
    assert confirm_bulk_act(actor=cast.officer, act=act) == 0
    again = BulkAct.objects.get(pk=act.pk)
    assert confirm_bulk_act(actor=cast.officer, act=again) == 0
    carry_out_bulk_act(act.pk)
    act.refresh_from_db()
    assert (act.status, mails("reviews/due")) == (BulkStatus.DONE, 1)
    assert lines(act)["1-XVE"] == LineStatus.DONE
    assert AuditEntry.objects.filter(verb="reviews.review.reminded").count() == 1
    assert AuditEntry.objects.filter(verb="reviews.bulk_act.confirmed").count() == 1


def test_a_second_reminder_on_a_day_is_left_out_with_the_reason(cast: Cast) -> None:
    confirm_bulk_act(actor=cast.officer, act=prepared(cast, BulkKind.REMIND))
    line = prepared(cast, BulkKind.REMIND).lines.get(review=cast.review)
    assert (line.status, line.reason) == (LineStatus.SKIPPED, SkipReason.TODAY)


def test_what_has_changed_since_the_preview_is_told_and_nothing_is_done(cast: Cast) -> None:
    act = prepared(cast, BulkKind.REMIND)
    Participation.objects.filter(review=cast.review, role=ParticipationRole.FOCAL_POINT, side="under_review").delete()
    assert confirm_bulk_act(actor=cast.officer, act=act) == 1
    line = act.lines.get(review=cast.review)
    assert (line.is_changed, line.reason, mails("reviews/due")) == (True, SkipReason.NOBODY, 0)
    act.refresh_from_db()
    assert act.status == BulkStatus.PREPARED
    assert confirm_bulk_act(actor=cast.officer, act=act) == 0
    act.refresh_from_db()
    assert act.status == BulkStatus.DONE


def test_only_who_saw_the_preview_confirms(cast: Cast) -> None:
    act = prepared(cast, BulkKind.REMIND)
    with pytest.raises(PermissionDenied):
        confirm_bulk_act(actor=cast.administrator, act=act)
    with pytest.raises(PermissionDenied):
        prepare_bulk_act(
            actor=cast.auditor,
            mechanism=cast.review.mechanism,
            kind=BulkKind.REMIND,
            reviews=Review.objects.all(),
        )


def test_an_officer_is_put_in_charge_of_all_chosen_reviews(cast: Cast) -> None:
    new = OfficerFactory(full_name="Nadia Newcomer")
    Review.objects.filter(pk=cast.bystander_review.pk).update(officer=new)
    act = prepared(cast, BulkKind.ASSIGN_OFFICER, new)
    assert act.lines.get(review=cast.bystander_review).reason == SkipReason.IN_CHARGE
    confirm_bulk_act(actor=cast.officer, act=act)
    assert set(Review.objects.values_list("officer", flat=True)) == {new.pk}
    entry = AuditEntry.objects.get(verb="reviews.review.officer_assigned")
    assert entry.after == {"officer": "Nadia Newcomer"}


def test_a_review_that_refuses_does_not_keep_the_others_from_being_done(cast: Cast) -> None:
    new = OfficerFactory()
    act = prepared(cast, BulkKind.ASSIGN_OFFICER, new)
    bulk._confirm(actor=cast.officer, act=act)
    User.objects.filter(pk=new.pk).update(is_active=False)
    carry_out_bulk_act(act.pk)
    assert set(lines(act).values()) == {LineStatus.FAILED}
    assert "active officer" in act.lines.all()[0].error
    act.refresh_from_db()
    assert act.status == BulkStatus.DONE


def test_nobody_outside_the_secretariat_is_put_in_charge(cast: Cast) -> None:
    with pytest.raises(ServiceError, match="active officer"):
        assign_officer(actor=cast.officer, review=cast.review, officer=cast.expert)
    with pytest.raises(PermissionDenied):
        assign_officer(actor=cast.focal_point, review=cast.review, officer=cast.officer)
    with pytest.raises(ServiceError, match="Choose the officer"):
        prepared(cast, BulkKind.ASSIGN_OFFICER)


def test_states_with_gaps_are_asked_through_focal_points_and_missions_once_a_day(cast: Cast) -> None:
    member = UserFactory(full_name="Mila Mission")
    Affiliation.objects.create(user=member, state_party=cast.bystander_state, is_permanent_mission=True)
    fresh(cast)
    act = prepared(cast, BulkKind.ASK_FOR_NOMINATIONS)
    assert act.lines.get(review=cast.bystander_review).people == [member.pk]
    assert act.lines.get(review=cast.review).reason == SkipReason.COMPLETE
    confirm_bulk_act(actor=cast.officer, act=act)
    mail = Notification.objects.get(template="reviews/note_news")
    assert (mail.recipient, mail.context["path"]) == (member, "/en/untoc/states/XMB/nominations/")
    again = prepared(cast, BulkKind.ASK_FOR_NOMINATIONS)
    assert again.lines.get(review=cast.bystander_review).reason == SkipReason.TODAY


def test_many_reviews_are_left_to_a_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add_reviews(cast.review, bulk.AT_ONCE)
    queued: list[str] = []
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", queued.append)
    act = prepared(cast, BulkKind.ASSIGN_OFFICER, OfficerFactory())
    with TestCase.captureOnCommitCallbacks(execute=True):
        confirm_bulk_act(actor=cast.officer, act=act)
        assert not queued  # a worker would find it unconfirmed
    assert (queued, act.status) == ([str(act.pk)], BulkStatus.RUNNING)
    carry_out_bulk_act(act.pk)
    act.refresh_from_db()
    assert act.status == BulkStatus.DONE
    assert set(lines(act).values()) == {LineStatus.DONE}
