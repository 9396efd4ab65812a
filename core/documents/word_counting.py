"""The numbers that Word counts before paragraphs, which stand nowhere in the file as words; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """What Word shows before a paragraph: a bullet, or a number as it is printed. ``is_known``: whether we can say."""

    depth: int
    number: int = 0
    printed: str = ""
    is_bullet: bool = False
    is_known: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether it is a mere number, as Markdown has them too: "1." or "1)"."""
        return self.printed[:-1] == str(self.number) and self.printed[-1:] in {".", ")"}


class Counting:
    """Counts along the paragraphs of one file, in their order."""

    def __init__(self, numbering: Any | None, styles: Any) -> None:
        self.styles = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
        kinds = {} if numbering is None else _by_id(numbering, "abstractNum", "abstractNumId")
        self.lists = {
            key: (_value(each.find(qn("w:abstractNumId"))), each)
            for key, each in ({} if numbering is None else _by_id(numbering, "num", "numId")).items()
        }
        self.levels = {
            key: {_number(level.get(qn("w:ilvl"))): level for level in kind.findall(qn("w:lvl"))}
            for key, kind in kinds.items()
        }
        self.counted: dict[str, list[int]] = {}
        self.begun: set[str] = set()

    def label(self, paragraph: Any) -> Label | None:
        """What stands before the next paragraph; None where nothing does."""
        key, depth = self._place(paragraph)
        kind, given = self.lists.get(key, ("", None))
        levels = self.levels.get(kind, {})
        if given is None or depth not in levels:
            return None
        counted = self.counted.setdefault(kind, [])
        if key not in self.begun:
            self.begun.add(key)
            self._begin_anew(given, counted)
        counted.extend(_start(levels.get(place)) - 1 for place in range(len(counted), depth + 1))
        counted[depth] += 1
        del counted[depth + 1 :]
        return _label(levels, counted, depth)

    def _begin_anew(self, given: Any, counted: list[int]) -> None:
        for override in given.findall(qn("w:lvlOverride")):
            place, start = _number(override.get(qn("w:ilvl"))), override.find(qn("w:startOverride"))
            if start is not None and place <= len(counted):
                counted[place:] = [_number(_value(start)) - 1]

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list of a paragraph, and how deep it lies in it: its own, or that of its style."""
        for properties, style in self._properties(paragraph):
            numbered = properties.find(qn("w:numPr"))
            if numbered is None:
                continue
            key, depth = _value(numbered.find(qn("w:numId"))), _value(numbered.find(qn("w:ilvl")))
            if style and not depth:
                levels = self.levels.get(self.lists.get(key, ("", None))[0], {})
                depth = next((str(place) for place, each in levels.items() if _names(each, style)), "0")
            return key, min(_number(depth), _MOST_LEVELS - 1)
        return "", 0

    def _properties(self, paragraph: Any) -> Iterator[tuple[Any, str]]:
        own = paragraph.find(qn("w:pPr"))
        if own is None:
            return
        yield own, ""
        key, seen = _value(own.find(qn("w:pStyle"))), set[str]()
        while key and key in self.styles and key not in seen:
            seen.add(key)
            properties = self.styles[key].find(qn("w:pPr"))
            if properties is not None:
                yield properties, key
            key = _value(self.styles[key].find(qn("w:basedOn")))


def _label(levels: dict[int, Any], counted: list[int], depth: int) -> Label | None:
    form = _value(levels[depth].find(qn("w:numFmt"))) or "decimal"
    pattern = _value(levels[depth].find(qn("w:lvlText")))
    if form == "bullet":
        return Label(depth, is_bullet=True)
    if form == "none" or not pattern:
        return None
    printed = pattern
    for place, number in enumerate(counted):
        shown = _in_form(number, _value(levels[place].find(qn("w:numFmt"))) if place in levels else "")
        if f"%{place + 1}" in pattern and not shown:
            return Label(depth, is_known=False)
        printed = printed.replace(f"%{place + 1}", shown)
    return Label(depth, counted[depth], printed.strip()) if "%" in pattern else Label(depth, printed=printed.strip())


def _in_form(number: int, form: str) -> str:
    """Empty for a form that we do not know."""
    match form or "decimal":
        case "decimal":
            return str(number)
        case "decimalZero":
            return f"{number:02}"
        case "lowerLetter" | "upperLetter" if number > 0:
            times, place = divmod(number - 1, len(_LETTERS))
            letters = _LETTERS[place] * (times + 1)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman" if 0 < number < 4000:
            roman, left = "", number
            for value, sign in _ROMAN:
                roman, left = roman + sign * (left // value), left % value
            return roman.upper() if form == "upperRoman" else roman
    return ""


def _by_id(root: Any, name: str, key: str) -> dict[str, Any]:
    return {each.get(qn(f"w:{key}")) or "": each for each in root.findall(qn(f"w:{name}"))}


def _names(level: Any, style: str) -> bool:
    return _value(level.find(qn("w:pStyle"))) == style


def _value(element: Any | None) -> str:
    return "" if element is None else element.get(qn("w:val")) or ""


def _number(digits: str | None) -> int:
    """Zero for what is none; a number of the file is not trusted."""
    return int(digits) if digits and digits.isascii() and digits.isdigit() and len(digits) < 6 else 0


def _start(level: Any | None) -> int:
    start = None if level is None else level.find(qn("w:start"))
    return 1 if start is None else _number(_value(start))
