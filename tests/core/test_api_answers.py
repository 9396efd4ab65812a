"""Every answer that the API's document promises is given, as problem details, to whoever provokes it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from accounts.people.models import User
from accounts.terms.models import ConfidentialityTerms
from accounts.terms.selectors import forget_newest_terms
from core.models import IdempotentAnswer
from questionnaires.editing.services.drafts import start_draft
from reviews.programme.models import Cluster
from tests.permissions.urls_base import CLOSED, DRAFT, SENT, Scene
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).parents[2] / "docs" / "api" / "openapi.yaml"
PROBLEM = "application/problem+json"
LIST = "/api/v1/untoc/reviews/"
NOTHING = "/api/v1/nothing/of/that/kind/"
BODIES = {
    "laws": {"title": "Extradition Act"},
    "clearance": {"number": 1, "sha256": "0" * 64},
    "answers": {"text": "x"},
}
_NO_HASH = "0" * 64
# By the end of an address: what rests on what is not so (any more).
STALE: dict[str, dict[str, Any]] = {
    "/references/": {"seen": _NO_HASH, "choices": {}},
    "/clearance/": {"number": 1, "sha256": _NO_HASH},
    "/earlier/": {"version": 9, "how": "kept", "answers": [{"code": "I.untoc.1.a", "key": "x", "seen": 0}]},
    "/set-aside/": {"version": 9, "code": "I.untoc.1.a", "key": "x", "seen": 0},
    "/linked/I.untoc.1.a/": {"version": 9, "seen": 0, "targets": {"I.untoc.1.b": 0}},
    "/open/": {"sections": ["untoc/article-5"], "sha256": _NO_HASH, "number": 7},
}


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


def _limited(asking: Asking) -> HttpResponse:
    place = {"REMOTE_ADDR": "198.51.100.73"}
    with override_settings(RATE_LIMITS={**settings.RATE_LIMITS, "api": (1, 1)}):
        return [asking.client.get(asking.address, **place), asking.client.get(asking.address, **place)][-1]


def _refused(asking: Asking) -> HttpResponse:
    """Whoever has not accepted the terms that have just come into force."""
    forget_newest_terms()
    ConfidentialityTerms.objects.create(number=9, text="Be discreet.", valid_from=timezone.localdate())
    return asking.ask()


def _unknown(asking: Asking) -> HttpResponse:
    address = asking.address.rpartition("/")[0].rpartition("/")[0] + "/%0E../x/"
    return Asking(asking.client, asking.method, address).ask()


def _moved(asking: Asking) -> HttpResponse:
    if asking.method == "post":
        return asking.send(asking.client, next(STALE[end] for end in STALE if asking.address.endswith(end)), "", {})
    asking.ask()
    return asking.send(asking.client, {"text": "Of another."}, "", {"If-Match": '"1.7"'})


def _key_reused(asking: Asking) -> HttpResponse:
    if asking.address.endswith("/laws/"):
        asking.ask(**{"Idempotency-Key": "a"})
    else:
        person = User.objects.get(pk=asking.client.session["_auth_user_id"])
        IdempotentAnswer.objects.create(user=person, key="a", status=201, body={})
    return asking.send(asking.client, {"title": "Another"}, "", {"Idempotency-Key": "a"})


def _too_large(asking: Asking) -> HttpResponse:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=len(json.dumps(asking.body)) - 1):
        return asking.ask()


PROVOKED: dict[str, Callable[[Asking], HttpResponse]] = {
    "400": lambda asking: asking.ask(query="?nothing=of-the-kind"),
    "401": lambda asking: asking.ask(Client()),
    "403": _refused,
    "404": _unknown,
    "405": lambda asking: asking.client.delete(asking.address),
    "406": lambda asking: asking.ask(Accept="text/html"),
    "412": _moved,
    "413": _too_large,
    "415": lambda asking: asking.send(asking.client, {}, "", {"If-Match": '"1.0"'}, content_type="application/xml"),
    "422": _key_reused,
    "428": lambda asking: asking.send(asking.client, asking.body, "", {}),
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


PROMISED = {status for statuses in operations().values() for status in statuses}
# Of which step of a review there is what an address is about; all others are of the self-assessment as it is written.
OF_STEPS = {"/submission/audience/": CLOSED, "/submission/": SENT, "/sent/": SENT, "/v1/answers/": CLOSED}
ASKED = {DRAFT: 60, SENT: 4, CLOSED: 3}  # at least so many operations are asked for at each
ASKERS = ("focal_point", "officer", "administrator")
_NAMES = re.compile(r"{(\w+)}")


def _step_of(path: str) -> str:
    return next((step for part, step in OF_STEPS.items() if part in path), DRAFT)


def _places(path: str, scene: Scene) -> dict[str, object]:
    return {
        "mechanism": "untoc",
        "code": scene.cast.review.code,
        "iso3": scene.cast.state.iso3,
        "questionnaire": "untoc-cluster-1",
        "instrument": "untoc",
        "section": "article-5",
        "question": "I.untoc.1.a",
        "law": scene.pieces.law.pk,
        "audience": "public",
        "number": 2 if "/v1/answers/" in path else 1,  # of what is open, of a cluster, or of what was sent
        "version": 1,
        "before": 1,
        "after": 1,
    }


def _asking(scene: Scene, method: str, path: str) -> Asking | None:
    """As the first of these people to whom the address is open, be it to read or to do something. None where nobody
    opens it here, or where a key of something stands in it that is not there: ``tests/walk`` alone goes to those.
    """
    places = _places(path, scene)
    if not set(_NAMES.findall(path)) <= places.keys():
        return None
    address = path.format(**places)
    people = (login_as(Client(raise_request_exception=False), scene.cast.people[name]) for name in ASKERS)
    open_to = (each for each in people if each.get(address).status_code in {200, 405})
    return next((Asking(each, method, address) for each in open_to), None)


@pytest.fixture(autouse=True)
def _terms_are_looked_up() -> Iterator[None]:
    yield
    forget_newest_terms()


def test_every_status_of_the_document_is_provoked() -> None:
    assert set(PROVOKED) == PROMISED


def _wrong(asking: Asking, status: str) -> Iterator[str]:
    """What is not as promised where one answer is provoked; nothing of it stays."""
    with transaction.atomic():
        answer = PROVOKED[status](asking)
        transaction.set_rollback(True)
    forget_newest_terms()
    got = (answer.status_code, answer["Content-Type"], answer.json().get("status"))
    if got != (int(status), PROBLEM, int(status)):
        yield f"{asking.method} {asking.address}: {got} and not {status}"


@pytest.mark.parametrize(
    "stage", [pytest.param(stage, marks=pytest.mark.scene(stage)) for stage in (DRAFT, SENT, CLOSED)]
)
def test_what_is_promised_is_given(scene: Scene, stage: str) -> None:
    start_draft(actor=scene.cast.officer, cluster=Cluster.objects.get(mechanism__slug="untoc", number=1))
    wrong, asked = [], 0
    for (method, path), statuses in operations().items():
        if _step_of(path) == stage and (asking := _asking(scene, method, path)):
            asked += 1
            wrong += [each for status in statuses for each in _wrong(asking, status)]
    assert "\n".join(wrong) == ""
    assert asked >= ASKED[stage]


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
