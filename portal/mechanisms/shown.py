"""What a file that was brought in holds, so that who confirms it has read it and not its name alone."""

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass

from portal.mechanisms.checking.archive import ADHERENCES, RULES
from portal.mechanisms.shipped import Files, text_in
from questionnaires.definitions import QuestionnaireDefinition
from questionnaires.files import built


@dataclass(frozen=True, slots=True)
class BroughtInstrument:
    """``articles``: their numbers and titles; ``parties``: how many have joined it, None where the file says none."""

    name: str
    slug: str
    is_reviewed: bool
    articles: list[tuple[int, str]]
    parties: int | None


@dataclass(frozen=True, slots=True)
class BroughtContents:
    """``counts``: how many rows there are under each key of the rules, as the file calls it."""

    instruments: list[BroughtInstrument]
    questionnaires: list[QuestionnaireDefinition]
    counts: list[tuple[str, int]]


def brought_contents(files: Files, language: str) -> BroughtContents:
    """Names in the language, or else in English. The files were checked."""
    rules = json.loads(files[RULES])
    joined = Counter(row["instrument"] for row in csv.DictReader(io.StringIO(files.get(ADHERENCES, ""))))
    instruments = [
        BroughtInstrument(
            name=text_in(row["name"], language),
            slug=row["slug"],
            is_reviewed=key == "instruments",
            articles=[
                (each["number"], text_in(each["title"], language))
                for each in rules["articles"]
                if each["instrument"] == row["slug"]
            ],
            parties=joined[row["slug"]] if ADHERENCES in files else None,
        )
        for key in ("instruments", "other_instruments")
        for row in rules[key]
    ]
    found = [built(json.loads(text)) for name, text in files.items() if name.startswith("questionnaires/")]
    counts = [(key, len(rows)) for key, rows in rules.items() if isinstance(rows, list) and "instruments" not in key]
    return BroughtContents(instruments, found, counts)
