"""How the frame of a page looks: the colours and the logo of the institution, and where a browser gets them."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from core.hashes import text_hash
from core.institution.colours import shades, style_sheet
from core.institution.facts import InstitutionFacts, institution

# As in static/css/_colours.scss.
OWN_COLOUR, OWN_ACCENT = "#0b3d6b", "#0e7c7b"
PRACTICE_COLOUR = "#5a2d82"  # of the practice portal, whichever the institution has


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet, and what its address bears so that it changes with it; both empty for the portal's own look."""

    sheet: str
    mark: str


@dataclass(frozen=True, slots=True)
class Looks:
    """``style_sheet`` and ``logo`` are addresses, empty where the portal looks as it comes."""

    colour: str
    dark: str
    style_sheet: str
    logo: str


def style_of(facts: InstitutionFacts) -> Style:
    sheet = style_sheet(facts.colour, facts.accent)
    return Style(sheet, text_hash(sheet)[:16] if sheet else "")


def looks() -> Looks:
    """An address changes with what is behind it, so that a browser may keep both for good."""
    facts = institution()
    return _looks(PRACTICE_COLOUR if settings.PRACTICE else facts.colour, style_of(facts).mark, facts.logo)


@lru_cache(maxsize=4)
def _looks(colour: str, style: str, logo: str) -> Looks:
    main = shades(colour or OWN_COLOUR)
    return Looks(
        colour=main["brand"],
        dark=main["brand-dark"],
        style_sheet=f"{reverse('institution-style')}?v={style}" if style else "",
        logo=f"{reverse('institution-logo')}?v={logo[:16]}" if logo else "",
    )
