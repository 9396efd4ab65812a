"""What stands above the questions of a section for the people of its State; features register it here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.people.models import User
from questionnaires.definitions import PlacedSection
from questionnaires.progress import ResponseOverview


@dataclass(frozen=True, slots=True)
class AboveSection:
    """``template`` shows ``rows``, each as the feature that registers it has it."""

    template: str
    rows: Sequence[Any]


AboveQuestions = Callable[[User, ResponseOverview, PlacedSection], AboveSection | None]
_above: list[AboveQuestions] = []


def register_above(above: AboveQuestions) -> None:
    """``above`` gives what stands over a section, None for nothing; at most one query."""
    _above.append(above)


def above_section(user: User, overview: ResponseOverview, place: PlacedSection) -> list[AboveSection]:
    return [found for above in _above if (found := above(user, overview, place)) is not None]
