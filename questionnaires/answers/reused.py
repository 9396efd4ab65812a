"""What stands beside a question so that nothing is answered twice: a feature above this one registers it here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accounts.people.models import User
from questionnaires.definitions import PlacedSection
from questionnaires.progress import ItemState, ResponseOverview

BesideSection = Callable[[User, ResponseOverview, PlacedSection, Sequence[ItemState]], Mapping[str, Any]]
_beside: list[BesideSection] = []


def register_reuse(beside: BesideSection) -> None:
    """``beside`` gives by code what stands there for who answers a section (``questionnaires/reuse/_beside.html``)."""
    _beside.append(beside)


def reuse_beside(
    user: User, overview: ResponseOverview, place: PlacedSection, items: Sequence[ItemState]
) -> dict[str, Any]:
    return {code: box for beside in _beside for code, box in beside(user, overview, place, items).items()}
