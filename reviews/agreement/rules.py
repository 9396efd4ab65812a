"""What the words of the States of a review on one thing come to; pure.

This is the whole rule, whatever the States are asked about. A feature says who is asked, which answers were given to
what stands now, and what follows. Source: a review is led by agreement of its States (resolution 10/1, annex I); how
they agree it does not say, so that the ways here are the portal's.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from accounts.states.models import StateParty
from core.errors import ServiceError


class Said(Protocol):
    """A State's word on what stands. Rows that can only be a yes say so by a constant."""

    @property
    def state_party_id(self) -> Any: ...

    @property
    def agrees(self) -> Any: ...  # bool; mypy meets the rows before it knows what their fields give


S = TypeVar("S", bound=Said)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word(Generic[S]):
    """What a State has said; ``answer`` is None as long as it has said nothing.

    ``is_waited_for``: nothing is agreed without its word. ``silent_from``: the day on which its silence will be
    counted as a yes, None where it never is.
    """

    state: StateParty
    answer: S | None
    is_waited_for: bool
    silent_from: dt.date | None = None

    @property
    def is_missing(self) -> bool:
        return self.answer is None and self.is_waited_for


@dataclass(frozen=True, slots=True)
class Agreement(Generic[S]):
    """The words of the States of a review, the State under review first. A feature adds what they are about."""

    words: Sequence[Word[S]]

    @property
    def asked(self) -> list[Word[S]]:
        """Without those States that are not waited for and have said nothing."""
        return [word for word in self.words if word.is_waited_for or word.answer]

    @property
    def missing(self) -> list[StateParty]:
        """The States whose word is waited for."""
        return [word.state for word in self.words if word.is_missing]

    @property
    def is_refused(self) -> bool:
        """One no is enough, whoever else has said what."""
        return any(word.answer is not None and not word.answer.agrees for word in self.words)

    @property
    def is_agreed(self) -> bool:
        """Not before the last word has come. Silence is none: where it counts, the yes is written down on its day."""
        return not self.is_refused and not self.missing

    def answer_of(self, state_party_id: Any) -> S | None:
        return next((word.answer for word in self.words if word.state.pk == state_party_id), None)

    def waits_for(self, state_party_id: Any) -> bool:
        """Whether the word of this State is missing; of None, who acts for no State, it never is."""
        return any(word.is_missing and word.state.pk == state_party_id for word in self.words)


def words_of(
    states: Iterable[StateParty], answers: Iterable[S], *, not_waited_for: Collection[Any] = ()
) -> list[Word[S]]:
    """What each of ``states`` has said, in their order; ``answers`` are those given to what stands now, one a State.

    The answer of a State that takes part no longer counts for nothing. ``not_waited_for`` holds keys of States: whoever
    has agreed by asking, or is absent (``Absences``).
    """
    said = {answer.state_party_id: answer for answer in answers}
    return [Word(state, said.get(state.pk), state.pk not in not_waited_for) for state in states]


def require_current(row: T | None, stale: ServiceError, **shown: object) -> T:
    """``row``, which stands now, where it is what the person was ``shown``: nobody answers what he or she has not seen.

    ``shown`` is what the feature knows it by: a revision, a number, the hash of a text, a status. Raises ``stale``
    where nothing or something else stands.
    """
    if row is None or any(getattr(row, name) != value for name, value in shown.items()):
        raise stale
    return row
