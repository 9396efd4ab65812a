"""Acts that take long: done once, in one transaction with the end of their job, and watched from beside it."""

import datetime as dt
import time
import uuid
from collections.abc import Callable
from unittest.mock import Mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from core import jobs
from core.enums import JobStatus
from core.errors import ServiceError
from core.jobs import ActKind, kinds, making
from core.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.core import JobFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db
KIND = "tests.act"
Tell = Callable[[int], None]


@pytest.fixture(autouse=True)
def task(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What is queued for the one kind of act that there is."""
    task = Mock()
    monkeypatch.setattr(kinds, "_acts", {})
    jobs.register_act(ActKind(KIND, task))
    return task


def new_act(**facts: object) -> Job:
    return JobFactory(kind=KIND, target_id=uuid.uuid4(), **facts)


def outcome(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.status, job.error


def refused(job: Job, error: BaseException) -> tuple[str, str]:
    making.carry_out(str(job.pk), Mock(side_effect=error))
    return outcome(job)


def test_an_act_is_queued_after_the_commit_and_found_by_whoever_asks(
    cast: Cast, task: Mock, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.start_act(kind=KIND, target=cast.review, requested_by=cast.officer, language="en", details={})
    task.delay.assert_called_once_with(str(job.pk))
    found = jobs.latest_act(cast.review, KIND)
    assert found is not None
    assert (found, found.requested_by) == (job, cast.officer)
    assert jobs.latest_act(cast.review, "tests.another") is None


def test_an_act_ends_with_its_job() -> None:
    job = new_act()

    def work(mine: Job, tell: Tell) -> None:
        with transaction.atomic():
            making.settle(mine)

    making.carry_out(str(job.pk), work)
    making.carry_out(str(job.pk), Mock(side_effect=AssertionError))
    assert outcome(job) == (JobStatus.DONE, "")
    assert (job.attempts, job.lease_until) == (1, None)


def test_what_another_worker_has_taken_up_is_taken_back() -> None:
    job, person = new_act(), UserFactory(full_name="Before")

    def work(mine: Job, tell: Tell) -> None:
        Job.objects.filter(pk=mine.pk).update(attempts=2)
        with transaction.atomic():
            type(person).objects.filter(pk=person.pk).update(full_name="After")
            making.settle(mine)

    making.carry_out(str(job.pk), work)
    person.refresh_from_db()
    assert (outcome(job), person.full_name) == ((JobStatus.RUNNING, ""), "Before")


def test_why_an_act_was_not_done_is_told_in_words() -> None:
    assert refused(new_act(), ServiceError("It cannot be.")) == ("failed", "It cannot be.")
    assert refused(new_act(), PermissionDenied("You may not.")) == ("failed", "You may not.")
    assert refused(new_act(), Http404()) == ("failed", "This is no longer open to you")
    fault = "Something went wrong, and nothing was changed. Please try again."
    assert refused(new_act(), RuntimeError()) == ("failed", fault)
    hang = f"The work was not done after {settings.JOB_SECONDS} seconds, so it was ended. Nothing was changed."
    assert refused(new_act(), SoftTimeLimitExceeded()) == ("failed", f"{hang} Please try again.")


def test_the_words_are_in_the_language_of_who_asked() -> None:
    status, error = refused(new_act(language="ar"), RuntimeError())
    assert (status, error) == ("failed", "حدث خطأ، ولم يتغير شيء. يُرجى المحاولة مرة أخرى.")


def test_a_lost_act_is_told_again_and_at_last_given_up(task: Mock) -> None:
    past = timezone.now() - dt.timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)
    facts = {"status": JobStatus.RUNNING, "started_at": past, "lease_until": past}
    again, lost = new_act(attempts=1, **facts), new_act(attempts=making.MAXIMUM_ATTEMPTS, **facts)
    hung = new_act(attempts=1, **{**facts, "started_at": past - dt.timedelta(days=1)})
    making.take_up_waiting()
    task.delay.assert_called_once_with(str(again.pk))
    assert outcome(again) == (JobStatus.QUEUED, "")
    assert outcome(lost)[1].startswith("The work was interrupted 3 times, so it was given up. Nothing was changed.")
    assert outcome(hung)[1].startswith("The work was not done after ")


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_is_told_beside_the_transaction() -> None:
    """By the thread, whose connection is not the one on which nothing is committed yet."""
    job = new_act()
    seen: list[int] = []

    def work(mine: Job, tell: Tell) -> None:
        with transaction.atomic():
            UserFactory(full_name="Not yet")
            tell(7)
            for _look in range(100):
                time.sleep(0.1)
                seen.append(Job.objects.get(pk=mine.pk).progress)  # read committed
                if seen[-1]:
                    break
            making.settle(mine)

    making.carry_out(str(job.pk), work)
    assert (seen[-1], outcome(job)) == (7, (JobStatus.DONE, ""))
