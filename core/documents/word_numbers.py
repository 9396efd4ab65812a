"""Numbers that Word counts itself: it shows what was agreed, and counts on where somebody adds a paragraph.

A number that none of Word's series can show ("أولا-") stays typed.
"""

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length
from docx.text.paragraph import Paragraph

_SERIES = {
    "upperRoman": "I II III IV V VI VII VIII IX X".split(),
    "chineseCounting": list("一二三四五六七八九十"),
    "lowerLetter": list("abcdefghij"),
    "upperLetter": list("ABCDEFGHIJ"),
    "arabicAbjad": list("أبجدهوزحطي"),
}
_SECTION = ("upperRoman", "chineseCounting")  # how the blueprint numbers its sections, and what is below them
_BELOW = ("lowerLetter", "upperLetter", "arabicAbjad")
_MARKER = re.compile(r"(?P<before>\(?)(?P<token>\w+)(?P<after>[.)、]?[-–]?)")


@dataclass(slots=True)
class _Series:
    """One form of numbers: the numbering that runs now, and the number that it showed last."""

    abstract_id: int
    num_id: int = 0
    last: int = 0


class Numbers:
    """The numbering of one file. Each number is shown exactly, whatever stands between it and the one before."""

    def __init__(self, file: Document, indent: Length) -> None:
        self.element: Any = file.part.numbering_part.element
        self.indent = indent
        self.series: dict[tuple[str, str], _Series] = {}

    def number(self, paragraph: Paragraph, marker: str, level: int = 0) -> bool:
        """Let Word count a paragraph (``level`` 0) or a heading; False where it cannot show ``marker``."""
        found = _read(marker, level)
        if found is None:
            return False
        form, text, value = found
        if (form, text) not in self.series:
            self.series[form, text] = _Series(self._abstract(form, text))
        series = self.series[form, text]
        if value != series.last + 1 or not series.num_id:
            series.num_id = self._begin(series.abstract_id, value)
        series.last = value
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = series.num_id
        return True

    def _abstract(self, form: str, text: str) -> int:
        """A new form. All of these stand before the first numbering that uses one."""
        known = [int(each.get(qn("w:abstractNumId"))) for each in self.element.findall(qn("w:abstractNum"))]
        number, column = max(known, default=-1) + 1, self.indent.twips
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{column}"/></w:tabs>'
            f'<w:ind w:left="{column}" w:hanging="{column}"/></w:pPr></w:lvl>'
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
            f"{level}</w:abstractNum>"
        )
        first = self.element.find(qn("w:num"))
        self.element.append(abstract) if first is None else first.addprevious(abstract)
        return number

    def _begin(self, abstract_id: int, value: int) -> int:
        num = self.element.add_num(abstract_id)
        num.add_lvlOverride(0).add_startOverride(value)
        return int(num.numId)


def _read(marker: str, level: int) -> tuple[str, str, int] | None:
    """The form of a marker in Word's words ("lowerLetter", "(%1)") and its number."""
    match = _MARKER.fullmatch(marker.strip())
    if match is None:
        return None
    token, text = match["token"], f"{match['before']}%1{match['after']}"
    if token.isdecimal():
        return "decimal", text, int(token)
    for form in _SECTION if level == 1 else _BELOW:
        if token in _SERIES[form]:
            return form, text, _SERIES[form].index(token) + 1
    return None
