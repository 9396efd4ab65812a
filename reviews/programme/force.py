"""When a treaty begins to bind a State: some days after the deposit, and a Protocol not before its Convention.

Source: United Nations Convention against Transnational Organized Crime, articles 37 (2) and 38; the last articles of
its Protocols and of the Convention against Corruption say the same of themselves. The numbers are rows.
"""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Clause:
    """What an instrument says of its entry into force for a State.

    ``days`` after the deposit, not before ``in_force_on`` (the day on which the instrument itself entered into force),
    and not before ``supplements`` binds the State, where that is named.
    """

    days: int
    in_force_on: dt.date | None = None
    supplements: object = None

    def after(self, deposited_on: dt.date) -> dt.date:
        """The day by this clause alone."""
        day = deposited_on + dt.timedelta(days=self.days)
        return max(day, self.in_force_on) if self.in_force_on else day


def entries_into_force(deposits: Mapping[Key, dt.date], clauses: Mapping[Key, Clause]) -> dict[Key, dt.date]:
    """From which day each instrument binds a State; one that it has joined and that cannot bind it yet is left out."""
    days = {key: _entry(key, deposits, clauses) for key in deposits}
    return {key: day for key, day in days.items() if day is not None}


def _entry(key: Key, deposits: Mapping[Key, dt.date], clauses: Mapping[Key, Clause]) -> dt.date | None:
    days: list[dt.date] = []
    seen: set[Key] = set()
    link: Key | None = key
    while link is not None and link not in seen:
        if link not in deposits:
            return None
        seen.add(link)
        days.append(clauses[link].after(deposits[link]))
        link = clauses[link].supplements  # type: ignore[assignment]
    return max(days)
