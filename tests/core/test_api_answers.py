"""Every answer that the API's document promises is given, as problem details, to whoever provokes it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from accounts.terms.models import ConfidentialityTerms
from accounts.terms.selectors import forget_newest_terms
from core.models import IdempotentAnswer
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "api" / "openapi.yaml"
PROBLEM = "application/problem+json"
LIST = "/api/v1/untoc/reviews/"
NOTHING = "/api/v1/nothing/of/that/kind/"
BODIES = {"laws": {"title": "Penal Code"}, "clearance": {"number": 1, "sha256": "0" * 64}, "answers": {"text": "x"}}


@dataclass
class Asking:
    """One operation of the document, as somebody asks for it who may: at each, the first answer goes well."""

    client: Client
    method: str
    address: str

    def ask(self, client: Client | None = None, *, query: str = "", **headers: str) -> HttpResponse:
        given = {"If-Match": '"1.0"', **headers} if self.method == "put" else headers
        return self.send(client or self.client, self.body, query, given)

    def send(self, client: Client, body: Any, query: str, headers: dict[str, str], **more: Any) -> HttpResponse:
        sent = {"content_type": "application/json", "data": json.dumps(body)} if self.method != "get" else {}
        ask = getattr(client, self.method)
        answer: HttpResponse = ask(self.address + query, **{**sent, **more}, headers=headers)
        return answer

    @property
    def body(self) -> dict[str, Any]:
        return next((body for name, body in BODIES.items() if f"/{name}/" in self.address), {})


def _limited(asking: Asking, settings: Any) -> HttpResponse:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "api": (1, 1)}
    place = {"REMOTE_ADDR": "198.51.100.73"}
    return [asking.client.get(asking.address, **place), asking.client.get(asking.address, **place)][-1]


def _refused(asking: Asking, settings: Any) -> HttpResponse:
    """Whoever has not accepted the terms that have just come into force."""
    forget_newest_terms()
    ConfidentialityTerms.objects.create(number=9, text="Be discreet.", valid_from=timezone.localdate())
    return asking.ask()


def _unknown(asking: Asking, settings: Any) -> HttpResponse:
    address = asking.address.rpartition("/")[0].rpartition("/")[0] + "/%0E../x/"
    return Asking(asking.client, asking.method, address).ask()


def _moved(asking: Asking, settings: Any) -> HttpResponse:
    asking.ask()
    return asking.send(asking.client, {"text": "Of another."}, "", {"If-Match": '"1.7"'})


def _key_reused(asking: Asking, settings: Any) -> HttpResponse:
    if "laws" in asking.address:
        asking.ask(**{"Idempotency-Key": "a"})
    else:
        person = User.objects.get(pk=asking.client.session["_auth_user_id"])
        IdempotentAnswer.objects.create(user=person, key="a", status=201, body={})
    return asking.send(asking.client, {"title": "Another"}, "", {"Idempotency-Key": "a"})


def _too_large(asking: Asking, settings: Any) -> HttpResponse:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(json.dumps(asking.body)) - 1
    return asking.ask()


PROVOKED: dict[str, Callable[[Asking, Any], HttpResponse]] = {
    "400": lambda asking, _settings: asking.ask(query="?nothing=of-the-kind"),
    "401": lambda asking, _settings: asking.ask(Client()),
    "403": _refused,
    "404": _unknown,
    "405": lambda asking, _settings: asking.client.delete(asking.address),
    "406": lambda asking, _settings: asking.ask(Accept="text/html"),
    "412": _moved,
    "413": _too_large,
    "415": lambda asking, _settings: asking.send(
        asking.client, {}, "", {"If-Match": '"1.0"'}, content_type="application/xml"
    ),
    "422": _key_reused,
    "428": lambda asking, _settings: asking.send(asking.client, asking.body, "", {}),
    "429": _limited,
}


def operations() -> dict[tuple[str, str], list[str]]:
    """By method and path, what is promised beside what goes well; of acts in tests/core/api/test_acts.py."""
    paths = yaml.safe_load(DOCUMENT.read_text("utf-8"))["paths"]
    return {
        (method, path): [status for status in operation["responses"] if status > "3"]
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "x-act-of" not in operation
    }


PROMISED = [(*operation, status) for operation, statuses in operations().items() for status in statuses]
PLACES = {"questionnaire": "untoc-cluster-1", "instrument": "untoc", "section": "article-5", "question": "I.untoc.1.a"}


ASKERS = ("focal_point", "officer", "administrator")
_NAMES = re.compile(r"{(\w+)}")


@pytest.fixture(autouse=True)
def _terms_are_looked_up() -> Iterator[None]:
    yield
    forget_newest_terms()


def test_every_status_of_the_document_is_provoked() -> None:
    assert {status for _method, _path, status in PROMISED} == set(PROVOKED)


def askings(cast: Cast, status: str) -> Iterator[Asking]:
    """The operations that promise the status, each as the first of these people who may ask for it. Those in whose
    address stands a key of something that is not there yet, and those that nobody opens here, are walked by
    ``tests/walk`` alone.
    """
    places = {"mechanism": "untoc", "code": cast.review.code, "iso3": cast.state.iso3, "number": "1", **PLACES}
    people = [login_as(Client(raise_request_exception=False), cast.people[name]) for name in ASKERS]
    for method, path, promised in sorted(PROMISED):
        if promised == status and set(_NAMES.findall(path)) <= places.keys():
            address = path.format(**places)
            yield from [Asking(each, method, address) for each in people if _is_open(each, address)][:1]


def _is_open(client: Client, address: str) -> bool:
    """Also where there is nothing to read, but something to be done."""
    return client.get(address).status_code in {200, 405}


@pytest.mark.parametrize("status", sorted(PROVOKED))
def test_what_is_promised_is_given(cast: Cast, settings: Any, status: str) -> None:
    wrong, seen = [], 0
    kept = (settings.RATE_LIMITS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    for asking in askings(cast, status):
        seen += 1
        with transaction.atomic():
            answer = PROVOKED[status](asking, settings)
            transaction.set_rollback(True)
        settings.RATE_LIMITS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = kept
        forget_newest_terms()
        got = (answer.status_code, answer["Content-Type"], answer.json().get("status"))
        if got != (int(status), PROBLEM, int(status)):
            wrong.append((asking.method, asking.address, got))
    assert wrong == []
    assert seen > (40 if ("get", "/api/v1/", status) in PROMISED else 0)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/png, text/*;q=0.5"])
@pytest.mark.parametrize("address", [LIST, NOTHING, "/api/v1/schema/"])
def test_nobody_fills_the_log_of_errors_by_asking_for_another_kind(accept: str, address: str) -> None:
    answer = Client(raise_request_exception=False).get(address, headers={"Accept": accept})
    assert (answer.status_code in {401, 404, 406}, answer["Content-Type"]) == (True, PROBLEM)


@pytest.mark.parametrize("address", ["/api/v1/a%0Ab/reviews/", "/api/%0A/x/"])
def test_an_address_with_a_line_break_is_answered_as_any_other_that_is_none(address: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_the_document_names_its_own_address() -> None:
    assert ("get", "/api/v1/schema/") in operations()


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
        ("step=no-such-step", "step"),
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
    assert client.get(f"{LIST}?page_size=2&step=dialogue").status_code == 200


@pytest.mark.parametrize("address", ["/api/", "/api/v2/", NOTHING, "/api/v1/%F0../", "/api/v1/%0E../reviews/d/"])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_address_that_is_none_answers_as_a_problem(address: str, method: str) -> None:
    answer = getattr(Client(), method)(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)


def test_an_address_without_its_slash_leads_on(cast: Cast) -> None:
    client = login_as(Client(), cast.officer)
    assert client.get(LIST.rstrip("/"))["Location"] == LIST
    assert client.get(NOTHING.rstrip("/"), follow=True)["Content-Type"] == PROBLEM
