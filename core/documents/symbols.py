"""Official symbols of documents ("CTOC/COP/WG.10/2026/CRP.1"): how one is written, and what shapes are given out.

A shape is one line: what stands in it stands in the symbol, a # is a number and a * letters, digits and points. No
regular expressions, and nothing that a place could take as well stands behind it: whoever writes a shape cannot make
one that takes long.
"""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 80
MOST_SHAPES, LONGEST_SHAPE = 20, 120
_PART = r"[A-Za-z0-9][A-Za-z0-9.()-]*"
_SYMBOL = re.compile(rf"[A-Z][A-Za-z0-9.()-]*(?:/{_PART})+")
_SHAPE = re.compile(r"[A-Z#*][A-Za-z0-9.()#*-]*(?:/[A-Za-z0-9#*][A-Za-z0-9.()#*-]*)+")
# Possessive: where a place ends is never tried twice, also of a shape that was stored before such were refused.
_PLACES = {"#": "[0-9]{1,6}+", "*": "[A-Za-z0-9.]++"}
_OPEN_END = re.compile(r"\*[#*A-Za-z0-9.]|#[#*0-9]")
# A corrected, revised or supplemented document has the symbol of the first and one of these.
_LATER = r"(?:/(?:Add|Amend|Corr|Rev)\.[0-9]{1,4}){0,3}"


def is_symbol(text: str) -> bool:
    """Whether it is written as a symbol is: parts of Latin letters, digits and points between slashes."""
    return len(text) <= LONGEST and _SYMBOL.fullmatch(text) is not None


def fits(symbol: str, shapes: str) -> bool:
    """Whether one of the shapes, one a line, is that of the symbol; where none is said every symbol fits."""
    lines = [line.strip() for line in shapes.splitlines() if line.strip()]
    return not lines or any(_pattern(line).fullmatch(symbol) for line in lines)


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile("".join(_PLACES.get(sign) or re.escape(sign) for sign in shape) + _LATER)


def fault_of_shape(shape: str) -> str:
    """Why a line is no shape; empty where it is one."""
    if len(shape) > LONGEST_SHAPE or not _SHAPE.fullmatch(shape):
        return _("Parts between slashes, as in CTOC/COP/WG.#/#/CRP.#; # is a number, * letters, digits and points.")
    if _OPEN_END.search(shape):
        return _(
            "A # is not followed by #, * or a digit, and a * not by these, a letter or a point: nobody could tell "
            "where it ends."
        )
    return ""


def faults_in_shapes(lines: str) -> Iterator[str]:
    """What is wrong with lines that somebody typed, each with its number."""
    written = [(number, line.strip()) for number, line in enumerate(lines.splitlines(), 1) if line.strip()]
    if len(written) > MOST_SHAPES:
        yield _("At most %(maximum)s shapes of symbols.") % {"maximum": MOST_SHAPES}
    for number, line in written:
        if fault := fault_of_shape(line):
            yield _("Line %(number)s: %(fault)s") % {"number": number, "fault": fault}


def check_shapes(lines: str) -> None:
    """For a column that holds them. Raises ValidationError with what is wrong in each line."""
    if faults := list(faults_in_shapes(lines)):
        raise ValidationError(faults)
