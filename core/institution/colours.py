"""Colours of an institution: whether words can be read on them, and the shades that follow from them."""

import colorsys
import re
from collections.abc import Iterator

_COLOUR = re.compile(r"#[0-9a-f]{6}")
# WCAG 2.2, 1.4.3: text against its ground.
LEAST_CONTRAST = 4.5
WHITE = "#ffffff"
# As in static/css/_colours.scss: what a page stands on in dark mode, and the lightest that words of the brand stand on.
DARK_SURFACE, LIGHTEST_DARK = "#12181f", "#2f2a12"
# Above what is needed: words stand on the tint of the hue too, and a fill has 3 to 1 to the surface around it.
_INK_ON_DARK, _WHITE_ON_FILL = 6.0, 5.0


def is_colour(text: str) -> bool:
    """Whether it is "#" and six hexadecimal digits, as the browser's field of colours gives them."""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 (the same) to 21 (black on white), as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shades(colour: str) -> dict[str, str]:
    """The main colour as a fill and as ink, with the darker one of the bar and the pale one of panels."""
    darker = _mixed(colour, "#000000", 0.35)
    return {
        "brand": colour,
        "brand-dark": darker,
        "brand-hover": darker,
        "brand-tint": _mixed(colour, WHITE, 0.91),
        "brand-ink": colour,
        "brand-ink-strong": darker,
    }


def dark_shades(colour: str) -> dict[str, str]:
    """Those that differ on dark screens: fills that bear white words and stand out, and ink that is read there."""
    fill, ink = _fill(colour), ink_on_dark(colour)
    return {
        "brand": fill,
        "brand-hover": _mixed(fill, "#000000", 0.2),
        "brand-tint": _mixed(fill, DARK_SURFACE, 0.8),
        "brand-ink": ink,
        "brand-ink-strong": _mixed(ink, WHITE, 0.35),
    }


def ink_on_dark(colour: str) -> str:
    """The same hue, as light as words on any dark surface need it."""
    return next(each for each in _lighter(colour) if contrast(each, LIGHTEST_DARK) >= _INK_ON_DARK)


def style_sheet(colour: str, accent: str) -> str:
    """The custom properties that stand over those of ``static/css/_colours.scss``; empty for an empty colour."""
    light = shades(colour) if colour else {}
    dark = dark_shades(colour) if colour else {}
    if accent:
        light |= {"accent": accent, "accent-ink": accent}
        dark |= {"accent-ink": ink_on_dark(accent)}
    if not light:
        return ""
    chosen, device = ':root[data-appearance="dark"]', ':root:not([data-appearance="light"])'
    return (
        f":root{_block(light)}@media screen{{{chosen}{_block(dark)}}}"
        f"@media screen and (prefers-color-scheme:dark){{{device}{_block(dark)}}}"
    )


def _block(values: dict[str, str]) -> str:
    return f"{{{''.join(f'--app-{name}:{value};' for name, value in values.items())}}}"


def _fill(colour: str) -> str:
    """The lightest of the hue on which white words are read well: what is darker is lost on a dark surface."""
    return next((each for each in reversed([*_lighter(colour)]) if contrast(each, WHITE) >= _WHITE_ON_FILL), colour)


def _lighter(colour: str) -> Iterator[str]:
    """From the colour itself to white, in steps of a hundredth, with its hue and its saturation."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in _channels(colour)))
    for step in range(101):
        raised = lightness + (1 - lightness) * step / 100
        made = colorsys.hls_to_rgb(hue, raised, saturation)
        yield "#" + "".join(f"{round(value * 255):02x}" for value in made)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, other: str, share: float) -> str:
    """``share`` of the other one, the rest of the first."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * (1 - share) + two * share):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
