"""The seed, put together as docs and pages say: anybody gets the same."""

import subprocess

import pytest

from lots.ceremony.seeding import combined, commitment_to, folded, has_invisible_signs

pytestmark = pytest.mark.unit


def test_a_commitment_is_what_a_delegate_gets_from_the_printed_command() -> None:
    command = ["sh", "-c", "printf '%s' '4711/our secret words' | sha256sum"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert commitment_to("4711", "our secret words") == printed.split()[0]


def test_the_seed_holds_each_source_with_its_value_in_order() -> None:
    parts = [("african", "4711"), ("asia-pacific", "20"), ("public-1", "88.13")]
    assert combined(parts) == "african=4711/asia-pacific=20/public-1=88.13/"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("4711", "4711"),
        ("  forty \t seven\n11 ", "forty seven 11"),
        ("Quilmara\u0301", "Quilmar\u00e1"),
        ("\u00a047\u200311", "47 11"),
        ("٤٧١١", "٤٧١١"),
        ("", ""),
    ],
)
def test_what_is_typed_in_two_ways_is_stored_in_one(typed: str, stored: str) -> None:
    assert folded(typed) == stored


@pytest.mark.parametrize(
    ("text", "has"),
    [("4711 été ٤٧ 你好", False), ("47\x0011", True), ("\u200f4711", True), ("\ufeff4711", True), ("47\u200b11", True)],
)
def test_signs_that_nobody_can_read_aloud_are_found(text: str, has: bool) -> None:
    assert has_invisible_signs(text) is has
