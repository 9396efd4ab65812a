"""Whether words can be read on a colour, and the shades that follow from it."""

import re

import pytest
from django.conf import settings
from hypothesis import assume, example, given, strategies as st

from core.institution.colours import (
    DARK_SURFACE,
    LEAST_CONTRAST,
    LIGHTEST_DARK,
    WHITE,
    contrast,
    dark_shades,
    ink_on_dark,
    is_colour,
    shades,
    style_sheet,
)
from core.institution.looks import OWN_ACCENT, OWN_COLOUR, PRACTICE_COLOUR

LEAST_FOR_LINES = 3.0  # WCAG 2.2, 1.4.11
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
    for colour in (OWN_COLOUR, OWN_ACCENT, PRACTICE_COLOUR):
        assert contrast(colour, WHITE) >= LEAST_CONTRAST


def _sheet() -> dict[str, tuple[str, str]]:
    """The colours of the style sheet by name: on light and on dark screens."""
    text = (settings.BASE_DIR / "static" / "css" / "_colours.scss").read_text(encoding="utf-8")
    found = re.findall(r'^  "([\w-]+)": (#\w+) (#\w+),?$', text, re.MULTILINE)
    return {name: (_long(light), _long(dark)) for name, light, dark in found}


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def _grounds(mode: int) -> dict[str, str]:
    """What words of every kind stand on."""
    kinds = ("surface", "field", "brand-tint", "accent-tint", "warning-fill", "unsaved-fill", "draft-fill")
    return {name: pair[mode] for name, pair in _sheet().items() if name.startswith(kinds) and "ink" not in name}


def test_they_are_those_of_the_style_sheet() -> None:
    sheet = _sheet()
    light = shades(OWN_COLOUR) | {"accent": OWN_ACCENT, "accent-ink": OWN_ACCENT}
    dark = dark_shades(OWN_COLOUR) | {"accent-ink": ink_on_dark(OWN_ACCENT)}
    by_hand = {"brand-dark", "brand-hover", "brand-tint", "brand-ink-strong"}
    assert {name: sheet[name][0] for name in light if name not in by_hand} == {
        name: value for name, value in light.items() if name not in by_hand
    }
    assert {name: sheet[name][1] for name in dark} == dark
    assert sheet["surface"][1] == DARK_SURFACE
    assert sheet["practice"][0] == PRACTICE_COLOUR
    assert max(_grounds(1).values(), key=lambda each: contrast(each, "#000000")) == LIGHTEST_DARK


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_words_of_the_style_sheet_can_be_read(mode: int) -> None:
    sheet = {name: pair[mode] for name, pair in _sheet().items()}
    kinds = ["ink", "ink-muted", "brand-ink", "brand-ink-strong", "visited", "bad-ink", "good-ink", "warning-ink"]
    pairs = [(ink, ground) for ink in kinds for ground in _grounds(mode)]
    tones = ("info", "neutral", "caution", "ready", "done", "apart", "warning", "good", "bad")
    pairs += [(f"{tone}-ink", f"{tone}-fill") for tone in tones]
    pairs += [("on-brand", fill) for fill in ("brand", "brand-dark", "brand-hover", "good-strong", "warning-strong")]
    pairs += [("on-step", f"step-{step}") for step in range(1, 9)] + [("field-ink", "field"), ("focus-ink", "focus")]
    assert [pair for pair in pairs if contrast(sheet[pair[0]], sheet[pair[1]]) < LEAST_CONTRAST] == []


def test_lines_of_boxes_and_the_focus_are_seen_on_a_dark_screen() -> None:
    sheet = {name: pair[1] for name, pair in _sheet().items()}
    seen = ["rule", "mark", "focus", "brand", "warning-line", "unsaved-line", "changed-line", "accent-ink"]
    seen += [name for name in sheet if re.fullmatch(r"(step|group)-\d", name)]
    assert [name for name in seen if contrast(sheet[name], DARK_SURFACE) < LEAST_FOR_LINES] == []


@given(colours)
@example("#000000")
@example("#767676")
@example("#0000ff")
def test_what_is_taken_as_a_colour_can_be_read_on_dark_screens_too(colour: str) -> None:
    assume(contrast(colour, WHITE) >= LEAST_CONTRAST)
    dark = dark_shades(colour)
    assert all(is_colour(each) for each in dark.values())
    grounds = [*(_grounds(1) | {"brand-tint": dark["brand-tint"]}).values()]
    for ink in ("brand-ink", "brand-ink-strong"):
        assert min(contrast(dark[ink], ground) for ground in grounds) >= LEAST_CONTRAST
    for fill in ("brand", "brand-hover"):
        assert contrast(WHITE, dark[fill]) >= LEAST_CONTRAST
    assert contrast(dark["brand"], DARK_SURFACE) >= LEAST_FOR_LINES


@pytest.mark.parametrize("text", ["", "#fff", "red", "#0b3d6b;}", "#0B3D6B", "#0b3d6b\n", "url(x)"])
def test_what_is_no_colour_is_none(text: str) -> None:
    assert not is_colour(text)


def test_a_style_sheet_says_only_what_is_set() -> None:
    assert style_sheet("", "") == ""
    accent = style_sheet("", "#123456")
    assert accent.startswith(":root{--app-accent:#123456;--app-accent-ink:#123456;}")
    assert "brand" not in accent
    brand = style_sheet("#111111", "")
    assert "--app-brand:#111111;--app-brand-dark:#0b0b0b;--app-brand-hover:#0b0b0b;--app-brand-tint:#eaeaea;" in brand
    assert "accent" not in brand


def test_dark_shades_are_for_dark_screens_and_for_whoever_chose_them() -> None:
    ink = ink_on_dark("#123456")
    dark = f"--app-accent-ink:{ink};"
    assert style_sheet("", "#123456").split("}", 1)[1] == (
        f'@media screen{{:root[data-appearance="dark"]{{{dark}}}}}'
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-appearance="light"]){{{dark}}}}}'
    )
