"""The reading API: the same policy as the pages, and a document that is compared."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.query_counts import assert_query_count
from tests.utils import Cast, login_as, make_review

DOCUMENT = Path(__file__).parents[3] / "docs" / "api" / "openapi.yaml"
pytestmark = pytest.mark.django_db


def test_the_committed_document_is_what_the_code_says() -> None:
    written = io.StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=written)
    assert written.getvalue().strip() == DOCUMENT.read_text(encoding="utf-8").strip()


def test_nobody_reads_without_signing_in(client: Client) -> None:
    http_response = client.get("/api/v1/untoc/reviews/")
    assert http_response.status_code == 401
    assert http_response.json()["status"] == 401


def test_a_refusal_is_json_also_where_the_address_answers_in_yaml(client: Client) -> None:
    http_response = client.get("/api/v1/schema/")
    assert http_response.headers["Content-Type"] == "application/problem+json"
    assert http_response.json()["status"] == 401


def test_a_participant_lists_only_his_or_her_reviews(client: Client, cast: Cast) -> None:
    login_as(client, cast.same_group_expert)
    body = client.get("/api/v1/untoc/reviews/").json()
    assert [review["code"] for review in body["results"]] == [cast.review.code]
    assert body["results"][0]["step"] == "self_assessment"
    assert body["results"][0]["next_act"]["owed_by"] == "state_under_review"


def test_the_list_takes_as_many_queries_for_three_reviews_as_for_one(client: Client, cast: Cast) -> None:
    login_as(client, cast.officer)
    for state in ("XHV", "XAL"):
        make_review(state=state)
        with assert_query_count("api:review-list"):
            client.get("/api/v1/untoc/reviews/")


def test_a_stranger_finds_no_review(client: Client, cast: Cast) -> None:
    login_as(client, cast.stranger)
    http_response = client.get(f"/api/v1/untoc/reviews/{cast.review.code}/")
    assert http_response.status_code == 404
    assert http_response["Content-Type"] == "application/problem+json"


def test_a_review_tells_its_states_instruments_and_milestones(client: Client, cast: Cast) -> None:
    login_as(client, cast.observer)
    body = client.get(f"/api/v1/untoc/reviews/{cast.review.code}/").json()
    assert body["state_under_review"]["iso3"] == cast.state.iso3
    assert body["instruments"] == ["untoc", "tip", "som", "firearms"]
    assert {state["state_party"]["iso3"] for state in body["reviewing_states"]} == {
        cast.same_group_state.iso3,
        cast.other_group_state.iso3,
    }
    assert [row["milestone"] for row in body["milestones"] if row["reached_on"]] == [
        "focal_points_appointed",
        "experts_designated",
        "consultations_held",
    ]


def test_the_questionnaire_comes_item_by_item(client: Client, cast: Cast) -> None:
    login_as(client, cast.stranger)
    body = client.get("/api/v1/questionnaires/untoc-cluster-1/").json()
    assert len(body["items"]) == 210
    assert body["items"][0]["code"] == "I.untoc.1"
    assert client.get("/api/v1/questionnaires/untoc-cluster-9/").status_code == 404
