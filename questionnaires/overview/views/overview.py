import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from questionnaires.definitions import PlacedSection
from questionnaires.definitions.enums import ResponseAction
from questionnaires.overview.enums import QuestionStand
from questionnaires.overview.filters import SHOWS, ShownQuestions, narrowing_of
from questionnaires.overview.selectors import QuestionRow, Standings, due_of, last_visit, standings_for
from questionnaires.overview.services import note_visit
from questionnaires.overview.views.detail import ResponseDetailView
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import SectionAssignment
from questionnaires.wording import anchor
from reviews.cases.models import Participation

SHOWN_OF_A_CHANGE = 5


class ResponseOverviewView(ResponseDetailView):
    """The page from which a State runs its self-assessment.

    ``?show=``, ``?with=`` and ``?section=`` narrow it to a list of questions (``filters``). Only the page as a whole
    counts as a visit: what has changed since the one before stays marked until it is opened again after ``A_VISIT``.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_narrowed = any(self.request.GET.get(name) for name in ("show", "with", "section"))
        since = (last_visit if is_narrowed else note_visit)(self.user, self.response)
        writes = self.decision(ResponseAction.ANSWER) if context["reads_all"] else context["propose"]
        standings = standings_for(self.user, context["overview"], may_write=bool(writes), since=since)
        narrowing = narrowing_of(self.request.GET, standings)
        today = timezone.localdate()
        return {
            **context,
            "standings": standings,
            "since": since,
            "due": due_of(standings) if not self.is_sent else None,
            "goes_on": self._goes_on(standings) if writes else None,
            "pace": standings.pace(today) if context["reads_all"] and self.response.sent_at is None else None,
            "narrowing": narrowing,
            "filters": _filter_links(standings, narrowing, since),
            "waiting": _waiting_links(standings, narrowing),
            "listed": _by_section(narrowing.rows(standings)) if narrowing.is_active else [],
            "number_listed": len(narrowing.rows(standings)),
            "lines": _section_lines(standings),
            "totals": _cells(standings.rows, standings.stands, ShownQuestions()),
            "changes": [(change, change.rows[:SHOWN_OF_A_CHANGE]) for change in standings.changes],
            "returned": standings.returned,
            "own_parts": [] if context["reads_all"] else standings.assignments,
            "ministries": _counts(standings.assignments) if context["reads_all"] and standings.assignments else None,
        }

    def _goes_on(self, standings: Standings) -> dict[str, Any] | None:
        found = standings.goes_on_at(self.user)
        if found is None:
            return None
        row, at = found
        page = reverse("questionnaires:section-detail", args=[*self.address, *row.place.address])
        return {"row": row, "at": at, "url": f"{page}#{anchor(row.item.code)}"}


@dataclass(frozen=True, slots=True)
class FilterLink:
    """A filter with how many questions it shows; ``person`` where it is a ministry that is waited for."""

    label: str | Promise
    number: int
    query: str
    is_current: bool
    person: Participation | None = None


@dataclass(frozen=True, slots=True)
class StandCell:
    """How many questions of a section stand so, and of how many of these each ministry is waited for or proposes."""

    stand: QuestionStand
    number: int
    query: str
    holders: Sequence[tuple[Participation, int, str]]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section with its cells, which add up to ``asked``; ``sent_to``: the ministries that have any of it."""

    place: PlacedSection
    asked: int
    query: str
    cells: Sequence[StandCell]
    sent_to: Sequence[str]


def _filter_links(standings: Standings, narrowing: ShownQuestions, since: dt.datetime | None) -> list[FilterLink]:
    """No filter on the first visit is what has changed, and none where nothing was sent is what is with a ministry.

    Once the answers are with the reviewing States there is nothing to do.
    """
    left_out = set() if since else {"changed"}
    left_out |= set() if standings.assignments else {"back", "waiting"}
    left_out |= set() if standings.overview.sheet.is_official else {"waiting"}
    if standings.overview.response.status == ResponseStatus.SENT:
        left_out |= {"mine", "back", "missing", "waiting"}
    found = []
    for key, (label, keeps) in SHOWS.items():
        if key not in left_out:
            number, query = sum(map(keeps, standings.rows)), ShownQuestions(key).query
            found.append(FilterLink(label, number, query, narrowing == ShownQuestions(key)))
    return found


def _waiting_links(standings: Standings, narrowing: ShownQuestions) -> list[FilterLink]:
    links = []
    for person, number in standings.waited_for:
        wanted = ShownQuestions(show="waiting", holder=str(person.pk))
        links.append(FilterLink(_named(person), number, wanted.query, narrowing == wanted, person))
    return sorted(links, key=lambda link: str(link.label).casefold())


def _section_lines(standings: Standings) -> list[SectionLine]:
    by_section: dict[Any, list[QuestionRow]] = defaultdict(list)
    for row in standings.rows:
        by_section[row.place.pk].append(row)
    sent_to = _sent_to(standings.assignments) if standings.overview.sheet.is_official else {}
    lines = []
    for section in standings.overview.sections:
        rows, here = by_section[section.place.pk], ShownQuestions(section="/".join(section.place.address))
        cells = _cells(rows, standings.stands, here)
        lines.append(SectionLine(section.place, len(rows), here.query, cells, sent_to.get(section.place.pk, [])))
    return lines


def _cells(rows: Iterable[QuestionRow], stands: Iterable[QuestionStand], here: ShownQuestions) -> list[StandCell]:
    by_stand: dict[QuestionStand, list[QuestionRow]] = defaultdict(list)
    for row in rows:
        by_stand[row.stand].append(row)
    cells = []
    for stand in stands:
        people = {each.pk: each for row in by_stand[stand] for each in row.holders}
        counts = Counter(each.pk for row in by_stand[stand] for each in row.holders)
        narrowed = here.but(show=stand.value)
        holders = [(each, counts[key], narrowed.but(holder=str(key)).query) for key, each in people.items()]
        cells.append(StandCell(stand, len(by_stand[stand]), narrowed.query, holders))
    return cells


def _by_section(rows: Iterable[QuestionRow]) -> list[tuple[PlacedSection, list[QuestionRow]]]:
    found: dict[Any, list[QuestionRow]] = defaultdict(list)
    for row in rows:
        found[row.place.pk].append(row)
    return [(own[0].place, own) for own in found.values()]


def _named(person: Participation) -> str:
    return person.user.organization or person.user.full_name


def _sent_to(assignments: Iterable[SectionAssignment]) -> dict[Any, list[str]]:
    """By section, the ministries that have any of it."""
    names: dict[Any, dict[str, None]] = defaultdict(dict)
    for assignment in assignments:
        ministry = assignment.ministry
        names[assignment.section_id][ministry.name if ministry else _named(assignment.participation)] = None
    return {section: list(people) for section, people in names.items()}


def _counts(assignments: Sequence[SectionAssignment]) -> dict[str, int]:
    parts = {(each.holder_id, each.section_id, each.question_id): each for each in assignments}
    silent = [each for each in parts.values() if not each.said]
    today = timezone.localdate()
    late = sum(each.due_on is not None and each.due_on < today for each in silent)
    return {"sent": len(parts), "silent": len(silent), "late": late}
