"""The pages of a job, for a kind of document that any app may register: here Word, made of a review."""

import datetime as dt
import html
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import Mock, patch

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core import jobs
from core.enums import JobStatus
from core.jobs import JobKind, LabelledLink, PageOfOrigin, kinds
from core.models import Job
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from tests.factories.core import JobFactory
from tests.permissions.reading import content_of
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def start_again() -> Mock:
    return Mock()


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch, start_again: Mock) -> JobKind:
    monkeypatch.setattr(kinds, "_kinds", {})
    kind = JobKind(
        "tests.minutes",
        ReviewAction.VIEW,
        lambda job: Review.objects.filter(pk=job.target_id).first(),
        start_again,
        lambda review: PageOfOrigin(
            "/back/", "The review", (LabelledLink("/above/", "All reviews"),), caption="Verdania", code="1-XVE"
        ),
        Mock(),
        "Minutes & notes",
    )
    jobs.register(kind)
    return kind


@pytest.fixture
def job(kind: JobKind, cast: Cast) -> Job:
    return job_of(cast)


def job_of(cast: Cast, **facts: object) -> Job:
    facts = {"kind": "tests.minutes", "file_name": "1-XVE-minutes-en.docx", "target_id": cast.review.pk, **facts}
    return JobFactory(target_type="reviews.review", requested_by=cast.expert, **facts)


def finish(job: Job) -> None:
    job.status, job.progress = JobStatus.DONE, 100
    job.result.save(f"{job.pk}.docx", ContentFile(b"PK"))


def status_of(http_response: Any) -> int:
    """Once all of it was read, which closes the file behind it; that of a HEAD too."""
    content_of(http_response)
    return int(http_response.status_code)


def test_a_job_is_found_with_its_kind_and_its_target(job: Job, kind: JobKind, cast: Cast) -> None:
    assert jobs.find(job.pk) == (job, kind, cast.review)


def test_what_is_gone_or_unknown_is_not_found(kind: JobKind, cast: Cast) -> None:
    unknown = job_of(cast, kind="tests.nobody")
    for key in (uuid.uuid4(), job_of(cast, target_id=uuid.uuid4()).pk, unknown.pk):
        with pytest.raises(Http404):
            jobs.find(key)
    assert jobs.find_target(unknown) is None


def test_the_page_speaks_of_a_document_and_leads_back(job: Job, cast: Cast, login_as: LoginAs) -> None:
    finish(job)
    client = login_as(cast.expert)
    with patch("core.web.views.jobs.missing_pdf_libraries", return_value="cannot load library"):
        text = client.get(f"/en/jobs/{job.pk}/").content.decode()
    main = text[text.index("<main") :]
    assert "The document is ready." in main
    assert "PDF" not in main, "neither in the words nor as what this server cannot make"
    assert (
        '<span class="app-head__caption">Verdania</span> <span class="app-head__words">Minutes &amp; notes</span></h1>'
        in main
    )
    assert "Minutes & notes – 1-XVE" in html.unescape(text[: text.index("</title>")])
    trail = text[: text.index("<main")]
    assert trail.index('href="/above/"><bdi>All reviews</bdi>') < trail.index('href="/back/"><bdi>The review</bdi>')
    assert 'href="/back/">Back</a>' in main


def test_a_word_file_is_handed_out_as_one(job: Job, cast: Cast, login_as: LoginAs) -> None:
    finish(job)
    download = login_as(cast.expert).get(f"/en/jobs/{job.pk}/download/")
    assert (download["Content-Type"], download["Content-Disposition"]) == (
        WORD, 'attachment; filename="1-XVE-minutes-en.docx"',
    )  # fmt: skip
    assert download.getvalue() == b"PK"


def test_only_what_is_handed_out_is_noted_as_taken(job: Job, kind: JobKind, cast: Cast, login_as: LoginAs) -> None:
    noted = Mock()
    jobs.register(replace(kind, before_taken=noted))
    client, path = login_as(cast.expert), f"/en/jobs/{job.pk}/download/"
    assert client.get(path).status_code == 404
    Job.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, error="No.")
    assert client.get(path).status_code == 404
    finish(job)
    assert status_of(client.head(path)) == 200
    noted.assert_not_called()
    assert client.get(path).getvalue() == b"PK"
    noted.assert_called_once_with(cast.expert, cast.review)


def test_the_policy_of_the_target_decides(job: Job, cast: Cast, login_as: LoginAs) -> None:
    finish(job)
    for path in (f"/en/jobs/{job.pk}/", f"/en/jobs/{job.pk}/download/"):
        assert login_as(cast.stranger).get(path).status_code == 404
    assert login_as(cast.stranger).post(f"/en/jobs/{job.pk}/").status_code == 404


def test_a_copy_that_says_who_fetched_it_is_there_for_nobody_else(
    job: Job, kind: JobKind, cast: Cast, login_as: LoginAs
) -> None:
    finish(job)
    paths = (f"/en/jobs/{job.pk}/", f"/en/jobs/{job.pk}/download/")
    assert [status_of(login_as(cast.focal_point).get(path)) for path in paths] == [200, 200]
    jobs.register(replace(kind, is_personal=True))
    assert [status_of(login_as(cast.focal_point).get(path)) for path in paths] == [404, 404]
    assert [status_of(login_as(cast.expert).get(path)) for path in paths] == [200, 200]


def test_the_same_is_queued_anew(job: Job, cast: Cast, login_as: LoginAs, start_again: Mock) -> None:
    start_again.return_value = another = job_of(cast)
    http_response = login_as(cast.expert).post(f"/ar/jobs/{job.pk}/")
    assert (http_response.status_code, http_response["Location"]) == (302, f"/ar/jobs/{another.pk}/")
    start_again.assert_called_once_with(cast.expert, cast.review, language="ar")


def test_the_page_says_why_nothing_comes_yet_and_offers_what_can_be_done(
    job: Job, cast: Cast, login_as: LoginAs
) -> None:
    client, now = login_as(cast.expert), timezone.now()

    def page(**facts: object) -> str:
        Job.objects.filter(pk=job.pk).update(**facts)
        return client.get(f"/en/jobs/{job.pk}/").content.decode()

    waits, died = "Other documents are made first", "The work was interrupted. It starts again by itself"
    assert not any(words in page() for words in (waits, died, "Start again"))
    assert waits in page(created_at=now - jobs.LATE_AFTER)
    lives = page(status=JobStatus.RUNNING, attempts=2, lease_until=now + jobs.LATE_AFTER)
    assert "The work was interrupted and has started again." in lives
    assert "Start again" not in lives
    over = page(lease_until=now - dt.timedelta(seconds=1))
    assert died in over and "Start again" in over
    assert "Try again" in page(status=JobStatus.FAILED, error="No.")
