"""What is worth a look in a response, for those who read its draft."""

from collections import Counter
from dataclasses import dataclass

from accounts.people.models import User
from questionnaires.clearance.checks import findings_in
from questionnaires.clearance.enums import CheckKind, CheckSeverity
from questionnaires.clearance.models import SecondReading
from questionnaires.definitions import Item, PlacedSection
from questionnaires.laws import library_of
from questionnaires.progress import ResponseOverview, answers_in, overview_for
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Response
from reviews.cases import limits_of

_WORDS = "answer_words"  # the limit from which on a text is very long


@dataclass(frozen=True, slots=True)
class AnswerFinding:
    """Something worth a look: where, what, and how much it weighs."""

    place: PlacedSection
    item: Item
    kind: CheckKind
    severity: CheckSeverity


@dataclass(frozen=True, slots=True)
class AnswerFindings:
    """Those of a response, in the order of the questionnaire."""

    rows: tuple[AnswerFinding, ...]

    def without(self, kind: CheckKind) -> "AnswerFindings":
        """For a page that tells those of a kind in another way."""
        return AnswerFindings(tuple(row for row in self.rows if row.kind != kind))

    @property
    def warnings(self) -> int:
        return self._number(CheckSeverity.WARNING)

    @property
    def notes(self) -> int:
        return self._number(CheckSeverity.NOTE)

    def _number(self, severity: CheckSeverity) -> int:
        return sum(row.severity == severity for row in self.rows)

    @property
    def by_kind(self) -> list[tuple[CheckKind, CheckSeverity, int]]:
        """How many of each, warnings first."""
        counts = Counter((row.kind, row.severity) for row in self.rows)
        order = list(CheckKind)
        rows = [(kind, severity, number) for (kind, severity), number in counts.items()]
        return sorted(rows, key=lambda row: (-row[1], order.index(row[0])))


def readings_of(response: Response) -> list[SecondReading]:
    """What second readers said of the draft, as it stood then, the last first; for those who read the whole draft."""
    rows = SecondReading.objects.filter(response=response).select_related("read_by")
    return list(rows.order_by("-created_at"))


def findings_for(user: User, response: Response) -> AnswerFindings:
    """What the reader of a draft may want to look at in the sections that he or she sees; five queries."""
    return findings_of(overview_for(user, response))


def findings_of(overview: ResponseOverview) -> AnswerFindings:
    """The same of an overview that one has; three queries. Kinds that the mechanism leaves out are none."""
    response = overview.response
    limits = limits_of(response.review, *CheckKind, _WORDS)
    weights = {kind: CheckSeverity(min(limits[kind], 2)) for kind in CheckKind if limits.get(kind)}
    sections = [progress.place.section for progress in overview.sections]
    items = [item for section in sections for item in section.items]
    answers = {
        code: answer
        for code, answer in answers_in(response, items, overview.sheet).items()
        if overview.states.get(code) == AnswerState.ANSWERED
    }
    found = findings_in(
        sections,
        answers,
        language=response.language,
        words=limits.get(_WORDS, 0),
        is_repealed=library_of(response.review).is_repealed if CheckKind.REPEALED_LAW in weights else _is_none,
    )
    places = overview.index.section_of
    return AnswerFindings(
        tuple(AnswerFinding(places[item.code], item, kind, weights[kind]) for item, kind in found if kind in weights)
    )


def _is_none(law: str) -> bool:
    return False
