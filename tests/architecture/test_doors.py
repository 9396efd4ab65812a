"""The contract that a feature is entered by its door finds who does not."""

from types import SimpleNamespace
from typing import Any

import pytest

from tools.doors import DoorsContract

LIBRARIES, OPEN = ["lots.algorithm"], ["models", "enums"]


def broken(importer: str, imported: str) -> Any:
    """What the contract says of a house in which there is this one import."""
    options = {"name": "Doors", "apps": ["reviews", "lots"], "libraries": LIBRARIES, "open_layers": OPEN}
    contract = DoorsContract("Doors", {}, options)
    graph = SimpleNamespace(modules={importer}, find_modules_directly_imported_by=lambda _module: {imported})
    return contract.check(graph, verbose=False).metadata["broken"]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("portal.work.views", "reviews.meetings.services"),
        ("reviews.dates.feeds", "reviews.meetings.selectors.coming"),
        ("reviews.templatetags.meetings", "reviews.meetings.calendar"),
        ("portal.apps", "reviews.meetings.declarations"),
        ("reviews.meetings.services", "reviews.meetings"),
    ],
)
def test_who_goes_past_a_door_or_through_the_own_one_is_named(importer: str, imported: str) -> None:
    assert broken(importer, imported) == [(importer, imported)]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("portal.work.views", "reviews.meetings"),
        ("portal.work.views", "reviews.meetings.models"),
        ("portal.work.views", "reviews.addresses"),
        ("reviews.meetings.services", "reviews.meetings.selectors"),
        ("reviews.urls", "reviews.meetings.urls"),
        ("config.urls", "reviews.dates.feed_urls"),
        ("lots.files.replay", "lots.algorithm.draw"),
        ("portal.work.views", "core.mail.messages"),
    ],
)
def test_everybody_else_goes_in(importer: str, imported: str) -> None:
    assert broken(importer, imported) == []
