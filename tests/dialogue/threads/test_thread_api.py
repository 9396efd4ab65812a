"""A message that a program of another State has read is read, and is not recalled any more."""

import json
from typing import Any

import pytest
from django.test import Client

from dialogue.threads.models import DialogueMessage
from tests.accounts.tokens.making import program_of
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]


def at(cast: Cast, more: str) -> str:
    return f"/api/v1/untoc/reviews/{cast.review.code}/threads/{more}"


def act(client: Client, address: str, **body: Any) -> Any:
    etag = client.get(address)["ETag"]
    return client.post(address, json.dumps(body), content_type="application/json", headers={"If-Match": etag})


def test_what_a_program_reads_its_state_has_opened(cast: Cast) -> None:
    own, other = program_of(cast.focal_point), program_of(cast.same_group_focal_point)
    made = act(own, at(cast, "begin/question/I.untoc.1.a/"), text="By a program.").json()["id"]
    assert other.get(at(cast, f"{made}/")).status_code == 404, "a draft is nobody else's"
    assert act(own, at(cast, f"messages/{made}/release/")).status_code == 200
    assert [row["released"] for row in other.get(at(cast, "")).json()["results"]] == [1], "the list opens nothing"
    assert own.get(at(cast, f"messages/{made}/recall/")).status_code == 200
    read = other.get(at(cast, f"{made}/")).json()
    assert [(row["text"], bool(row["sha256"])) for row in read["messages"]] == [("By a program.", True)]
    assert DialogueMessage.objects.get(pk=made).opened_by_id is not None
    assert own.get(at(cast, f"messages/{made}/recall/")).status_code == 403
