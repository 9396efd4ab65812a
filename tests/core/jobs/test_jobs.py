"""Long work: started once, watched, kept as a file, or failed in words; whoever dies, hangs or comes too late."""

import datetime as dt
import threading
import uuid
from collections.abc import Callable
from unittest.mock import Mock

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from core import jobs
from core.enums import JobStatus
from core.errors import ServiceError
from core.jobs import ActKind, JobKind, kinds, making
from core.models import Job
from reviews.cases.enums import ReviewAction
from tests.factories.accounts import UserFactory
from tests.factories.core import JobFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db
AGAIN = "Something went wrong while the document was being made. Please try again."
A_LEASE = dt.timedelta(seconds=settings.JOB_LEASE_SECONDS + 1)


@pytest.fixture(autouse=True)
def task(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What is queued for the one kind of document that there is; there is one of acts besides."""
    task = Mock()
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_acts", {})
    jobs.register_act(ActKind("an_act", Mock()))
    jobs.register(JobKind("draft_pdf", ReviewAction.VIEW, lambda job: None, Mock(), Mock(), task))
    return task


def start(cast: Cast, *, language: str = "en", file_name: str = "1-XVE.pdf") -> Job:
    return jobs.start(
        kind="draft_pdf", target=cast.response, requested_by=cast.expert, language=language, file_name=file_name
    )


def new_job(**facts: object) -> Job:
    return JobFactory(target_id=uuid.uuid4(), **facts)


def died(**facts: object) -> Job:
    """A job whose worker has died: its lease is over."""
    past = timezone.now() - A_LEASE
    facts = {"status": JobStatus.RUNNING, "attempts": 1, "started_at": past, "lease_until": past, **facts}
    return new_job(**facts)


def told(task: Mock) -> list[str]:
    """The keys of the jobs that workers were told of since one last looked."""
    keys = [call.args[0] for call in task.delay.call_args_list]
    task.delay.reset_mock()
    return keys


def status_and_error(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.status, job.error


def test_a_job_is_queued_after_the_commit(
    cast: Cast, task: Mock, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = start(cast)
        assert task.delay.call_count == 0
    task.delay.assert_called_once_with(str(job.pk))
    assert (job.status, job.progress, job.target_type) == (JobStatus.QUEUED, 0, "questionnaires.response")


def test_a_second_click_gives_the_first_job(cast: Cast) -> None:
    job = start(cast)
    assert start(cast) == job
    assert start(cast, language="ar") != job
    assert start(cast, file_name="1-XVE.docx") != job


def test_a_document_is_a_pdf_or_a_word_file(cast: Cast) -> None:
    with pytest.raises(ValueError, match=r"no document ends in '.exe'"):
        start(cast, file_name="1-XVE.exe")
    assert Job.objects.count() == 0


def test_who_asks_again_gets_the_job_under_way_while_its_worker_lives_and_then_a_new_one(cast: Cast) -> None:
    job = start(cast)
    making._claim(str(job.pk))
    assert start(cast) == job
    with time_machine.travel(timezone.now() + A_LEASE):
        another = start(cast)
        assert another != job
        assert status_and_error(job) == (JobStatus.FAILED, "The document was asked for anew.")
        assert start(cast) == another


def test_a_job_outlasts_a_queue_that_is_away(
    cast: Cast, task: Mock, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    task.delay.side_effect = OperationalError("no broker")
    with django_capture_on_commit_callbacks(execute=True):
        job = start(cast)
    assert status_and_error(job) == (JobStatus.QUEUED, "")
    told(task)
    task.delay.side_effect = None
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=31)):
        making.take_up_waiting()
    assert told(task) == [str(job.pk)]


def test_a_job_keeps_its_file() -> None:
    job = new_job()
    seen = []

    def work(job: Job, tell: Callable[[int], None]) -> bytes:
        tell(40)
        seen.append((Job.objects.get(pk=job.pk).progress, job.status))
        return b"%PDF-1.7"

    making.run(str(job.pk), work)
    job.refresh_from_db()
    assert seen == [(40, JobStatus.RUNNING)]
    assert (job.status, job.progress, job.error, job.is_finished) == (JobStatus.DONE, 100, "", True)
    with job.result.open("rb") as file:
        assert file.read() == b"%PDF-1.7"
    assert job.result.name.startswith("jobs/")
    assert job.result.name.endswith(f"{job.pk}.pdf")


def test_the_file_is_named_for_what_it_is() -> None:
    job = new_job(file_name="1-XVE.docx")
    making.run(str(job.pk), Mock(return_value=b"PK"))
    job.refresh_from_db()
    assert job.result.name.endswith(f"{job.pk}.docx")


def test_a_job_that_is_done_is_not_done_again() -> None:
    job, work = new_job(), Mock(return_value=b"one")
    making.run(str(job.pk), work)
    making.run(str(job.pk), work)
    assert work.call_count == 1


def test_what_a_person_can_mend_is_told_as_it_is() -> None:
    job = new_job()
    making.run(str(job.pk), Mock(side_effect=ServiceError("There is no font for Klingon.")))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, "There is no font for Klingon.")


def test_what_nobody_foresaw_is_told_without_its_inside() -> None:
    job = new_job()
    making.run(str(job.pk), Mock(side_effect=ValueError("secret words of an answer")))
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.error == AGAIN


def test_a_job_that_is_not_there_is_no_error() -> None:
    work = Mock()
    making.run(str(uuid.uuid4()), work)
    assert work.call_count == 0
    assert UserFactory().jobs.count() == 0


def test_the_last_job_of_a_person_for_a_target_is_found(cast: Cast) -> None:
    start(cast)
    last = start(cast, language="ar")
    assert jobs.latest_for(cast.response, cast.expert.pk, ["draft_pdf"]) == last
    assert jobs.latest_for(cast.response, cast.expert.pk, ["another"]) is None
    assert jobs.latest_for(cast.response, cast.observer.pk, ["draft_pdf"]) is None
    assert jobs.latest_for(cast.review, cast.expert.pk, ["draft_pdf"]) is None


def test_a_job_that_failed_stays_so(task: Mock) -> None:
    """Who wants the document asks for it again, which is a job of its own."""
    job, work = new_job(), Mock(return_value=b"%PDF")
    making.run(str(job.pk), Mock(side_effect=ServiceError("No.")))
    making.run(str(job.pk), work)
    making.take_up_waiting()
    assert status_and_error(job) == (JobStatus.FAILED, "No.")
    assert (work.call_count, told(task)) == (0, [])


def test_a_job_that_another_worker_holds_is_left_alone() -> None:
    job, work = new_job(), Mock(return_value=b"%PDF")
    held = making._claim(str(job.pk))
    making.run(str(job.pk), work)
    assert held is not None
    assert work.call_count == 0
    assert status_and_error(job) == (JobStatus.RUNNING, "")


def test_what_a_dead_worker_held_is_made_by_the_next(task: Mock) -> None:
    job = died()
    making.take_up_waiting()
    assert (told(task), status_and_error(job)) == ([str(job.pk)], (JobStatus.QUEUED, ""))
    making.run(str(job.pk), Mock(return_value=b"%PDF"))
    assert (status_and_error(job), job.attempts) == ((JobStatus.DONE, ""), 2)


def test_what_lives_or_was_just_told_of_is_not_told_again(task: Mock) -> None:
    new_job()
    new_job(status=JobStatus.RUNNING, attempts=1, lease_until=timezone.now() + A_LEASE)
    lost = new_job(queued_at=timezone.now() - dt.timedelta(seconds=31))
    making.take_up_waiting()
    making.take_up_waiting()
    assert told(task) == [str(lost.pk)], "and once, so that a long queue does not grow by itself"


def test_a_job_that_kills_every_worker_fails_in_the_end(task: Mock) -> None:
    job = new_job(language="ar")

    def killed(job: Job, tell: object) -> bytes:
        raise SystemExit  # the process ends; nobody says what became of the job

    for number in range(making.MAXIMUM_ATTEMPTS):
        with time_machine.travel(timezone.now() + number * A_LEASE):
            making.take_up_waiting()
            with pytest.raises(SystemExit):
                making.run(str(job.pk), killed)
    told(task)
    with time_machine.travel(timezone.now() + making.MAXIMUM_ATTEMPTS * A_LEASE):
        making.run(str(job.pk), killed)
        making.take_up_waiting()
    status, error = status_and_error(job)
    assert (status, told(task)) == (JobStatus.FAILED, [])
    assert error.startswith("انقطع العمل"), "in the language of the job"


def test_who_finishes_too_late_changes_nothing() -> None:
    """The lease ended, another worker made the document, and only then the first one comes with its own."""
    job = new_job()

    def slow(mine: Job, tell: Callable[[int], None]) -> bytes:
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - A_LEASE)
        making.run(str(job.pk), Mock(return_value=b"of the second"))
        tell(55)
        return b"of the first"

    making.run(str(job.pk), slow)
    assert (status_and_error(job), job.progress, job.attempts) == ((JobStatus.DONE, ""), 100, 2)
    with job.result.open("rb") as file:
        assert file.read() == b"of the second"
    _folders, files = default_storage.listdir(job.result.name.rpartition("/")[0])
    assert [name for name in files if str(job.pk) in name] == [job.result.name.rpartition("/")[2]]


def test_who_fails_too_late_changes_nothing() -> None:
    job = new_job()

    def slow(mine: Job, tell: object) -> bytes:
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - A_LEASE)
        making.run(str(job.pk), Mock(return_value=b"%PDF"))
        raise ValueError

    making.run(str(job.pk), slow)
    assert status_and_error(job) == (JobStatus.DONE, "")


def test_work_that_its_limit_ends_is_told_with_it(settings: Settings) -> None:
    settings.JOB_SECONDS = 7
    job = new_job()
    making.run(str(job.pk), Mock(side_effect=SoftTimeLimitExceeded))
    said = "The document was not ready after 7 seconds, so the work was ended. Please try again."
    assert status_and_error(job) == (JobStatus.FAILED, said)


def test_work_that_nothing_ends_is_given_up_and_not_begun_again(settings: Settings, task: Mock) -> None:
    """As in a worker with threads, in which Celery ends nothing: the pulse stops, and with it the lease."""
    job = died(started_at=timezone.now() - dt.timedelta(seconds=settings.JOB_SECONDS))
    making.take_up_waiting()
    assert status_and_error(job)[0] == JobStatus.FAILED
    assert "so the work was ended" in job.error
    assert told(task) == []


def test_lost_jobs_are_looked_for_with_as_many_queries_however_many_they_are(
    task: Mock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (2, 20):
        for _one in range(number):
            died()
            died(attempts=making.MAXIMUM_ATTEMPTS)
            died(started_at=timezone.now() - dt.timedelta(days=1))
        with django_assert_num_queries(
            10
        ):  # two for each way to fail, one for that of an act, two and their transaction for the rest
            making.take_up_waiting()
        assert len(told(task)) == number


def test_a_document_is_made_with_as_many_queries_however_long_it_takes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    job = new_job()
    with django_assert_num_queries(5):  # the claim in its transaction, and the end
        making.run(str(job.pk), Mock(return_value=b"%PDF"))


def test_lost_jobs_are_looked_for_several_times_a_minute() -> None:
    """A killed worker's document starts again within a minute: its lease, and then the next look."""
    looks = settings.CELERY_BEAT_SCHEDULE["take-up-waiting-jobs"]
    assert looks["task"] == "core.take_up_waiting_jobs"
    assert settings.JOB_LEASE_SECONDS + looks["schedule"] <= 50


@pytest.mark.django_db(transaction=True)
def test_the_pulse_holds_a_job_as_long_as_it_may_take(settings: Settings) -> None:
    settings.JOB_LEASE_SECONDS, settings.JOB_SECONDS = 0.6, 1.5
    job = new_job()
    leases = []

    def slow(mine: Job, tell: object) -> bytes:
        pause = threading.Event()
        for _look in range(3):
            pause.wait(0.4)
            leases.append(jobs.is_abandoned(Job.objects.get(pk=job.pk)))
        pause.wait(1.2)
        leases.append(jobs.is_abandoned(Job.objects.get(pk=job.pk)))
        return b"%PDF"

    making.run(str(job.pk), slow)
    connection.close()
    assert leases == [False, False, False, True]
