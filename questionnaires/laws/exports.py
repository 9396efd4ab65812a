"""A library as a table: what a list that is brought in looks like as well."""

import csv
import io
from collections.abc import Iterable

from core.files.spreadsheets import safe_row
from questionnaires.laws.models import Law
from questionnaires.laws.selectors import instrument_words
from questionnaires.laws.sheet import COLUMNS, cells_of, words_of


def laws_as_csv(laws: Iterable[Law]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; words in the active language, days as in ISO 8601."""
    out, instruments = io.StringIO(), instrument_words()
    writer = csv.writer(out)
    writer.writerow([str(label) for label in COLUMNS.values()])
    for law in laws:
        cells = cells_of(law)
        writer.writerow(safe_row(words_of(key, cells[key], instruments) for key in COLUMNS))
    return out.getvalue().encode("utf-8-sig")
