"""A stored file leaves only after a policy answer, and only as an attachment."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.http import FileResponse, Http404
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.people.models import User
from core.files.storage import serve, serve_public
from core.models import Job
from core.policy import PolicyRefusedError
from reviews.cases.enums import ReviewAction
from tests.factories.core import JobFactory
from tests.utils import Cast, login_as

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
        fetch(cast.expert, ReviewAction.ASK_TO_END, cast, job)


def test_a_stranger_does_not_learn_that_it_is_there(cast: Cast, job: Job) -> None:
    with pytest.raises(Http404):
        fetch(cast.stranger, ReviewAction.VIEW, cast, job)


def test_a_file_that_is_not_there_is_not_found(cast: Cast) -> None:
    with pytest.raises(Http404):
        fetch(cast.expert, ReviewAction.VIEW, cast, JobFactory(target_id=uuid.uuid4()))


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("law.pdf", 'attachment; filename="law.pdf"'),
        ("قانون.pdf", "attachment; filename*=utf-8''%D9%82%D8%A7%D9%86%D9%88%D9%86.pdf"),
        ("../../etc/law.pdf", 'attachment; filename="law.pdf"'),
        ('a"; filename="run.exe', 'attachment; filename="a_; filename=_run.exe"'),
        ("law\r\nSet-Cookie: a=b.pdf", 'attachment; filename="lawSet-Cookie_ a=b.pdf"'),
        ("exe\u202efdp.pdf", 'attachment; filename="exefdp.pdf"'),
        ("n" * 300 + ".pdf", f'attachment; filename="{"n" * 146}.pdf"'),
    ],
)
def test_the_name_of_a_download_is_harmless(job: Job, name: str, disposition: str) -> None:
    http_response = serve_public(job.result, file_name=name, content_type="application/pdf")
    assert http_response.headers["Content-Disposition"] == disposition
    job.result.close()


def test_a_download_acts_on_nothing(job: Job) -> None:
    http_response = serve_public(job.result, file_name="a.pdf", content_type="application/pdf")
    assert http_response.headers["X-Content-Type-Options"] == "nosniff"
    assert http_response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert http_response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    job.result.close()


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/xml", "", "application/pdf; a=b"])
def test_a_type_that_is_not_in_our_table_becomes_an_unknown_one(job: Job, content_type: str) -> None:
    http_response = serve_public(job.result, file_name="a.pdf", content_type=content_type)
    assert http_response.headers["Content-Type"] == "application/octet-stream"
    job.result.close()


def test_a_file_that_is_no_longer_in_the_store_is_not_found(job: Job) -> None:
    job.result.storage.delete(str(job.result.name))
    with pytest.raises(Http404):
        serve_public(job.result, file_name="a.pdf", content_type="application/pdf")


def test_the_store_has_no_address(job: Job) -> None:
    """What Django makes up as one, for want of another, leads nowhere."""
    with pytest.raises(Resolver404):
        resolve(job.result.url)
    assert settings.STORAGES["default"]["OPTIONS"]["base_url"] is None
    assert settings.MEDIA_ROOT == ""
    assert settings.MEDIA_URL == "/"


def test_no_address_of_the_portal_leads_to_a_file_by_its_place(cast: Cast, job: Job) -> None:
    """Neither for people who are signed in nor for others, however the place is written."""
    place = str(job.result.name)
    clients = [Client(), login_as(Client(), cast.expert)]
    prefixes = ("", "/", "/media/", "/files/", "/static/", "/static/../", "/static/%2e%2e/", "/en/files/", "/static//")
    for prefix in prefixes:
        for written in (place, f"../../var/files/{place}", job.result.path, f"..%2f..%2f{place}"):
            for client in clients:
                http_response = client.get(f"{prefix}{written}", follow=True)
                content = http_response.getvalue() if http_response.streaming else http_response.content
                assert b"%PDF" not in content, (prefix, written)


def test_the_store_is_outside_of_what_is_served_as_static() -> None:
    store = Path(settings.STORAGES["default"]["OPTIONS"]["location"]).resolve()
    folders = [Path(each[1] if isinstance(each, tuple) else each) for each in settings.STATICFILES_DIRS]
    for folder in [*folders, Path(settings.STATIC_ROOT)]:
        assert not store.is_relative_to(folder.resolve())
        assert not folder.resolve().is_relative_to(store)
