"""The button is pressed and a worker opens the reviews: once, all or none, and in words where that is refused."""

import datetime as dt
from unittest.mock import Mock

import pytest
import time_machine
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.people.models import User
from core import jobs
from core.enums import JobStatus
from core.errors import ServiceError
from core.jobs import making
from core.models import AuditEntry, Job
from core.policy import PolicyRefusedError
from lots.course.services import confirm_void, request_void
from lots.draws.enums import PUBLICATION, DrawStatus
from lots.draws.models import Draw, DrawEntry
from lots.publication import tasks
from lots.publication.services.publication import begin_publication, publish_draw
from reviews.cases.models import Review
from reviews.programme.models import PhasePeriod
from tests.factories.accounts import AuditorFactory, OfficerFactory
from tests.lots.making import Officers, make_draw, taken_to
from tests.lots.publication.pressing import press, work
from tests.utils import make_review

pytestmark = [pytest.mark.django_db, pytest.mark.kept(taken_to, DrawStatus.DRAWN)]
A_LEASE = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)


def acts_of(verb: str) -> list[User]:
    return [entry.actor for entry in AuditEntry.objects.filter(verb=verb)]


def status_of(draw: Draw) -> str:
    draw.refresh_from_db()
    return draw.status


def test_the_press_opens_nothing_and_the_worker_all_in_the_name_of_the_officer(draw: Draw, officers: Officers) -> None:
    job = press(draw, officers.runner)
    assert (job.status, status_of(draw), Review.objects.count()) == (JobStatus.QUEUED, "drawn", 0)
    assert acts_of("lots.draw.publication_begun") == [officers.runner]
    assert work(job).status == JobStatus.DONE
    assert (status_of(draw), Review.objects.count(), draw.published_by) == ("published", 25, officers.runner)
    assert acts_of("lots.draw.published") == [officers.runner]
    assert acts_of("reviews.review.opened") == [officers.runner] * 25


def test_a_worker_is_told_after_the_commit(
    draw: Draw,
    officers: Officers,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    told = Mock()
    monkeypatch.setattr(tasks.publish_draw_task, "delay", told)
    with django_capture_on_commit_callbacks(execute=True):
        job = press(draw, officers.runner)
        assert told.call_count == 0
    told.assert_called_once_with(str(job.pk))


def test_the_task_is_what_a_worker_does(draw: Draw, officers: Officers) -> None:
    tasks.publish_draw_task.run(str(press(draw, officers.runner).pk))
    assert (status_of(draw), Job.objects.get(kind=PUBLICATION).status) == ("published", "done")


def test_it_is_told_after_each_review_how_many_are_open(draw: Draw, officers: Officers) -> None:
    told: list[int] = []
    work(press(draw, officers.runner), told.append)
    assert told == [*range(1, 26)]


def test_a_second_press_is_refused_while_the_first_is_under_way_and_afterwards(draw: Draw, officers: Officers) -> None:
    job = press(draw, officers.runner)
    for officer in (officers.runner, OfficerFactory()):
        with pytest.raises(PolicyRefusedError, match="This draw is being published already"):
            press(draw, officer)
    work(job)
    draw.refresh_from_db()
    with pytest.raises(PolicyRefusedError, match="This draw is published"):
        press(draw, officers.runner)
    assert (Job.objects.filter(kind=PUBLICATION).count(), Review.objects.count()) == (1, 25)


def test_a_job_that_is_told_twice_publishes_once(draw: Draw, officers: Officers) -> None:
    job = work(press(draw, officers.runner))
    work(job)
    assert (job.attempts, Review.objects.count(), len(acts_of("lots.draw.published"))) == (1, 25, 1)


def test_only_officers_press(draw: Draw) -> None:
    with pytest.raises(PolicyRefusedError):
        press(draw, AuditorFactory())


def test_what_was_shown_otherwise_is_shown_again(draw: Draw, officers: Officers) -> None:
    with pytest.raises(ServiceError, match="What stands out has changed since you opened this page"):
        begin_publication(actor=officers.runner, draw=draw, seen="", language="en")
    assert not Job.objects.exists()


def test_a_review_that_a_colleague_opens_meanwhile_is_told_and_the_draw_published_again(
    draw: Draw, officers: Officers
) -> None:
    job = press(draw, officers.runner, language="ar")
    make_review(state="XVE", phase=3)
    work(job)
    assert (job.status, Review.objects.count(), status_of(draw)) == (JobStatus.FAILED, 1, "drawn")
    assert job.error.startswith("تغيّر") or "تغير" in job.error, "that something else stands out by now"
    assert work(press(draw, officers.runner)).status == JobStatus.DONE, "it is taken on, once that was shown"
    assert Review.objects.count() == 25


def test_dates_that_are_changed_while_the_worker_is_away_are_looked_at_first(draw: Draw, officers: Officers) -> None:
    """What an officer has confirmed is what is opened: the start of a review is frozen with it."""
    job = press(draw, officers.runner)
    period = PhasePeriod.objects.get(phase=draw.phase, review_group__number=1)
    first, last = period.period.lower, period.period.upper
    PhasePeriod.objects.filter(pk=period.pk).update(period=DateRange(first + dt.timedelta(days=7), last))
    work(job)
    assert (job.status, "has changed since the button was pressed" in job.error) == (JobStatus.FAILED, True)
    assert not Review.objects.exists()
    assert work(press(draw, officers.runner)).status == JobStatus.DONE


def test_what_would_be_refused_is_refused_at_the_press(draw: Draw, officers: Officers) -> None:
    PhasePeriod.objects.filter(phase=draw.phase, review_group__number=2).delete()
    with pytest.raises(ServiceError, match="Group 2 has no period in this phase"):
        press(draw, officers.runner)
    assert not Job.objects.exists()


def test_whoever_is_no_officer_any_more_publishes_nothing(draw: Draw, officers: Officers) -> None:
    job = press(draw, officers.runner)
    User.objects.filter(pk=officers.runner.pk).update(secretariat_role="auditor")
    work(job)
    assert (job.status, job.error) == (JobStatus.FAILED, "Only an officer of the secretariat does this.")
    again = press(draw, OfficerFactory())
    User.objects.filter(pk=again.requested_by_id).update(secretariat_role="")
    work(again)
    assert (again.status, again.error) == (JobStatus.FAILED, "This is no longer open to you")
    assert (status_of(draw), Review.objects.count()) == ("drawn", 0)


@pytest.mark.parametrize("left", [{"secretariat_role": "auditor"}, {"is_active": False}], ids=["role", "account"])
def test_who_leaves_before_the_reviews_open_is_replaced_by_an_officer_and_not_by_nobody(
    draw: Draw, officers: Officers, left: dict[str, object]
) -> None:
    leaver, stays = OfficerFactory(), OfficerFactory()
    job = press(draw, officers.runner, in_charge=leaver)
    User.objects.filter(pk=leaver.pk).update(**left)
    work(job)
    assert (job.status, "Choose somebody else, and publish." in job.error) == (JobStatus.FAILED, True)
    assert (status_of(draw), Review.objects.exists()) == ("drawn", False)
    assert work(press(draw, officers.runner, in_charge=stays)).status == JobStatus.DONE
    assert set(Review.objects.values_list("officer", flat=True)) == {stays.pk}


def test_a_fault_is_told_in_words_and_opens_nothing(draw: Draw, officers: Officers) -> None:
    job = work(press(draw, officers.runner), Mock(side_effect=[None, None, RuntimeError]))
    assert (job.status, job.error) == ("failed", "Something went wrong, and nothing was changed. Please try again.")
    assert Review.objects.count() == 0


def test_a_publication_whose_worker_died_is_taken_up_and_at_last_given_up(
    draw: Draw, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Mock()
    monkeypatch.setattr(tasks.publish_draw_task, "delay", told)
    job, now = press(draw, officers.runner), timezone.now()
    for attempt in range(1, making.MAXIMUM_ATTEMPTS + 1):
        making._claim(str(job.pk))
        now += A_LEASE
        with time_machine.travel(now):
            making.take_up_waiting()
        assert told.call_count == min(attempt, making.MAXIMUM_ATTEMPTS - 1)
    job.refresh_from_db()
    words = "The work was interrupted 3 times, so it was given up. Nothing was changed. Please try again."
    assert (job.status, job.error) == (JobStatus.FAILED, words)
    assert work(press(draw, officers.runner)).status == JobStatus.DONE


def test_a_worker_that_is_too_slow_takes_back_what_it_did(draw: Draw, officers: Officers) -> None:
    """Its lease was over and the job given up, when it came to its end."""
    job = press(draw, officers.runner)

    def give_up(number: int) -> None:
        Job.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, error="Given up.")

    assert work(job, give_up).status != JobStatus.DONE
    assert status_of(draw) == "drawn"
    assert (Review.objects.count(), acts_of("lots.draw.published")) == (0, [])


def test_a_draw_is_not_voided_while_it_is_published(draw: Draw, officers: Officers) -> None:
    job = press(draw, officers.runner)
    words = r"This draw is being published. It can be voided when that has come to an end\."
    with pytest.raises(PolicyRefusedError, match=words):
        request_void(actor=officers.keeper, draw=draw, reason="A mistake.")
    work(job)
    draw = request_void(actor=officers.keeper, draw=draw, reason="A mistake.")
    assert confirm_void(actor=officers.runner, draw=draw).status == "voided"


def test_a_voiding_that_is_asked_for_is_not_confirmed_while_the_draw_is_published(
    draw: Draw, officers: Officers
) -> None:
    draw = request_void(actor=officers.keeper, draw=draw, reason="A mistake.")
    press(draw, officers.runner)
    with pytest.raises(PolicyRefusedError, match="This draw is being published"):
        confirm_void(actor=officers.runner, draw=draw)


def test_a_draw_that_was_published_at_once_is_not_published_again_by_a_worker(draw: Draw, officers: Officers) -> None:
    job = press(draw, officers.runner)
    publish_draw(actor=officers.runner, draw=draw)
    assert work(job).error == "This draw is published."
    assert Review.objects.count() == 25


def test_a_publication_is_no_document(draw: Draw, officers: Officers) -> None:
    """It has neither a page of its own nor a file."""
    assert PUBLICATION in jobs.registered_acts()
    assert PUBLICATION not in jobs.registered_kinds()
    with pytest.raises(Http404):
        jobs.find(press(draw, officers.runner).pk)


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_another_published_draw_of_the_phase_is_told_at_the_press(officers: Officers) -> None:
    second = make_draw(DrawStatus.DRAWN, value="8")
    with pytest.raises(ServiceError, match="Draw 3-T1 of this phase is published"):
        press(second, officers.runner)
    assert set(DrawEntry.objects.filter(draw=second).values_list("review", flat=True)) == {None}
