"""A stored file leaves only after a policy answer, and only as an attachment."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.urls import Resolver404, resolve

from accounts.models import User
from core.models import Job
from core.policy import PolicyRefusedError
from core.storage import serve
from reviews.enums import ReviewAction
from tests.factories.core import JobFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(cast: Cast) -> Job:
    job = JobFactory(requested_by=cast.expert, target_id=uuid.uuid4())
    job.result.save("answers.pdf", ContentFile(b"%PDF-1.7 confidential"))
    return job


def fetch(actor: User, action: ReviewAction, cast: Cast, job: Job) -> FileResponse:
    return serve(actor, action, cast.review, job.result, file_name="1-XVE answers.pdf", content_type="application/pdf")


def test_the_policy_lets_it_out(cast: Cast, job: Job) -> None:
    http_response = fetch(cast.expert, ReviewAction.VIEW, cast, job)
    assert b"".join(http_response) == b"%PDF-1.7 confidential"
    assert http_response.headers["Content-Disposition"] == 'attachment; filename="1-XVE answers.pdf"'
    assert http_response.headers["Content-Type"] == "application/pdf"
    job.result.close()  # closing the response would close the connection of the test as well


def test_the_policy_keeps_it_in(cast: Cast, job: Job) -> None:
    with pytest.raises(PolicyRefusedError):
        fetch(cast.expert, ReviewAction.REGISTER_PARTICIPANT, cast, job)


def test_a_stranger_does_not_learn_that_it_is_there(cast: Cast, job: Job) -> None:
    with pytest.raises(Http404):
        fetch(cast.stranger, ReviewAction.VIEW, cast, job)


def test_a_file_that_is_not_there_is_not_found(cast: Cast) -> None:
    with pytest.raises(Http404):
        fetch(cast.expert, ReviewAction.VIEW, cast, JobFactory(target_id=uuid.uuid4()))


def test_files_have_no_address_of_their_own(job: Job) -> None:
    with pytest.raises(Resolver404):
        resolve(job.result.url)
