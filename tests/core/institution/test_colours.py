"""Whether words can be read on a colour, and the shades that follow from it."""

import re

import pytest
from django.conf import settings
from hypothesis import example, given, strategies as st

from core.institution.colours import LEAST_CONTRAST, WHITE, contrast, is_colour, shades, style_sheet
from core.institution.looks import OWN_ACCENT, OWN_COLOUR

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_as_wcag_has_it(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(colours, colours)
@example("#000000", "#000000")
def test_contrast_is_the_same_both_ways_and_between_one_and_twenty_one(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21.000001


@given(colours)
def test_the_bar_is_darker_and_panels_are_paler(colour: str) -> None:
    made = shades(colour)
    assert all(is_colour(each) for each in made.values())
    assert contrast(made["brand-dark"], WHITE) >= contrast(colour, WHITE) >= contrast(made["brand-tint"], WHITE)


def test_the_colours_with_which_the_portal_comes_can_be_read() -> None:
    for colour in (OWN_COLOUR, OWN_ACCENT):
        assert contrast(colour, WHITE) >= LEAST_CONTRAST


def test_they_are_those_of_the_style_sheet() -> None:
    text = (settings.BASE_DIR / "static" / "css" / "_tokens.scss").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"^\$(brand|accent): (#\w+);", text, re.MULTILINE))
    assert tokens == {"brand": OWN_COLOUR, "accent": OWN_ACCENT}


@pytest.mark.parametrize("text", ["", "#fff", "red", "#0b3d6b;}", "#0B3D6B", "#0b3d6b\n", "url(x)"])
def test_what_is_no_colour_is_none(text: str) -> None:
    assert not is_colour(text)


def test_a_style_sheet_says_only_what_is_set() -> None:
    assert style_sheet("", "") == ""
    assert style_sheet("", "#123456") == ":root{--app-accent:#123456;}"
    assert style_sheet("#111111", "") == ":root{--app-brand:#111111;--app-brand-dark:#0b0b0b;--app-brand-tint:#eaeaea;}"
