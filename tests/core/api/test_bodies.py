"""What programs send: read within bounds, and refused as a problem by whatever is wrong in it."""

import json
from typing import Any

import pytest

from tests.accounts.tokens.making import program_of
from tests.utils import Cast

pytestmark = pytest.mark.django_db
DEEP = "[" * 20_000


def put(cast: Cast, body: str, kind: str = "application/json") -> Any:
    address = f"/api/v1/untoc/reviews/{cast.review.code}/self-assessment/answers/I.untoc.1.a/"
    etag = (client := program_of(cast.expert)).get(address)["ETag"]
    return client.put(address, body, content_type=kind, headers={"If-Match": etag})


@pytest.mark.parametrize(
    "body", [DEEP, '{"text": ' + DEEP, '{"\\ud800": 1}', '{"text": "\\udfff"}', '{"text": NaN}', "\xff"]
)
def test_what_cannot_be_read_is_refused(cast: Cast, body: str) -> None:
    answer = put(cast, body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_both_halves_of_a_character_are_one(cast: Cast) -> None:
    assert put(cast, '{"text": "\\ud83d\\ude00"}').json()["answer"]["text"] == "\U0001f600"


@pytest.mark.parametrize("name", ["choices", "citations"])
def test_a_long_list_is_one_error(cast: Cast, name: str) -> None:
    answer = put(cast, json.dumps({name: [[]] * 5_000}))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
    assert len(answer.content) < 300


def test_of_many_names_that_are_none_some_are_told(cast: Cast) -> None:
    answer = put(cast, json.dumps({f"x{number}": 1 for number in range(500)}))
    assert (answer.status_code, len(answer.json()["errors"])) == (400, 20)
