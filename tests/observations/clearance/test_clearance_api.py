"""A list is read, proposed and cleared by programs of several States, on exactly the bytes that they have read."""

import json
from typing import Any

import pytest
from django.test import Client

from observations.clearance.models import VersionReading
from observations.texts.models import Observation
from reviews.cases.models import Clearance
from tests import journey
from tests.accounts.tokens.making import program_of
from tests.at_once import reply_to_objection
from tests.observations.clearance.texts import propose
from tests.observations.objections.threads import object_to
from tests.observations.suggestions.wording import accept_now, lay_now, suggest_now
from tests.sharing import shared
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]


@shared
def scene(cast: Cast) -> Cast:
    """One observation lies on the table of each list."""
    journey.write_lists(cast.review)
    return cast


def text_at(scene: Cast, more: str = "") -> str:
    return f"/api/v1/untoc/reviews/{scene.review.code}/texts/untoc/list_of_observations/{more}"


def post(client: Client, address: str, **body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def test_a_list_is_proposed_and_cleared_by_programs(scene: Cast) -> None:
    proposing, clearing = program_of(scene.same_group_focal_point), program_of(scene.focal_point)
    draft = proposing.get(text_at(scene)).json()
    assert (draft["number"], draft["status"]) == (None, "drafting")
    assert post(proposing, text_at(scene, "propose/"), sha256="0" * 64).status_code in {400, 412}
    assert post(proposing, text_at(scene, "propose/"), sha256=draft["sha256"]).status_code == 200
    read = clearing.get(text_at(scene)).json()
    assert (read["number"], read["sha256"], read["status"]) == (1, draft["sha256"], "proposed")
    assert VersionReading.objects.filter(user=scene.focal_point).exists(), "what a program reads its person has read"
    done = post(clearing, text_at(scene, "clear/"), sha256=read["sha256"])
    given = Clearance.objects.filter(focal_point=scene.focal_point, sha256=read["sha256"])
    assert (done.status_code, given.count()) == (200, 1)
    rows = clearing.get(f"/api/v1/untoc/reviews/{scene.review.code}/texts/").json()["results"]
    row = next(each for each in rows if (each["instrument"], each["kind"]) == ("untoc", "list_of_observations"))
    cleared = {each["state_party"]["iso3"] for each in row["clearances"]}
    assert scene.state.iso3 in cleared
    assert not cleared & {each["iso3"] for each in row["missing"]}
    listed = clearing.get(f"/api/v1/untoc/reviews/{scene.review.code}/observations/").json()["results"]
    assert all(each["is_on_table"] for each in listed)
    assert {each["status"] for each in listed} == {"tabled"}
    assert Observation.objects.filter(review=scene.review).update(links=["feedback:none"])
    listed = clearing.get(f"/api/v1/untoc/reviews/{scene.review.code}/observations/").json()["results"]
    assert [each["links"] for each in listed if each["links"]] == [], "what the caller may not read is no link"


def test_what_was_said_of_a_text_is_read_by_programs(scene: Cast) -> None:
    text = journey.list_of(scene.review)
    place = Observation.objects.filter(agreed_text=text).select_related("state_party")[0]
    state = place.state_party
    assert state is not None
    deciding = next(
        p
        for n, p in scene.reviewing_side.items()
        if n.endswith("focal_point") and scene.participations[n].state_party == state
    )
    words = f"{place.text} Also so."
    row = lay_now(scene.focal_point, suggest_now(scene.expert, place, words))
    accept_now(deciding, row)
    client = program_of(scene.focal_point)
    told = client.get(text_at(scene, "suggestions/")).json()["results"][0]
    assert (told["outcome"], told["is_comment"]) == (words, False)
    assert told["decided_for"]["iso3"] == state.iso3
    propose(scene, text)
    objection = object_to(scene.focal_point, text, reason="Not so.")[0]
    reply_to_objection(actor=scene.same_group_focal_point, objection=objection, text="We heard it.", seen=0)
    found = client.get(text_at(scene)).json()["objections"][0]
    assert [(reply["state_party"]["iso3"], reply["text"]) for reply in found["replies"]] == [
        (scene.same_group_state.iso3, "We heard it.")
    ]
    assert found["resolved_in"] is None
