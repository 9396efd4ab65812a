"""Which of the three groups a State is in: dealt like cards (docs/draw-files.md, "Groups").

Procedures and rules, paragraph 17: three groups whose reviews start in consecutive years. Dealing keeps their sizes
within one of each other, and within each regional group too, as the method of the largest remainder does.
"""

from collections.abc import Sequence

from lots.algorithm.generator import Chance
from lots.algorithm.switches import Switches
from lots.algorithm.table import Party, PartyTable

NUMBERS = (1, 2, 3)
FIRST = NUMBERS[0]


def deal_groups(table: PartyTable, switches: Switches, chance: Chance) -> dict[str, int]:
    """The number of the group of each State."""
    numbers = chance.shuffle(NUMBERS)
    dealt = [code for stratum in _strata(table.parties, switches, chance) for code in chance.shuffle(stratum)]
    groups = {code: numbers[place % len(numbers)] for place, code in enumerate(dealt)}
    _place_volunteers(groups, table, switches, chance)
    return dict(sorted(groups.items()))


def _strata(parties: Sequence[Party], switches: Switches, chance: Chance) -> list[list[str]]:
    if not switches.stratify:
        return [[party.code for party in parties]]
    names = chance.shuffle(sorted({party.regional_group for party in parties}))
    return [[party.code for party in parties if party.regional_group == name] for name in names]


def _place_volunteers(groups: dict[str, int], table: PartyTable, switches: Switches, chance: Chance) -> None:
    for code in switches.volunteer:
        if groups[code] == FIRST:
            continue
        region = table.by_code[code].regional_group
        candidates = [
            other
            for other in sorted(groups)
            if groups[other] == FIRST
            and other not in switches.volunteer
            and (not switches.stratify or table.by_code[other].regional_group == region)
        ]
        if candidates:
            other = candidates[chance.below(len(candidates))]
            groups[code], groups[other] = groups[other], groups[code]


def late_group(code: str, table: PartyTable, groups: dict[str, int]) -> int:
    """The group that a late party joins: of the smallest, of those with the fewest of its regional group, the last."""
    region = table.by_code[code].regional_group

    def sizes(number: int) -> tuple[int, int, int]:
        members = [each for each, its in groups.items() if its == number]
        return len(members), sum(table.by_code[each].regional_group == region for each in members), -number

    return min(NUMBERS, key=sizes)
