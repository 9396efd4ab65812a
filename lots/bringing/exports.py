"""The pairs of a draw as CSV: an empty one to fill in, and what was read of a file."""

import csv
import io
from collections.abc import Sequence

from core.files.spreadsheets import safe_row
from lots.bringing.sheet import COLUMNS, BroughtPair


def as_csv(pairs: Sequence[BroughtPair]) -> str:
    """By codes and short names, so that it is read the same in every language."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(safe_row([pair.state, pair.group, pair.reviewer, " ".join(pair.instruments)]) for pair in pairs)
    return out.getvalue()
