"""A file of answers that came back: read, and laid beside what stands in the portal."""

from collections.abc import Sequence

from questionnaires.bringing import OFFLINE_COLUMNS, WORD, AnswerRow, GivenRow, answers_from, cleaned, of_sheet
from questionnaires.offline.comparing import ComparedAnswer, compared
from questionnaires.offline.selectors import OfflinePart, as_it_was
from questionnaires.offline.word import rows_of_answers, untouched_restored
from questionnaires.responses.models import Response


def read_file(name: str, content: bytes, response: Response, part: OfflinePart) -> list[AnswerRow]:
    """The answers of a file. Raises ServiceError (field ``file``) for what cannot be read at all."""
    if name.lower().endswith(WORD):
        given, texts = rows_of_answers(name, content)
        given = untouched_restored(given, texts, as_it_was(response, part, _bases(given, part)))
    else:
        given = of_sheet(name, content, OFFLINE_COLUMNS)
    return cleaned(answers_from(given, part.asked), part.asked)


def _bases(given: Sequence[GivenRow], part: OfflinePart) -> dict[str, int]:
    numbers = ((row.cells["code"], row.cells.get("base", "")) for row in given)
    known = part.asked.index.question_ids
    return {
        code: int(number)
        for code, number in numbers
        if code in known and number.isascii() and number.isdigit() and len(number) < 10
    }


def compare(response: Response, part: OfflinePart, rows: Sequence[AnswerRow]) -> list[ComparedAnswer]:
    """What each answer of a file would do, at this moment."""
    bases = {row.code: row.base for row in rows if row.code in part.asked.index.question_ids}
    return compared(rows, part.asked, part.stored, as_it_was(response, part, bases))
