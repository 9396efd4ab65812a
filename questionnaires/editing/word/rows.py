"""The rows of a document of a questionnaire as they stand there: columns, settings by their names, cells by language.

What is wrong with a row is named by its number and its code; what the rows make together, ``reading`` says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.documents.reading import read_plain_words
from core.documents.word_plain import PlainCell, PlainRow
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES
from core.language.known_names import in_every_language
from questionnaires.editing.word.layout import COLUMNS, ROWS, SETTINGS, CellWords, LineError, words_of_cell

MOST_ROWS = 5_000
_LANGUAGE = re.compile(r"\(\s*([A-Za-z-]+)\s*\)\s*$")
_CODES = frozenset(code for code, _name in UN_LANGUAGES)
_COUNT = re.compile(r"[0-9]{1,4}")
_LONGEST = 60  # characters of a cell that are said again


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """``kind``: of a head or of guidance, empty for an item; ``count``: which paragraph of guidance it was.

    ``settings``: lines by their names, in their order.
    """

    number: int
    code: str
    kind: str
    count: int
    settings: Mapping[str, Sequence[str]]
    cells: Mapping[str, PlainCell]

    def setting(self, name: str) -> str | None:
        """None where there is no such line."""
        values = self.settings.get(name)
        return values[0] if values else None


class QuestionnaireDocument:
    """The rows of a file; what is wrong in them, and what was not taken, is noted as they are read."""

    def __init__(self, name: str, content: bytes) -> None:
        """Raises ServiceError (field ``file``) for what is no such document, or cannot be read."""
        self.problems: list[str] = []
        self.unsaid: list[str] = []
        words = read_plain_words(name, content, most_rows=MOST_ROWS)
        self.outside = words.outside
        self.kinds, self.names = in_every_language(ROWS), in_every_language(SETTINGS)
        self.columns = in_every_language(COLUMNS)
        head, *rest = words.rows
        self.places = self._places(head)
        self.languages = [key for key in self.places if key not in COLUMNS]
        keys = self._keys(head)
        heads = {row.number for row in rest if COLUMNS.keys() <= set(self._keys(row))}
        words_of_others = _("The columns of this table are not those of the first.")
        others = [row.number for row in rest if row.number in heads and self._keys(row) != keys]
        self.problems += [_placed(number, "", words_of_others) for number in others]
        self.rows = [self._row(row) for row in rest if row.number not in heads]

    def problem(self, row: DocumentRow, words: str) -> None:
        self.problems.append(_placed(row.number, row.code, words))

    def not_taken(self, row: DocumentRow, words: str) -> None:
        self.unsaid.append(_placed(row.number, row.code, words))

    def said(self, row: DocumentRow, language: str, marks: Sequence[str], standing: str) -> CellWords | None:
        """What a cell says; None where a line of it is wrong, which is noted."""
        try:
            return words_of_cell(row.cells[language].lines, marks, standing)
        except LineError as error:
            words = _("“%(line)s”: behind the first option each line begins with a name or a mark of its own.")
            self.problem(row, words % {"line": str(error)[:_LONGEST]})
            return None

    def _keys(self, head: PlainRow) -> list[str]:
        """What the columns of a table are called: codes, settings, and languages by their codes; else empty."""
        keys = []
        for cell in head.cells:
            words = " ".join(cell.lines)
            named = _LANGUAGE.search(words)
            code = named[1].lower() if named else ""
            keys.append(self.columns.get(words.casefold()) or (code if code in _CODES else ""))
        return keys

    def _places(self, head: PlainRow) -> dict[str, int]:
        """Where each column stands."""
        places: dict[str, int] = {}
        for place, (key, cell) in enumerate(zip(self._keys(head), head.cells, strict=True)):
            words = " ".join(cell.lines)
            if key in places:
                raise ServiceError(_("The column “%(name)s” stands there twice.") % {"name": words}, field="file")
            if key:
                places[key] = place
            elif words:
                text = _("The column “%(name)s” says nothing that a questionnaire can hold: it is not read.")
                self.unsaid.append(text % {"name": words[:_LONGEST]})
        if not places.keys() >= COLUMNS.keys() or places.keys() == COLUMNS.keys():
            message = _(
                "This is no document of a questionnaire: its first table has no columns of codes, of settings and of a "
                "language. Download one, and change that."
            )
            raise ServiceError(message, field="file")
        return places

    def _row(self, row: PlainRow) -> DocumentRow:
        cells = {key: row.cells[place] if place < len(row.cells) else PlainCell() for key, place in self.places.items()}
        code = next(iter(cells["code"].lines), "").strip()
        kind, count, settings, strange = self._settings(cells["settings"].lines)
        read = DocumentRow(row.number, code, kind, count, settings, cells)
        for problem in dict.fromkeys(cell.problem for cell in cells.values() if cell.problem):
            self.problem(read, problem)
        for line in strange:
            self.problem(read, _("“%(line)s” is no setting of a row.") % {"line": line[:_LONGEST]})
        if row.has_comment:
            self.not_taken(read, _("A comment of Word is not carried over."))
        if any(cells[language].is_marked for language in self.languages):
            self.not_taken(read, _("Bold, italics, links and counted lists are not carried over: only the words are."))
        return read

    def _settings(self, lines: Sequence[str]) -> tuple[str, int, dict[str, list[str]], list[str]]:
        kind, count, found, strange = "", 0, dict[str, list[str]](), list[str]()
        for line in filter(None, lines):
            name, _colon, value = line.partition(":")
            key = name.strip().casefold()
            if key in self.names:
                values = found.setdefault(self.names[key], [])
                values.append(value.strip())
                if len(values) > 1 and self.names[key] != "citation":
                    strange.append(line)
            elif key in self.kinds and not kind:
                kind = self.kinds[key]
                count = int(value) if _COUNT.fullmatch(value.strip()) else 0
            else:
                strange.append(line)
        return kind, count, found, strange


def _placed(number: int, code: str, words: str) -> str:
    if not code:
        return _("Row %(row)s: %(words)s") % {"row": number, "words": words}
    return _("Row %(row)s, %(code)s: %(words)s") % {"row": number, "code": code[:_LONGEST], "words": words}
