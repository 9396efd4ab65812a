"""What everybody may take away: what is public and nothing else, in files that say what they are."""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from observations.publications.services import end_publication, publish_text
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Publication
from observations.versions.selectors import standing_version
from portal.open_data.tables import TABLES, _day
from reviews.audiences.enums import SharingAudience
from tests.factories.accounts import UserFactory
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]
READ: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": dt.date.fromisoformat,
    "yearmonth": lambda value: dt.date.fromisoformat(f"{value}-01"),
}


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("closed")


def fetched(name: str, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(f"/data/untoc/{name}", headers=headers)


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fetched(f"{name}.csv").content.decode(), newline="")))


def publish(scene: Cast, **more: Any) -> Publication:
    text = AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)
    return publish_text(actor=scene.people["focal_point"], text=text, sha256=standing_version(text).sha256, **more)


def test_the_package_describes_each_file_to_the_byte(scene: Cast) -> None:
    """Sizes, checksums, types, keys and what points to what: as Frictionless Data has it."""
    publish(scene)
    package = fetched("datapackage.json").json()
    keys: dict[str, set[str]] = {}
    for resource in package["resources"]:
        content = fetched(resource["path"]).content
        assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (resource["bytes"], resource["hash"])
        schema, found = resource["schema"], rows(resource["name"])
        kinds = {field["name"]: field["type"] for field in schema["fields"]}
        for row in found:
            assert set(row) == set(kinds)
            for name, value in row.items():
                assert value == "" or READ[kinds[name]](value) is not None
        own = [tuple(row[name] for name in schema["primaryKey"]) for row in found]
        assert len(set(own)) == len(own)
        keys[resource["name"]] = {row["code"] for row in found if "code" in row}
        for key in schema["foreignKeys"]:
            pointed = keys[key["reference"]["resource"] or resource["name"]]
            assert {row[key["fields"]] for row in found} - {""} <= pointed
    assert set(keys) == {table.name for table in TABLES} - {"status"}, "the mechanism shows no status"
    assert {"untoc", "tip"} <= keys["instruments"] and "AUT" in keys["states"]


def test_only_what_is_public_stands_in_it_and_for_nobody_more(scene: Cast) -> None:
    def texts() -> list[str]:
        return [row["instrument"] for row in rows("texts")]

    before = texts()
    opened = publish(scene, audience=SharingAudience.STATES_PARTIES)
    assert texts() == before, "open to States parties alone"
    member = Client()
    member.force_login(scene.people["focal_point"])
    assert fetched("texts.csv", member).content == fetched("texts.csv").content
    end_publication(actor=scene.people["focal_point"], text=opened.agreed_text)
    publish(scene)
    assert texts() == [*before, "untoc"]


def test_the_forms_say_the_same(scene: Cast) -> None:
    publish(scene)
    flat, plain = rows("texts"), fetched("texts.json").json()
    linked = fetched("texts.jsonld").json()
    assert [row["sha256"] for row in flat] == [row["sha256"] for row in plain]
    assert [row["version"] for row in plain] == [int(row["version"]) for row in flat]
    assert {row["state"] for row in linked["@graph"]} == {
        f"{settings.SITE_URL}/data/untoc/states#{row['state']}" for row in flat
    }
    assert linked["@context"]["state"] == {"@type": "@id"}
    listed = [each["@id"].rpartition("/")[2] for each in fetched("catalog.jsonld").json()["dcat:dataset"]]
    assert listed == [table.name for table in TABLES if table.name != "status"]


def test_scripts_of_all_places_may_read_it_and_ask_whether_it_still_holds(scene: Cast) -> None:
    first = fetched("states.json", origin="https://elsewhere.example")
    again = fetched("states.json", **{"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    for answer in (first, again):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, no-cache"
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies


def test_only_open_data_is_for_other_places(client: Client) -> None:
    client.force_login(UserFactory())
    for path in ("/en/states/", "/api/v1/me/", "/data/untoc/people.csv", "/data/nowhere/states.csv", "/healthz/"):
        answer = client.get(path, headers={"origin": "https://elsewhere.example"})
        assert "Access-Control-Allow-Origin" not in answer
    assert [fetched(name).status_code for name in ("people.csv", "states.xml", "status.csv")] == [404, 404, 404]
    assert Client().post("/data/untoc/states.csv").status_code == 405


def test_a_day_is_that_of_the_pages(settings: Any) -> None:
    settings.OWN_TIME_ZONE = "Asia/Tokyo"
    assert _day(dt.datetime(2026, 1, 5, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 1, 6)
