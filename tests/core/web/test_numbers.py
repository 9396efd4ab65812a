"""A number that a page has sent is one in plain digits, or none."""

import pytest

from core.web.numbers import LARGEST, NO_NUMBER, posted_number

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("value", [0, 1, 42, LARGEST])
def test_a_number_in_plain_digits_is_one(value: int) -> None:
    assert posted_number(str(value)) == value


@pytest.mark.parametrize("value", [None, "", " 1", "-1", "+1", "1.0", "²", "٣", "x", "1" * 5000, str(LARGEST + 1)])
def test_anything_else_is_none(value: str | None) -> None:
    assert posted_number(value) == NO_NUMBER


def test_what_is_too_large_for_its_place_is_none() -> None:
    assert [posted_number(value, 20) for value in ("20", "21", "020")] == [20, NO_NUMBER, NO_NUMBER]
