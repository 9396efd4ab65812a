"""Whom the draw is measured on: the parties of 2020, and any number of invented States like them."""

from collections import defaultdict
from pathlib import Path

from lots.algorithm import Party, PartyTable, Switches, read_parties, table_of

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "states_parties.csv"
AS_OF = "2020-10-12"


def parties_of_2020(switches: Switches) -> PartyTable:
    return read_parties(FILE.read_bytes(), as_of=AS_OF, switches=switches)


def invented(count: int, switches: Switches) -> PartyTable:
    """States in the regional groups, and with the instruments, of the 190, in the same proportions."""
    real = parties_of_2020(switches).parties
    regions = defaultdict(list)
    for party in real:
        regions[party.regional_group].append(party.instruments)
    exact = {region: count * len(members) / len(real) for region, members in regions.items()}
    sizes = {region: int(size) for region, size in exact.items()}
    # What rounding has left over goes to the largest remainders.
    for region in sorted(exact, key=lambda region: sizes[region] - exact[region])[: count - sum(sizes.values())]:
        sizes[region] += 1
    parties: list[Party] = []
    for region, members in sorted(regions.items()):
        members.sort()
        for place in range(sizes[region]):
            code = _code(len(parties))
            parties.append(Party(code, f"State {code}", region, members[place * len(members) // sizes[region]]))
    return table_of(parties, switches)


def _code(number: int) -> str:
    return "".join(chr(ord("A") + number // step % 26) for step in (26 * 26, 26, 1))
