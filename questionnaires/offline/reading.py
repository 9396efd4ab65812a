"""A file of answers that came back: read, and laid beside what stands in the portal."""

from collections.abc import Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.files.spreadsheet_reading import ENDINGS
from questionnaires.bringing import OFFLINE_COLUMNS, WORD, AnswerRow, GivenRow, answers_from, base_in, cleaned, of_sheet
from questionnaires.offline.comparing import ComparedAnswer, compared
from questionnaires.offline.selectors import OfflinePart, as_it_was
from questionnaires.offline.word import rows_of_answers, untouched_restored
from questionnaires.responses.models import Response


def read_file(name: str, content: bytes, response: Response, part: OfflinePart) -> list[AnswerRow]:
    """The answers of a file. Raises ServiceError (field ``file``) for what cannot be read at all."""
    ending = PurePath(name).suffix.lower()
    if ending not in {WORD, *ENDINGS}:
        message = _("This kind of file is not accepted. Use one of: %(kinds)s.")
        raise ServiceError(message % {"kinds": "docx, xlsx, csv"}, field="file")
    if ending == WORD:
        read = rows_of_answers(name, content)
        bases = _bases([each.row for each in read], part)
        given = untouched_restored(read, as_it_was(response, part, bases), part.stored)
    else:
        given = of_sheet(name, content, OFFLINE_COLUMNS)
    return cleaned(answers_from(given, part.asked), part.asked)


def _bases(given: Sequence[GivenRow], part: OfflinePart) -> dict[str, int]:
    numbers = {row.cells["code"]: base_in(row.cells.get("base", ""), part.asked.mark) for row in reversed(given)}
    return {code: number for code, number in numbers.items() if code in part.asked.index.question_ids}


def compare(response: Response, part: OfflinePart, rows: Sequence[AnswerRow]) -> list[ComparedAnswer]:
    """What each answer of a file would do, at this moment."""
    bases = {row.code: row.base for row in rows if row.code in part.asked.index.question_ids}
    return compared(rows, part.asked, part.stored, as_it_was(response, part, bases))
