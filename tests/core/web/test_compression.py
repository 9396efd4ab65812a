"""Pages are sent compressed, each time to another length; what is secret is not."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.people.models import User
from core.web.middleware.compression import is_compressed
from tests.accounts.signing import code_now, url
from tests.factories.accounts import UserFactory
from tests.utils import Cast

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def asked(client: Client, address: str, encodings: str = "gzip, deflate, br") -> HttpResponse:
    return client.get(address, headers={"accept-encoding": encodings})


def words_of(page: HttpResponse) -> str:
    return gzip.decompress(page.content).decode()


def test_a_page_is_compressed_for_who_takes_it_so(cast: Cast, login_as: Callable[[User], Client]) -> None:
    client = login_as(cast.expert)
    address = reverse("questionnaires:section-detail", args=["untoc", cast.review.code, "untoc", "article-5"])
    plain, compressed = asked(client, address, "identity"), asked(client, address)
    assert "Content-Encoding" not in plain
    assert compressed["Content-Encoding"] == "gzip"
    assert {"Cookie", "Accept-Encoding"} <= set(compressed["Vary"].split(", "))
    assert len(compressed.content) < len(plain.content) / 5
    assert words_of(compressed)[:200] == plain.content.decode()[:200]


def test_no_length_and_no_token_comes_twice(client: Client) -> None:
    pages = [asked(client, reverse("accounts:sign-in")) for _time in range(20)]
    assert len({len(page.content) for page in pages}) > 5
    assert len({TOKEN.search(words_of(page))[1] for page in pages}) == 20


def test_a_page_that_shows_a_secret_is_not_compressed(login_as: Callable[[User], Client]) -> None:
    client = login_as(UserFactory())
    page = asked(client, url("mfa_activate_totp"))
    assert "Content-Encoding" not in page
    client.post(url("mfa_activate_totp"), {"code": code_now(page.context["secret"])})
    codes = asked(client, url("mfa_view_recovery_codes"))
    assert codes.context["unused_codes"]
    assert "Content-Encoding" not in codes
    made = client.post(reverse("reviews:calendar-feed-make"), headers={"accept-encoding": "gzip"})
    assert made.context["feed_address"]
    assert "Content-Encoding" not in made


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (HttpResponse(), True),
        (HttpResponse(content_type="application/json"), True),
        (HttpResponse(content_type="text/csv; charset=utf-8"), True),
        (HttpResponse(content_type="application/pdf"), False),
        (HttpResponse(content_type="application/zip"), False),
    ],
    ids=lambda value: value.headers["Content-Type"] if isinstance(value, HttpResponse) else str(value),
)
def test_what_is_compressed_by_itself_is_left_alone(answer: HttpResponseBase, expected: bool) -> None:
    request = RequestFactory().get("/")
    assert is_compressed(request, answer) is expected
