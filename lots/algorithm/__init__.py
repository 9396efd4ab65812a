"""The drawing of lots: pure and seeded. Knows nothing of Django; needs nothing but Python."""

from lots.algorithm.conflict import ConflictRule, Demand, Mend, RuleConflict
from lots.algorithm.draw import FinishedDraw, ImpossibleDrawError, announcement, commitment_of, draw
from lots.algorithm.feasibility import Tightness, feasibility
from lots.algorithm.result import DrawnPairing
from lots.algorithm.rules import RuleFinding
from lots.algorithm.switches import SwitchError, Switches
from lots.algorithm.table import INSTRUMENTS, ROLES, Party, PartyTable, TableError, read_parties, table_of

__all__ = [
    "INSTRUMENTS",
    "ROLES",
    "ConflictRule",
    "Demand",
    "DrawnPairing",
    "FinishedDraw",
    "ImpossibleDrawError",
    "Mend",
    "Party",
    "PartyTable",
    "RuleConflict",
    "RuleFinding",
    "SwitchError",
    "Switches",
    "TableError",
    "Tightness",
    "announcement",
    "commitment_of",
    "draw",
    "feasibility",
    "read_parties",
    "table_of",
]
