"""How far reviews have come elsewhere, as a spreadsheet: one row a review, and what is wrong with its cells; pure.

Steps and milestones are rows of the mechanism, so that its columns are: one a step after the first, for the day on
which the review came to it, and one a milestone, for those whose own day is known.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _, gettext_lazy

from accounts.states import order_of_name
from core.errors import ServiceError
from core.files.spreadsheet_columns import cells_by_key, columns_of, formulas_in
from core.files.spreadsheet_reading import read_lines
from core.language.i18n import isolated, list_of, listed_in
from core.language.known_names import un_language_named
from core.templatetags.components import date_words

REACHED, MILESTONE = "step:", "milestone:"  # what the keys of the mechanism's own columns begin with
_FIXED: Mapping[str, str | Promise] = {
    "review": gettext_lazy("Review code"),
    "state": gettext_lazy("State under review"),
    "phase": gettext_lazy("Phase"),
    "opened_on": gettext_lazy("Opened on"),
    "step": gettext_lazy("Step reached"),
    "languages": gettext_lazy("Working languages"),
}
MOST_REVIEWS = 1_000
_EARLIEST = dt.date(1990, 1, 1)
_MOST_LANGUAGES = 3
_LONGEST = 60  # characters of a cell that are said again


@dataclass(frozen=True, slots=True)
class KnownStep:
    """``words``: all that it may be called, in small letters. ``name`` gives its name in the active language."""

    slug: str
    words: frozenset[str]
    name: Callable[[], str]


@dataclass(frozen=True, slots=True)
class KnownMilestone:
    """``step``: the place of its step among the steps of the mechanism."""

    slug: str
    step: int
    name: Callable[[], str]


@dataclass(frozen=True, slots=True)
class KnownReview:
    """``obstacle``: why nothing can be brought in for it; empty where it can.

    ``plan``: the milestones that it has; None where it has all of those of the mechanism. ``least``: the place of the
    first step at which it can stand, as its answers or texts are brought in.
    """

    state: str
    phase: str
    obstacle: str = ""
    plan: frozenset[str] | None = None
    least: int = 0


@dataclass(frozen=True, slots=True)
class KnownProgramme:
    """A mechanism as far as a file may speak of it. ``states``: from what a State may be called to its code.

    ``plan`` are the milestones in their order; ``today`` is the last day that a cell may hold.
    """

    steps: Sequence[KnownStep]
    plan: Sequence[KnownMilestone]
    reviews: Mapping[str, KnownReview]
    states: Mapping[str, str]
    today: dt.date

    @property
    def columns(self) -> dict[str, str | Promise]:
        of_steps = {f"{REACHED}{step.slug}": _heading(step.name, _reached_on) for step in self.steps[1:]}
        of_plan = {f"{MILESTONE}{row.slug}": _heading(row.name, _milestone) for row in self.plan}
        return {**_FIXED, **of_steps, **of_plan}

    def place_of(self, slug: str) -> int:
        return next(place for place, step in enumerate(self.steps) if step.slug == slug)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One review of the file: its code (empty where none is meant), and days as ``2021-03-01``; ``problems`` by column.

    ``cell``: the review as it stands in the file. ``reached`` and ``milestones``: by short name.
    """

    line: int
    cell: str
    review: str = ""
    opened_on: str = ""
    step: str = ""
    reached: Mapping[str, str] = field(default_factory=dict)
    milestones: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


def _reached_on(name: str) -> str:
    return _("%(step)s: reached on") % {"step": name}


def _milestone(name: str) -> str:
    return _("Done on: %(milestone)s") % {"milestone": name}


def _heading(name: Callable[[], str], words: Callable[[str], str]) -> str | Promise:
    """In the language that is active when it is read."""
    return lazy(lambda: words(name()), str)()


def read_courses(name: str, content: bytes, known: KnownProgramme) -> list[CourseRow]:
    """The reviews of a file, each with what is wrong with its cells. Raises ServiceError for the file as a whole."""
    lines = read_lines(name, content, headers=1, shows_formulas=True, most_rows=MOST_REVIEWS)
    empty = _("There is no review in this file.")
    places = columns_of(lines, known.columns, required=("step",), empty=empty)
    keys = set(places.values())
    if "review" not in keys and not {"state", "phase"} <= keys:
        message = _("The first row has to name a column for the review code, or two for the State and the phase.")
        raise ServiceError(message, field="file")
    if len(lines) == 1:
        raise ServiceError(empty, field="file")
    return checked([_row(line, cells_by_key(cells, places), known) for line, cells in lines[1:]], known)


def checked(rows: Sequence[CourseRow], known: KnownProgramme) -> list[CourseRow]:
    """The rows with what stands against them as things are now: the reviews that there are, and each other."""
    return list(_against_each_other([_against_review(row, known) for row in rows]))


# --- One row by itself


def _row(line: int, given: Mapping[str, str], known: KnownProgramme) -> CourseRow:
    problems = formulas_in(given)
    code, cell, column = _review_of(given, known)
    if not code:
        problems.setdefault(column, _no_review(given, cell))
    elif column == "review":
        problems |= _other_review(given, known.reviews[code], known) | problems
    step = _step_of(given["step"], known, problems)
    days = {key: _day(key, given[key], known, problems) for key in given if key not in _WITHOUT_DAYS and given[key]}
    row = CourseRow(
        line,
        cell=cell,
        review=code,
        opened_on=days.get("opened_on", ""),
        step=step,
        reached=_named(days, REACHED),
        milestones=_named(days, MILESTONE),
        languages=_languages_of(given.get("languages", ""), problems),
        problems=problems,
    )
    return _in_order(row, known) if step else row


_WITHOUT_DAYS = frozenset(_FIXED) - {"opened_on"}


def _named(days: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): day for key, day in days.items() if key.startswith(prefix) and day}


def _review_of(given: Mapping[str, str], known: KnownProgramme) -> tuple[str, str, str]:
    """The code of the review that a row means, the cell that names it, and the column of that."""
    by_code = {code.casefold(): code for code in known.reviews}
    if cell := given.get("review", ""):
        return by_code.get(cell.casefold(), ""), cell, "review"
    cell, phase = given.get("state", ""), given.get("phase", "")
    iso3 = known.states.get(order_of_name(cell), "")
    found = (code for code, review in known.reviews.items() if (review.state, review.phase) == (iso3, phase))
    return next(found, ""), cell, "state" if "state" in given else "review"


def _other_review(given: Mapping[str, str], review: KnownReview, known: KnownProgramme) -> dict[str, str]:
    """Where State or phase, given beside the code, are those of another review."""
    problems, state = {}, given.get("state", "")
    if state and review.state not in {state.upper(), known.states.get(order_of_name(state), "")}:
        problems["state"] = _("The review with this code is that of another State.")
    if given.get("phase") and given["phase"] != review.phase:
        problems["phase"] = _("The review with this code is one of another phase.")
    return problems


def _no_review(given: Mapping[str, str], cell: str) -> str:
    if not cell:
        return _("Enter the code of the review, or State and phase.")
    if given.get("review"):
        message = _("There is no review “%(cell)s”. Bring in the draw that gave it first, or open the review.")
        return message % {"cell": isolated(cell[:_LONGEST])}
    message = _(
        "There is no review of “%(state)s” in phase “%(phase)s”. Bring in the draw that gave it, or open the review."
    )
    return message % {"state": isolated(cell[:_LONGEST]), "phase": isolated(given.get("phase", "")[:_LONGEST])}


def _step_of(cell: str, known: KnownProgramme, problems: dict[str, str]) -> str:
    found = [step for step in known.steps if cell.casefold() in step.words]
    names = list_of([step.name() for step in known.steps])
    if not cell:
        problems.setdefault("step", _("Enter the step that the review has reached: %(steps)s.") % {"steps": names})
    elif not found:
        message = _("“%(cell)s” is no step of this mechanism. Its steps are: %(steps)s.")
        problems.setdefault("step", message % {"cell": isolated(cell[:_LONGEST]), "steps": names})
    elif len(found) > 1:
        message = _("“%(cell)s” may be several steps. Enter one by its name: %(steps)s.")
        several = list_of([step.name() for step in found])
        problems.setdefault("step", message % {"cell": isolated(cell[:_LONGEST]), "steps": several})
    return found[0].slug if len(found) == 1 else ""


def _day(key: str, cell: str, known: KnownProgramme, problems: dict[str, str]) -> str:
    """The day of a cell as it is kept; empty where it is none."""
    try:
        day = dt.date.fromisoformat(cell)
    except ValueError:
        problems.setdefault(key, _("Enter the day as in 2021-03-01: year, month, day."))
        return ""
    if day > known.today:
        problems.setdefault(key, _("This day lies ahead."))
    elif day < _EARLIEST:
        problems.setdefault(key, _("No review is as old as that."))
    return day.isoformat() if key not in problems else ""


def _languages_of(cell: str, problems: dict[str, str]) -> tuple[str, ...]:
    codes = [un_language_named(word) for word in listed_in(cell)]
    if not all(codes):
        message = _("Enter languages of the United Nations, divided by commas, the first one first.")
        problems.setdefault("languages", message)
    elif len(codes) > _MOST_LANGUAGES or len(set(codes)) < len(codes):
        problems.setdefault("languages", _("Enter at most three languages, each of them once."))
    return tuple(codes) if "languages" not in problems else ()


def _in_order(row: CourseRow, known: KnownProgramme) -> CourseRow:
    """Days run as the steps do, none of them after the step that was reached."""
    problems, here = dict(row.problems), known.place_of(row.step)
    key = f"{REACHED}{row.step}"
    if here == 0:
        problems.setdefault("step", _("This is the first step: there is nothing to bring in."))
        return replace(row, problems=problems)
    if row.step not in row.reached and key not in problems:
        problems[key] = _("Enter the day on which the review came to this step.")
    before = row.opened_on
    for place, step in enumerate(known.steps[1:], start=1):
        key, day = f"{REACHED}{step.slug}", row.reached.get(step.slug, "")
        if day and place > here:
            problems.setdefault(key, _("The review has not come to this step."))
        elif day and day < before:
            earlier = date_words(dt.date.fromisoformat(before))
            problems.setdefault(key, _("This is before %(day)s, when an earlier step began.") % {"day": earlier})
        before = max(before, day)
    return replace(row, problems=problems | _milestones_in_order(row, here, known) | problems)


def _milestones_in_order(row: CourseRow, here: int, known: KnownProgramme) -> dict[str, str]:
    """What belongs to a step was done after the opening, and by the day on which a later step began."""
    problems = {}
    for milestone in known.plan:
        key, day = f"{MILESTONE}{milestone.slug}", row.milestones.get(milestone.slug, "")
        after = [row.reached[step.slug] for step in known.steps[milestone.step + 1 :] if step.slug in row.reached]
        if day and milestone.step > here:
            problems[key] = _("This belongs to a step to which the review has not come.")
        elif day and day < row.opened_on:
            problems[key] = _("This is before the review was opened.")
        elif day and after and day > min(after):
            later = date_words(dt.date.fromisoformat(min(after)))
            problems[key] = _("This is after %(day)s, when a later step began.") % {"day": later}
    return problems


# --- Rows against what there is


def _against_review(row: CourseRow, known: KnownProgramme) -> CourseRow:
    if not row.review:
        return row
    problems, review = dict(row.problems), known.reviews.get(row.review)
    if review is None or review.obstacle:
        problems.setdefault("review", review.obstacle if review else _("This review is not there any more."))
        return replace(row, problems=problems)
    if row.step and known.place_of(row.step) < review.least:
        problems.setdefault("step", _("Answers or texts of this review are brought in: it stands at a later step."))
    if review.plan is not None:
        for slug in row.milestones.keys() - review.plan:
            problems.setdefault(f"{MILESTONE}{slug}", _("The plan of this review has nothing of the kind."))
    return replace(row, problems=problems)


def _against_each_other(rows: Sequence[CourseRow]) -> Iterator[CourseRow]:
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.review, row.line) if row.review else row.line
        if first == row.line:
            yield row
        else:
            message = _("The same review as in row %(line)d.") % {"line": first}
            yield replace(row, problems={**row.problems, "review": row.problems.get("review", message)})


def packed(rows: Sequence[CourseRow]) -> list[dict[str, Any]]:
    """Rows without fault, as a file of the portal keeps them."""
    names = [name for name in CourseRow.__slots__ if name != "problems"]
    return [{name: getattr(row, name) for name in names} for row in rows]


def unpacked(rows: Sequence[Mapping[str, Any]]) -> list[CourseRow]:
    return [CourseRow(**{**row, "languages": tuple(row["languages"])}) for row in rows]
