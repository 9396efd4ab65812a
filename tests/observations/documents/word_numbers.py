"""The numbers that Word shows, worked out of a file as Word does, so that tests read what a reader sees."""

from collections import defaultdict
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

ROMAN = ("", "I", "II", "III", "IV", "V", "VI")


def numbers_of(file: Document) -> dict[Any, str]:
    """What stands before each numbered paragraph of the body."""
    numbering = file.part.numbering_part.element
    forms = {each.get(qn("w:abstractNumId")): each for each in numbering.findall(qn("w:abstractNum"))}
    runs = {each.get(qn("w:numId")): each for each in numbering.findall(qn("w:num"))}
    last: dict[str, int] = {}
    shown: dict[Any, str] = defaultdict(str)
    for paragraph in file.paragraphs:
        properties = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if properties is None:
            continue
        run = runs[str(properties.numId.val)]
        level = forms[run.find(qn("w:abstractNumId")).get(qn("w:val"))].find(qn("w:lvl"))
        start = run.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}").get(qn("w:val"))
        key = run.get(qn("w:numId"))
        last[key] = last[key] + 1 if key in last else int(start)
        form = level.find(qn("w:numFmt")).get(qn("w:val"))
        shown[paragraph._p] = level.find(qn("w:lvlText")).get(qn("w:val")).replace("%1", _token(form, last[key]))
    return shown


def type_numbers(file: Document) -> Document:
    """Put the numbers that Word shows into the words of their paragraphs."""
    for element, words in numbers_of(file).items():
        first = Paragraph(element, file).add_run(f"{words}\t")._r  # type: ignore[arg-type]
        element.pPr.addnext(first)
    return file


def _token(form: str, number: int) -> str:
    series = {
        "decimal": lambda: str(number),
        "upperRoman": lambda: ROMAN[number],
        "lowerLetter": lambda: chr(96 + number),
        "upperLetter": lambda: chr(64 + number),
        "arabicAbjad": lambda: " أبجدهوز"[number],
        "chineseCounting": lambda: " 一二三四五"[number],
    }
    return series[form]()
