"""Long work: started once, watched, kept as a file, or failed in words."""

import datetime as dt
import uuid
from unittest.mock import Mock

import pytest
import time_machine
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from core import jobs
from core.enums import JobStatus
from core.errors import ServiceError
from core.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.core import JobFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db


def start(cast: Cast, task: Mock, *, language: str = "en", file_name: str = "1-XVE.pdf") -> Job:
    return jobs.start(
        kind="draft_pdf",
        target=cast.response,
        requested_by=cast.expert,
        language=language,
        file_name=file_name,
        task=task,
    )


def new_job(**facts: str) -> Job:
    return JobFactory(target_id=uuid.uuid4(), **facts)


def test_a_job_is_queued_after_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    task = Mock()
    with django_capture_on_commit_callbacks(execute=True):
        job = start(cast, task)
        assert task.delay.call_count == 0
    task.delay.assert_called_once_with(str(job.pk))
    assert (job.status, job.progress, job.target_type) == (JobStatus.QUEUED, 0, "questionnaires.response")


def test_a_second_click_gives_the_first_job(cast: Cast) -> None:
    job = start(cast, Mock())
    assert start(cast, Mock()) == job
    assert start(cast, Mock(), language="ar") != job
    assert start(cast, Mock(), file_name="1-XVE.docx") != job


def test_a_document_is_a_pdf_or_a_word_file(cast: Cast) -> None:
    with pytest.raises(ValueError, match=r"no document ends in '.exe'"):
        start(cast, Mock(), file_name="1-XVE.exe")
    assert Job.objects.count() == 0


def test_a_job_that_got_lost_does_not_block_the_next(cast: Cast) -> None:
    job = start(cast, Mock())
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        assert start(cast, Mock()) != job


def test_a_queue_that_cannot_be_reached_is_told_at_once(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = start(cast, Mock(delay=Mock(side_effect=OperationalError("no broker"))))
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.error == "Something went wrong while the document was being made. Please try again."
    assert start(cast, Mock()) != job, "the person may try again"


def test_a_job_keeps_its_file() -> None:
    job = new_job()
    seen = []

    def work(job: Job, tell: jobs.Callable[[int], None]) -> bytes:
        tell(40)
        seen.append((Job.objects.get(pk=job.pk).progress, job.status))
        return b"%PDF-1.7"

    jobs.run(str(job.pk), work)
    job.refresh_from_db()
    assert seen == [(40, JobStatus.RUNNING)]
    assert (job.status, job.progress, job.error, job.is_finished) == (JobStatus.DONE, 100, "", True)
    with job.result.open("rb") as file:
        assert file.read() == b"%PDF-1.7"
    assert job.result.name.startswith("jobs/")
    assert job.result.name.endswith(f"{job.pk}.pdf")


def test_the_file_is_named_for_what_it_is() -> None:
    job = new_job(file_name="1-XVE.docx")
    jobs.run(str(job.pk), Mock(return_value=b"PK"))
    job.refresh_from_db()
    assert job.result.name.endswith(f"{job.pk}.docx")


def test_a_job_that_is_done_is_not_done_again() -> None:
    job, work = new_job(), Mock(return_value=b"one")
    jobs.run(str(job.pk), work)
    jobs.run(str(job.pk), work)
    assert work.call_count == 1


def test_what_a_person_can_mend_is_told_as_it_is() -> None:
    job = new_job()
    jobs.run(str(job.pk), Mock(side_effect=ServiceError("There is no font for Klingon.")))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.FAILED, "There is no font for Klingon.")


def test_what_nobody_foresaw_is_told_without_its_inside() -> None:
    job = new_job()
    jobs.run(str(job.pk), Mock(side_effect=ValueError("secret words of an answer")))
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert job.error == "Something went wrong while the document was being made. Please try again."


def test_a_job_that_failed_can_be_run_again() -> None:
    job = new_job()
    jobs.run(str(job.pk), Mock(side_effect=ServiceError("No.")))
    jobs.run(str(job.pk), Mock(return_value=b"%PDF"))
    job.refresh_from_db()
    assert (job.status, job.error) == (JobStatus.DONE, "")


def test_a_job_that_is_not_there_is_no_error() -> None:
    work = Mock()
    jobs.run(str(uuid.uuid4()), work)
    assert work.call_count == 0
    assert UserFactory().jobs.count() == 0


def test_the_last_job_of_a_person_for_a_target_is_found(cast: Cast) -> None:
    start(cast, Mock())
    last = start(cast, Mock(), language="ar")
    assert jobs.latest_for(cast.response, cast.expert.pk, ["draft_pdf"]) == last
    assert jobs.latest_for(cast.response, cast.expert.pk, ["another"]) is None
    assert jobs.latest_for(cast.response, cast.observer.pk, ["draft_pdf"]) is None
    assert jobs.latest_for(cast.review, cast.expert.pk, ["draft_pdf"]) is None


def test_a_job_that_kills_every_worker_fails_in_the_end() -> None:
    job = new_job(status=JobStatus.RUNNING)

    def killed(job: Job, tell: object) -> bytes:
        raise SystemExit  # the process ends; nobody says what became of the job

    for _worker in range(jobs.MAXIMUM_ATTEMPTS):
        with pytest.raises(SystemExit):
            jobs.run(str(job.pk), killed)
    jobs.run(str(job.pk), killed)
    job.refresh_from_db()
    assert (job.status, job.error) == (
        JobStatus.FAILED,
        "Something went wrong while the document was being made. Please try again.",
    )
