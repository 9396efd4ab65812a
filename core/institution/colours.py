"""Colours of an institution: whether words can be read on them, and the shades that follow from them."""

import re

_COLOUR = re.compile(r"#[0-9a-f]{6}")
# WCAG 2.2, 1.4.3: text against its ground.
LEAST_CONTRAST = 4.5
WHITE = "#ffffff"


def is_colour(text: str) -> bool:
    """Whether it is "#" and six hexadecimal digits, as the browser's field of colours gives them."""
    return bool(_COLOUR.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 (the same) to 21 (black on white), as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shades(colour: str) -> dict[str, str]:
    """The main colour with the darker one of the bar and the pale one of panels."""
    return {"brand": colour, "brand-dark": _mixed(colour, "#000000", 0.35), "brand-tint": _mixed(colour, WHITE, 0.91)}


def style_sheet(colour: str, accent: str) -> str:
    """The custom properties that stand over those of ``static/css/_tokens.scss``; empty for an empty colour."""
    values = {**(shades(colour) if colour else {}), **({"accent": accent} if accent else {})}
    return f":root{{{''.join(f'--app-{name}:{value};' for name, value in values.items())}}}" if values else ""


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
