"""Which languages the States of a review use, for a first proposal of working languages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import StateParty
from reviews.enums import ParticipationRole
from reviews.models import Participation


@dataclass(frozen=True, slots=True)
class LanguagesOfState:
    """``mostly_used``: with the United Nations, empty where unknown; ``people``: how many say they work in which."""

    state: StateParty
    mostly_used: str
    people: Counter[str]


def languages_of_states(states: Sequence[StateParty], participants: Iterable[Participation]) -> list[LanguagesOfState]:
    """In the order of ``states``; ``participants`` as of ``participants_of``. Whom a State consults is not counted."""
    spoken: dict[object, Counter[str]] = {state.pk: Counter() for state in states}
    for row in participants:
        if row.role != ParticipationRole.NATIONAL_CONTRIBUTOR:
            spoken[row.state_party_id].update(set(row.user.working_languages))
    return [LanguagesOfState(state, state.un_language, spoken[state.pk]) for state in states]


def suggested_languages(rows: Sequence[LanguagesOfState], usual: int) -> list[str]:
    """At most ``usual`` languages to begin a proposal with: what most States use, then what most people work in.

    Among equals that of the State under review comes first, for its laws and answers are in it.
    """
    states = Counter(row.mostly_used for row in rows if row.mostly_used)
    people: Counter[str] = sum((row.people for row in rows), Counter())
    own = rows[0].mostly_used if rows else ""
    known = sorted(states | people, key=lambda code: (-states[code], code != own, -people[code], code))
    wanted = [own, *(code for code in known if code != own)] if own else known
    return wanted[:usual]
