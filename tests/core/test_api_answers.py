"""Every answer that the API's document promises is given, as problem details, to whoever provokes it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.http import HttpResponse
from django.test import Client

from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "api" / "openapi.yaml"
PROBLEM = "application/problem+json"
LIST = "/api/v1/untoc/reviews/"
NOTHING = "/api/v1/nothing/of/that/kind/"
Ask = Callable[[Client, str, Any], HttpResponse]


def _limited(client: Client, address: str, settings: Any) -> HttpResponse:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": (1, 1)}
    place = "198.51.100.73"
    client.get(address, REMOTE_ADDR=place)
    return client.get(address, REMOTE_ADDR=place)


PROVOKED: dict[str, Ask] = {
    "400": lambda client, address, _settings: client.get(address, {"step": "dialogue"}),
    "403": lambda _client, address, _settings: Client().get(address),
    "404": lambda client, address, _settings: client.get(address.rpartition("/")[0].rpartition("/")[0] + "/%0E../x/"),
    "405": lambda client, address, _settings: client.delete(address),
    "406": lambda client, address, _settings: client.get(address, headers={"Accept": "text/html"}),
    "429": _limited,
}


def operations() -> dict[str, dict[str, Any]]:
    paths = yaml.safe_load(DOCUMENT.read_text("utf-8"))["paths"]
    return {path: operation["get"] for path, operation in paths.items()}


def address_of(path: str, cast: Cast) -> str:
    return path.format(mechanism="untoc", code=cast.review.code, questionnaire="untoc-cluster-1")


def test_every_status_of_the_document_is_provoked() -> None:
    promised = {status for operation in operations().values() for status in operation["responses"]}
    assert promised == {"200", *PROVOKED}


@pytest.mark.parametrize("status", sorted(PROVOKED))
@pytest.mark.parametrize("path", sorted(operations()))
def test_what_is_promised_is_given(cast: Cast, settings: Any, path: str, status: str) -> None:
    client = login_as(Client(raise_request_exception=False), cast.officer)
    address = address_of(path, cast)
    assert client.get(address).status_code == 200
    answer = PROVOKED[status](client, address, settings)
    assert (answer.status_code, answer["Content-Type"]) == (int(status), PROBLEM)
    assert answer.json()["status"] == int(status)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png, text/*;q=0.5"])
@pytest.mark.parametrize("address", [LIST, NOTHING, "/api/v1/schema/"])
def test_nobody_fills_the_log_of_errors_by_asking_for_another_kind(accept: str, address: str) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"Accept": accept})
    assert (answer.status_code in {403, 404, 406}, answer["Content-Type"]) == (True, PROBLEM)


@pytest.mark.parametrize("address", ["/api/v1/a%0Ab/reviews/", "/api/%0A/x/"])
def test_an_address_with_a_line_break_is_answered_as_any_other_that_is_none(address: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_the_document_names_its_own_address() -> None:
    assert "/api/v1/schema/" in operations()


@pytest.mark.parametrize("query", ["x=1", "lang=ar", "version=2", "format=json"])
def test_the_document_takes_no_parameter(cast: Cast, query: str) -> None:
    answer = login_as(Client(), cast.officer).get(f"/api/v1/schema/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.partition("=")[0]])


def test_an_unknown_mechanism_is_not_there(cast: Cast) -> None:
    answer = login_as(Client(), cast.officer).get("/api/v1/nope/reviews/")
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("step=dialogue", "step"),
        ("ordering=", "ordering"),
        ("format=json", "format"),
        ("page_size=null&page_size=null", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=-1", "page_size"),
        ("page_size=\u0663", "page_size"),
    ],
)
def test_a_parameter_that_would_not_be_read_is_refused(cast: Cast, query: str, field: str) -> None:
    client = login_as(Client(), cast.officer)
    answer = client.get(f"{LIST}?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert client.get(f"{LIST}?page=1&page_size=2").status_code == 200


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v2/", "/api/v1/", NOTHING, "/api/v1/%F0../", "/api/v1/%0E../reviews/d/"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_address_that_is_none_answers_as_a_problem(address: str, method: str) -> None:
    answer = getattr(Client(), method)(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_an_address_without_its_slash_leads_on(cast: Cast) -> None:
    client = login_as(Client(), cast.officer)
    assert client.get(LIST.rstrip("/"))["Location"] == LIST
    assert client.get(NOTHING.rstrip("/"), follow=True)["Content-Type"] == PROBLEM
