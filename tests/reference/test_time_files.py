"""The reference files on time by themselves: holidays of the secretariat, and where States are. No database."""

import csv
import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.time.time_zones import zone_of_territory, zones
from tests.reference.test_reference_files import LANGUAGES, MECHANISM, REFERENCE

pytestmark = pytest.mark.unit
HOLIDAYS_A_YEAR = 9


def read(name: str) -> Any:
    return json.loads((Path(REFERENCE) / name).read_text("utf-8"))


def test_every_year_has_its_holidays_on_days_of_work() -> None:
    days = [dt.date.fromisoformat(row["day"]) for row in read("holidays.json")]
    assert Counter(day.year for day in days) == dict.fromkeys(range(2024, 2028), HOLIDAYS_A_YEAR)
    assert days == sorted(set(days))
    assert [day for day in days if day.isoweekday() > 5] == [], "in lieu of a day at the weekend, a later one"


def test_no_holiday_is_given_out_for_a_day_that_was_read() -> None:
    for row in read("holidays.json"):
        assert row["evidence"] in {"I", "M"}
        assert "was not read" in row["evidence_note"]
        assert set(row["name"]) == set(LANGUAGES)
        assert all(row["name"].values())


def test_every_state_with_several_time_zones_has_that_of_its_capital() -> None:
    rows = {row["iso3"]: row for row in read("time_zones.json")}
    assert {row["time_zone"] for row in rows.values()} <= set(zones())
    with (Path(REFERENCE) / "states_parties.csv").open(encoding="utf-8", newline="") as file:
        without = {row["iso3"] for row in csv.DictReader(file) if not zone_of_territory(row["iso2"])}
    assert without == {iso3 for iso3 in rows if not iso3.startswith("X")}
    assert all(row["note"] for row in rows.values())
    assert ZoneInfo(rows["USA"]["time_zone"]).key == "America/New_York"


def test_the_groups_start_a_year_apart_and_later_phases_two_years_on() -> None:
    phases = json.loads((MECHANISM / "mechanism.json").read_text("utf-8"))["phases"]
    starts = {
        (phase["number"], start["review_group"]): start["starts_on"] for phase in phases for start in phase["starts"]
    }
    assert [starts[1, group] for group in (1, 2, 3)] == ["2020-12-01", "2021-11-01", "2022-11-01"]
    for (phase, group), day in starts.items():
        assert int(day[:4]) == int(starts[1, group][:4]) + 2 * (phase - 1)
        assert day[4:] == starts[1, group][4:]
