"""Time zones as people choose them."""

import zoneinfo

import pytest
from django.utils import translation

from core.time_zones import is_zone, zone_choices, zone_of_territory, zones

pytestmark = pytest.mark.unit


def test_every_choice_is_a_zone_of_the_database() -> None:
    assert set(zones()) - zoneinfo.available_timezones() == set()
    offered = [name for _part, places in zone_choices() for name, _label in places]
    assert sorted(offered) == list(zones())


def test_places_are_named_in_the_readers_language() -> None:
    names = {}
    for code in ("en", "ar"):
        with translation.override(code):
            names[code] = dict(pair for _part, places in zone_choices() for pair in places)["Europe/Vienna"]
    assert names == {"en": "Vienna", "ar": "فيينا"}


@pytest.mark.parametrize(
    ("code", "zone"), [("AT", "Europe/Vienna"), ("KE", "Africa/Nairobi"), ("US", ""), ("", ""), ("ZZ", "")]
)
def test_a_state_with_a_single_zone_has_a_default(code: str, zone: str) -> None:
    assert zone_of_territory(code) == zone


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "US/Eastern"])
def test_what_is_no_place_is_no_zone(name: str) -> None:
    assert not is_zone(name)
