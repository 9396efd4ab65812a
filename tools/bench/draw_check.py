"""Whether a result keeps the rules, by the verifier that delegations download: it shares nothing with any solver."""

import csv
import io
from collections.abc import Mapping, Sequence

from lots.algorithm import DrawnPairing, PartyTable, Switches, announcement
from lots.algorithm.result import result_json
from lots.verifier.verify import Verifier

# Only our draw has a seed that anybody could deal the groups from again.
_OURS_ALONE = "groups_from_seed"


def broken_rules(
    table: PartyTable, switches: Switches, groups: Mapping[str, int], pairings: Sequence[DrawnPairing]
) -> list[tuple[str, str]]:
    """Each broken rule, and how."""
    verifier = Verifier([], {}, {})
    rows = list(csv.reader(io.StringIO(table.csv_bytes.decode(), newline="")))
    draw = {**announcement(table, switches, "2020-10-12"), "seed": ""}
    verifier.take_contents(rows, draw, result_json(groups, pairings))
    broken = [*verifier.broken_by_groups(), *verifier.broken_by_pairings(), *verifier.broken_by_numbers()]
    return [(rule, how) for rule, how in broken if rule != _OURS_ALONE]
