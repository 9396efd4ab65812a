"""What the dates of a programme must keep to, with the field of the form that breaks it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.templatetags.components import date_words
from reviews.periods.grid import EARLIEST, LATEST, CellKey, PairOfPhases, PeriodGrid, outside, overlaps_in

FIRST, LAST = "first", "last"


@dataclass(frozen=True, slots=True)
class PeriodProblem:
    """``field`` is that of the form, and of the service's refusal."""

    field: str
    message: str


def field_name(edge: str, key: CellKey) -> str:
    """Of the field for the first or the last day of a cell."""
    return f"{edge}-{key.phase}-{key.group}"


def of_cell(key: CellKey, problem: str) -> str:
    """A sentence that says to which cell it belongs: a form has many."""
    return _("Phase %(phase)s, group %(group)s: %(problem)s") % {**key._asdict(), "problem": problem}


def too_far() -> str:
    return _("give a day from %(first)s to %(last)s.") % {"first": date_words(EARLIEST), "last": date_words(LATEST)}


def problems_of(grid: PeriodGrid) -> list[PeriodProblem]:
    """Of each period by itself first; overlaps are looked for where all of them are in order."""
    found = [problem for key in sorted(grid) for problem in _problems_of_cell(key, grid)]
    return found or [_overlap(pair, grid) for pair in overlaps_in(grid)]


def _problems_of_cell(key: CellKey, grid: PeriodGrid) -> list[PeriodProblem]:
    days = zip((FIRST, LAST), grid[key], strict=True)
    found = [PeriodProblem(field_name(edge, key), of_cell(key, too_far())) for edge, day in days if outside([day])]
    if not found and grid[key].last < grid[key].first:
        return [PeriodProblem(field_name(LAST, key), of_cell(key, _("the last day is before the first.")))]
    return found


def _overlap(pair: PairOfPhases, grid: PeriodGrid) -> PeriodProblem:
    problem = _("it would begin on %(day)s, when phase %(earlier)s runs for this group until %(end)s.") % {
        "day": date_words(grid[pair.later].first),
        "earlier": pair.earlier.phase,
        "end": date_words(grid[pair.earlier].last),
    }
    return PeriodProblem(field_name(FIRST, pair.later), of_cell(pair.later, problem))
