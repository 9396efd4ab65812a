"""The workbook in which the answers of one review are written by code: its questions with their options."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language, gettext as _
from docx.enum.section import WD_ORIENT
from openpyxl.worksheet.datavalidation import DataValidation

from core.documents.word import WordFile
from core.documents.word_tables import add_table
from core.files.spreadsheets import safe_cell
from core.files.templates import BOLD, WRAP, content_of, two_sheets, write_heading, write_notes
from questionnaires.bringing.sheet import BAR, COLUMNS, AskedQuestionnaire, Columns, based_on, heads_others
from questionnaires.definitions import Item, instrument_names
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import EMPTY, AnswerSnapshot
from questionnaires.wording import own_number

_WIDTHS = {"code": 22, "part": 20, "question": 60, "options": 34, "answer": 30, "text": 70, "law": 30, "link": 30}
_WIDTHS_IN_WORD = {"question": 3, "options": 2, "answer": 2, "text": 4}  # parts of the page
_PRINTED = {"code", "part", "question", "options", "base"}
_MOST_IN_A_CELL = 32_000  # characters: a program cuts off what is beyond 32,767
_MOST_IN_A_LIST = 250  # characters that a program takes as a list of choices


def answers_template(asked: AskedQuestionnaire) -> bytes:
    """In the active language, the questions in their official one; its second sheet says how it is filled in."""
    return answers_workbook(asked, COLUMNS, _notes(), {})


def answers_workbook(
    asked: AskedQuestionnaire,
    columns: Columns,
    notes: Sequence[str],
    stored: Mapping[str, AnswerSnapshot],
    words: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """One row for each question with its answer, and one for each further legal reference.

    ``words``: those of the questionnaire in the reader's language; the official ones stand where it has none.
    """
    book, sheet, beside = two_sheets(_("Answers"), _("Notes"))
    for place, (key, label) in enumerate(columns.items(), start=1):
        write_heading(sheet, place, str(label), width=_WIDTHS.get(key, 16))
    lists: dict[Sequence[str], DataValidation] = {}
    names = instrument_names(part.instrument for part in asked.index.definition.parts)
    row = 1
    for placed in asked.places:
        for item in placed.section.items:
            row += 1
            shown = replace(item, text=words.get(item.text, item.text), options=_in(words, item.options))
            first, *further = _filled(
                shown, item, stored.get(item.code, EMPTY), names.get(placed.part.instrument, ""), asked.mark
            )
            _write(sheet, row, columns, first, is_bold=heads_others(item))
            _offer(sheet, row, shown, lists)
            for each in further:
                row += 1
                _write(sheet, row, columns, each)
    sheet.freeze_panes = "B2"
    write_notes(beside, notes)
    return content_of(book)


def _in(words: Mapping[str, str], options: Sequence[str]) -> tuple[str, ...]:
    return tuple(words.get(option, option) for option in options)


def _filled(shown: Item, item: Item, answer: AnswerSnapshot, part: str, mark: str) -> list[dict[str, Any]]:
    """The row of a question, and those of its further legal references. A row whose text no cell takes stays empty."""
    code, part, question, options = _cells(shown, part)
    cells: dict[str, Any] = {"code": code, "part": part, "question": question, "options": options}
    if len(answer.text) > _MOST_IN_A_CELL:
        cells["question"] += "\n" + _("The answer is too long for a cell. It stays in the portal as it is.")
        return [cells]
    chosen = [shown.options[place] for place, option in enumerate(item.options) if option in answer.choices]
    cells |= {"answer": f" {BAR} ".join(chosen), "text": answer.text, "base": based_on(answer.revision, mark)}
    first, *further = answer.citations or ({},)
    return [cells | dict(first), *({"code": code, **citation} for citation in further)]


def answers_template_as_word(asked: AskedQuestionnaire) -> bytes:
    """The same as a table of Word, across the page; what its columns mean stands above it."""
    word = WordFile(get_language() or "en")
    word.describe(title=_("Answers"), author="", subject="", keywords="")
    page = word.docx.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    for note in _notes():
        word.paragraph("Normal", note)
    head = [str(label) for label in COLUMNS.values()]
    names = instrument_names(part.instrument for part in asked.index.definition.parts)
    rows = [
        _cells(item, names.get(placed.part.instrument, "")) for placed in asked.places for item in placed.section.items
    ]
    add_table(word, head, rows, widths=[_WIDTHS_IN_WORD.get(key, 1) for key in COLUMNS])
    return word.as_bytes()


def _cells(item: Item, part: str) -> tuple[str, ...]:
    """What is there to be read of a question, in the order of the columns."""
    options = "\n".join(f"{number}. {option}" for number, option in enumerate(item.options, start=1))
    return item.code, part, f"{own_number(item)} {item.text}", options


def _write(sheet: Any, row: int, columns: Columns, cells: Mapping[str, Any], *, is_bold: bool = False) -> None:
    for place, key in enumerate(columns, start=1):
        cell = sheet.cell(row, place, safe_cell(cells.get(key) or None))
        cell.alignment = WRAP
        if is_bold:
            cell.font = BOLD
        if key not in _PRINTED:
            cell.number_format = "@"  # text, so that no program takes an answer for a sum


def _offer(sheet: Any, row: int, item: Item, lists: dict[Sequence[str], DataValidation]) -> None:
    """Choose one of the options, where a program can hold them all in a list."""
    words = ",".join(item.options)
    is_one = bool(item.options) and item.kind != QuestionKind.MULTIPLE
    if not is_one or len(words) > _MOST_IN_A_LIST or any("," in each or '"' in each for each in item.options):
        return
    if item.options not in lists:
        lists[item.options] = DataValidation(
            type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False
        )
        sheet.add_data_validation(lists[item.options])
    lists[item.options].add(f"E{row}")


def _notes() -> list[str]:
    return [
        _("One row for each question. Rows of questions that the State has not answered may stay empty, or go."),
        _("The answer: an option by its words or its number; several with %(bar)s between them.") % {"bar": BAR},
        _("The text of the answer may have several paragraphs, and marks as in Markdown."),
        _("A further legal reference to the same question: a row below with the code, law, provision and link alone."),
        _("Part, question and options are there to be read; what stands in them is not looked at."),
    ]
