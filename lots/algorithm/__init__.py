"""The drawing of lots: pure and seeded. Knows nothing of Django; needs nothing but Python."""

from lots.algorithm.conflict import Conflict, Demand, Mend, Rule
from lots.algorithm.draw import Draw, ImpossibleDrawError, announcement, commitment_of, draw
from lots.algorithm.feasibility import Tightness, feasibility
from lots.algorithm.result import Pairing
from lots.algorithm.rules import Finding
from lots.algorithm.switches import SwitchError, Switches
from lots.algorithm.table import INSTRUMENTS, ROLES, Party, Table, TableError, read_parties, table_of

__all__ = [
    "INSTRUMENTS",
    "ROLES",
    "Conflict",
    "Demand",
    "Draw",
    "Finding",
    "ImpossibleDrawError",
    "Mend",
    "Pairing",
    "Party",
    "Rule",
    "SwitchError",
    "Switches",
    "Table",
    "TableError",
    "Tightness",
    "announcement",
    "commitment_of",
    "draw",
    "feasibility",
    "read_parties",
    "table_of",
]
