"""What pages show programs read too: the same rows, narrowed the same, and no further than a token reaches.

Who reads what is walked with the pages (tests/walk), of which each twin has the table.
"""

import json
from typing import Any

import pytest

from core import audit
from core.api.addresses import api_addresses
from portal.cockpit.models import BulkActLine
from reviews.cases.enums import ParticipationRole
from tests.accounts.tokens.making import program_of
from tests.utils import Cast, make_review, register

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
# In whose addresses stands a key of something that a review may not have.
_OF_REVIEW = {"mechanism", "code"}


def of_reviews(code: str) -> list[str]:
    """Every address of one review that a program may read."""
    return [
        address.url.format(mechanism="untoc", code=code)
        for address in api_addresses()
        if "{code}" in address.url and "/reviews/" in address.url and "GET" in address.methods
        if address.url.count("{") == len(_OF_REVIEW)
    ]


def read(client: Any, more: str) -> Any:
    answer = client.get(f"{ROOT}{more}")
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_token_for_one_state_finds_nothing_of_the_reviews_of_another(cast: Cast) -> None:
    other = make_review(state="XAL")
    register(other, cast.focal_point, other.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    client = program_of(cast.focal_point, state=other.state_under_review)
    addresses = of_reviews(cast.review.code)
    assert len(addresses) > 12
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)
    assert read(client, f"untoc/reviews/{other.code}/dates/")["milestones"]


def test_what_is_of_no_state_is_closed_to_a_token_for_one(cast: Cast) -> None:
    client = program_of(cast.focal_point, state=cast.state)
    assert read(client, "states/?fields=iso3")["results"]
    assert client.get(f"{ROOT}directory/").status_code == 403
    assert read(program_of(cast.focal_point), "directory/")["results"]


def test_a_token_for_another_state_finds_no_nominations(cast: Cast) -> None:
    other = make_review(state="XAL")
    register(other, cast.focal_point, other.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    place = f"untoc/states/{cast.state.iso3}/nominations/"
    assert read(program_of(cast.focal_point, state=cast.state), place)["results"]
    client = program_of(cast.focal_point, state=other.state_under_review)
    assert client.get(f"{ROOT}{place}").status_code == 404


def test_the_cockpit_is_narrowed_as_on_its_page(cast: Cast) -> None:
    make_review(state="XHV")
    client = program_of(cast.officer)
    rows = read(client, f"untoc/cockpit/?q={cast.review.code}")["results"]
    assert [(row["code"], row["step"]) for row in rows] == [(cast.review.code, "self_assessment")]
    assert rows[0]["awaited"] == [cast.state.iso3]
    months = read(client, "untoc/cockpit/steps/")["results"]
    assert sum(months[-1]["counts"].values()) >= 2
    for place in ("cockpit/", "cockpit/waiting/", "cockpit/workload/"):
        answer = client.get(f"{ROOT}untoc/{place}?step=nope")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["step"]), place


def test_the_record_comes_in_pages_and_as_what_proves_itself(cast: Cast) -> None:
    client, place = program_of(cast.focal_point), f"untoc/reviews/{cast.review.code}/record/"
    pause = json.dumps({"starts_on": "2022-02-01", "until": "2022-02-10", "reason": "Elections."})
    asked = f"{ROOT}untoc/reviews/{cast.review.code}/dates/pause/"
    assert client.post(asked, pause, content_type="application/json").status_code == 200
    audit.chain_now()
    seen, page = [], f"{ROOT}{place}?page_size=1"
    while page:
        body = client.get(page).json()
        seen += [row["sequence"] for row in body["results"]]
        page = body["next"]
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) > 1
    whole = read(client, f"{place}download/")
    assert (whole["format"], whole["reader"]) == ("record-of-acts", cast.state.iso3)
    assert whole["head"]["sequence"] >= seen[0]


def test_dates_say_why_they_are_what_they_are(cast: Cast) -> None:
    rows = read(program_of(cast.observer), f"untoc/reviews/{cast.review.code}/dates/")["milestones"]
    assert all(row["milestone"]["due_on"] and row["reasons"] for row in rows)


def test_what_was_looked_for_is_found_by_kind(cast: Cast) -> None:
    kinds = read(program_of(cast.officer), f"search/?q={cast.review.code}")["results"]
    assert [hit["note"] for hit in kinds[0]["hits"]] == [cast.review.code]
    assert read(program_of(cast.officer), "search/?q=x")["results"] == []


def test_an_act_on_many_reviews_is_prepared_and_confirmed(cast: Cast) -> None:
    client, place = program_of(cast.officer), f"{ROOT}untoc/cockpit/acts/"

    def post(address: str, body: Any) -> Any:
        return client.post(address, json.dumps(body), content_type="application/json")

    wrong = {"kind": "nope", "reviews": [cast.review.code]}, {"kind": "remind", "reviews": ["9-XXX"]}
    assert [list(post(place, each).json()["errors"]) for each in wrong] == [["kind"], ["reviews"]]
    act = post(place, {"kind": "remind", "reviews": [cast.review.code]}).json()
    assert [(line["review"], line["status"]) for line in act["lines"]] == [(cast.review.code, "foreseen")]
    assert act["lines"][0]["people"]
    done = post(f"{place}{act['id']}/confirm/", {})
    assert (done.status_code, done.json()["confirmed_at"] is not None) == (200, True)
    assert program_of(cast.focal_point).get(f"{place}{act['id']}/").status_code == 404


def test_a_confirmation_of_what_has_changed_is_refused_and_not_kept(cast: Cast) -> None:
    client, place = program_of(cast.officer), f"{ROOT}untoc/cockpit/acts/"
    body = json.dumps({"kind": "remind", "reviews": [cast.review.code]})
    act = client.post(place, body, content_type="application/json").json()
    BulkActLine.objects.filter(act=act["id"]).update(foreseen="something else")

    def confirm() -> Any:
        address, headers = f"{place}{act['id']}/confirm/", {"Idempotency-Key": "one"}
        return client.post(address, "{}", content_type="application/json", headers=headers)

    assert confirm().status_code == 409
    assert [line["is_changed"] for line in client.get(f"{place}{act['id']}/").json()["lines"]] == [True]
    done = confirm()
    assert (done.status_code, done.json()["status"], done.json()["lines"][0]["error"]) == (200, "done", "")
