"""The API does what its document says, whatever is asked: as four kinds of people, with requests made from it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st
from requests import PreparedRequest
from requests.structures import CaseInsensitiveDict
from schemathesis import Case, GenerationMode
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from questionnaires.laws.models import Law
from tests import utils
from tests.permissions.pieces import Planter
from tests.security.test_crawl import MARK, REPORT, SECRETS
from tests.sharing import shared
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db
DOCUMENT = schemathesis.openapi.from_path(Path(__file__).parents[2] / "docs" / "api" / "openapi.yaml")
_ALL = [result.ok() for result in DOCUMENT.get_all_operations()]
# Acts are all made in one way: each is asked by one of the people.
ACTS = [operation for operation in _ALL if "x-act-of" in operation.definition.raw]
OPERATIONS = [operation for operation in _ALL if "x-act-of" not in operation.definition.raw]
# Of each operation, for each person, right and wrong ones: the first of them every day, all of them as a proof.
EXAMPLES = [4, pytest.param(16, marks=pytest.mark.prove)]
PLACES = {
    "questionnaire": "untoc-cluster-1",
    "instrument": "untoc",
    "section": "article-5",
    "question": "I.untoc.1.a",
    "audience": "public",
    "number": "1",
    "version": "1",
    "before": "1",
    "after": "1",
}
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]


@shared
def planted(cast: Cast) -> Cast:
    utils.take_cast_to("dialogue", cast)
    Planter(cast, MARK).plant("dialogue")
    return utils.fresh(cast)


def ask(client: Client, case: Case) -> Any:
    """Through Django's own client, in a transaction that is undone."""
    prepared = case.as_transport_kwargs(base_url="http://testserver")
    request = PreparedRequest()
    request.prepare(
        prepared["method"], prepared["url"], params=prepared.get("params"), headers=_sendable(prepared["headers"])
    )
    # Plain words are looked through, so nothing is asked for compressed.
    left_out = {"accept-encoding", "cookie", "host"}
    headers = {name: value for name, value in request.headers.items() if name.lower() not in left_out}
    with transaction.atomic():
        answer = client.generic(case.method, request.url.removeprefix("http://testserver"), headers=headers)
        if answer.status_code == 301:  # what lacks its slash at the end is led on to the address with one
            answer = client.get(answer.headers["Location"], headers=headers)
        transaction.set_rollback(True)
    return request, answer


def _sendable(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if value.isascii() and value.isprintable()}


@pytest.mark.parametrize("examples", EXAMPLES)
@pytest.mark.parametrize("name", SECRETS)
def test_the_api_does_what_its_document_says(
    planted: Cast, name: str, examples: int, record_property: Callable[[str, object], None]
) -> None:
    client = login_as(Client(raise_request_exception=False), planted.people[name])
    statuses: dict[str, int] = {}

    def check(case: Case) -> None:
        request, answer = ask(client, case)
        statuses[str(answer.status_code)] = statuses.get(str(answer.status_code), 0) + 1
        assert answer.status_code < 500
        assert [secret for secret in SECRETS[name] if secret in answer.content.decode(errors="replace")] == []
        headers = CaseInsensitiveDict((key, [value]) for key, value in answer.headers.items())
        case.validate_response(
            Response(answer.status_code, headers, answer.content, request, 0.0, verify=False), checks=CHECKS
        )

    law = str(Law.objects.all()[0].pk)
    acts = ACTS[list(SECRETS).index(name) :: len(SECRETS)]
    for operation in [*OPERATIONS, *acts]:
        modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
        places = {"mechanism": "untoc", "code": planted.review.code, "iso3": planted.state.iso3, "law": law, **PLACES}

        def with_a_place_that_is_there(case: Case, places: dict[str, str] = places) -> Case:
            given = case.path_parameters or {}
            case.path_parameters = {key: places.get(key, value) for key, value in given.items()}
            return case

        there = operation.as_strategy().map(with_a_place_that_is_there)
        seed(2026)(
            settings(
                max_examples=examples,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )(given(case=st.one_of(there, *modes))(lambda case: check(case)))
        )()
    record_property("calls", sum(statuses.values()))
    REPORT.mkdir(parents=True, exist_ok=True)
    (REPORT / f"api-{name}.json").write_text(json.dumps(statuses, sort_keys=True), "utf-8")
    assert sum(statuses.values()) >= len(OPERATIONS) * examples / 4
    assert statuses.get("200", 0) > 0
