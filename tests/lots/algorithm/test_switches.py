"""Switches: read from words, written as they are, refused in words."""

import pytest

from lots.algorithm import SwitchError, Switches

pytestmark = pytest.mark.unit

EVERYTHING = [
    "stratify=off",
    "load=two",
    "reio_group=African States",
    "legal_system=on",
    "consent=BBB,AAA",
    "defer=CCC",
    "exclude=AAA>BBB",
    "exclude=CCC>AAA",
    "volunteer=AAA",
    "redraw=BBB,AAA,BBB",
    "late=ZZZ",
]


def test_switches_are_read_from_words() -> None:
    assert Switches.parse(EVERYTHING) == Switches(
        stratify=False,
        load="two",
        reio_group="African States",
        legal_system=True,
        consent=("AAA", "BBB"),
        defer=("CCC",),
        exclude=(("AAA", "BBB"), ("CCC", "AAA")),
        volunteer=("AAA",),
        redraw=("BBB", "AAA", "BBB"),
        late=("ZZZ",),
    )


@pytest.mark.parametrize("given", [[], EVERYTHING, ["defer=on"]])
def test_what_is_written_is_read_back(given: list[str]) -> None:
    switches = Switches.parse(given)
    assert Switches.from_json(switches.to_json()) == switches


def test_nothing_said_is_the_rule() -> None:
    assert Switches().to_json() == {
        "stratify": "on",
        "load": "hard",
        "reio_group": "Western European and other States",
        "legal_system": "off",
        "consent": [],
        "defer": "off",
        "exclude": [],
        "volunteer": [],
        "redraw": [],
        "late": [],
    }


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("speed=fast", "speed"),
        ("stratify", "stratify"),
        ("stratify=maybe", "stratify"),
        ("load=4", "load"),
        ("consent=aaa", "consent"),
        ("exclude=AAA", "exclude"),
        ("exclude=AAA>AAA", "exclude"),
        ("late=AAAA", "late"),
        ("defer=on,AAA", "defer"),
    ],
)
def test_a_switch_that_is_none_is_refused_by_its_name(given: str, key: str) -> None:
    with pytest.raises(SwitchError) as refusal:
        Switches.parse([given])
    assert refusal.value.key == key


def test_one_value_is_not_given_twice() -> None:
    with pytest.raises(SwitchError, match="takes one value"):
        Switches.parse(["load=hard", "load=soft"])


@pytest.mark.parametrize("content", [{}, {"stratify": "on"}, [], {**Switches().to_json(), "late": [1]}])
def test_content_of_another_shape_is_refused(content: object) -> None:
    with pytest.raises(SwitchError):
        Switches.from_json(content)  # type: ignore[arg-type]
