"""What colleagues have saved of a section since a page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.people.models import User
from core.web.presence import Present
from questionnaires.definitions import PlacedSection, index_of
from questionnaires.progress import AnswerSnapshot, snapshot
from questionnaires.responses import Sheet
from questionnaires.responses.models import Response


@dataclass(frozen=True, slots=True)
class ArrivedAnswer:
    """An answer as it is stored now; ``is_own``: the reader saved it, on another page."""

    code: str
    answer: AnswerSnapshot
    is_own: bool


def revisions_in(response: Response, place: PlacedSection, sheet: Sheet) -> dict[str, int]:
    """By code, how often each answer of a section was saved; one query. Of a contributor's sheet it names own rows."""
    index = index_of(response.version_id)
    keys = [index.question_ids[item.code] for item in place.section.items]
    rows = sheet.rows(response).filter(question__in=keys).values_list("question", "revision")
    found = {index.codes[key]: revision for key, revision in rows}
    return dict(sorted(found.items()))


def arrived(
    reader: User, response: Response, place: PlacedSection, sheet: Sheet, codes: Iterable[str]
) -> list[ArrivedAnswer]:
    """The stored answers to some questions of a section; one query."""
    index = index_of(response.version_id)
    keys = [index.question_ids[item.code] for item in place.section.items if item.code in set(codes)]
    rows = sheet.rows(response).filter(question__in=keys).select_related("saved_by")
    return [ArrivedAnswer(index.codes[row.question_id], snapshot(row), row.saved_by_id == reader.pk) for row in rows]


def known_to(sheet: Sheet, there: Sequence[Present]) -> Sequence[Present]:
    """Of the people at a section those whom the reader may know of: a contributor learns of nobody (docs/adr/0059)."""
    return there if sheet.is_official else ()


def is_of(place: PlacedSection, code: str) -> bool:
    return any(item.code == code for item in place.section.items)
