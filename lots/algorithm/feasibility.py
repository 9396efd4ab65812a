"""Before a draw: for each regional group and instrument, whether reviewers can be found and how tight it is."""

from dataclasses import dataclass

from lots.algorithm.problem import MOST_DUTIES
from lots.algorithm.switches import Switches
from lots.algorithm.table import OTHER, ROLES, SAME, PartyTable

LEAST_PARTIES = 3  # two would have to review one another, which no draw allows


@dataclass(frozen=True, slots=True)
class Tightness:
    """One regional group and one instrument, so many of whose parties are of the group and ``elsewhere``.

    Each party needs one reviewer for the instrument from its group, one from elsewhere, or both, as ``roles`` say.
    """

    regional_group: str
    instrument: str
    parties: int
    elsewhere: int
    has_limit: bool
    roles: tuple[str, ...] = ROLES

    @property
    def spare(self) -> int:
        """How many parties could leave before no draw is possible; negative where none is."""
        return self.parties - (LEAST_PARTIES if ROLES[SAME] in self.roles else 1)

    @property
    def is_possible(self) -> bool:
        within_limit = not self.has_limit or self.parties <= MOST_DUTIES * self.elsewhere
        has_others = ROLES[OTHER] not in self.roles or (self.elsewhere > 0 and within_limit)
        return self.parties == 0 or (self.spare >= 0 and has_others)

    @property
    def use_of_elsewhere(self) -> int | None:
        """Of all duties that the parties elsewhere may have, how many this group needs, in per cent; None: no limit."""
        if not self.has_limit or not self.elsewhere or ROLES[OTHER] not in self.roles:
            return None
        return -(-100 * self.parties // (MOST_DUTIES * self.elsewhere))


def feasibility(table: PartyTable, switches: Switches, roles: tuple[str, ...] = ROLES) -> list[Tightness]:
    """A line for each regional group and instrument, groups by name; without late States, which come afterwards."""
    parties = [party for party in table.parties if party.code not in switches.late]
    joined = {
        name: [party.regional_group for party in parties if name in party.instruments] for name in table.instruments
    }
    groups = sorted({party.regional_group for party in parties})
    return [
        Tightness(
            regional_group=group,
            instrument=name,
            parties=joined[name].count(group),
            elsewhere=len(joined[name]) - joined[name].count(group),
            has_limit=switches.load != "soft",
            roles=roles,
        )
        for group in groups
        for name in table.instruments
    ]
