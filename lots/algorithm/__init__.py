"""The drawing of lots: pure and seeded. Knows nothing of Django; needs nothing but Python."""

from lots.algorithm.chain import StandingResult, standing_after
from lots.algorithm.chained import (
    ChainedDraw,
    announcement_on,
    brought_in,
    check_terms,
    commitment_on,
    draw_on,
)
from lots.algorithm.conflict import ConflictRule, Demand, Mend, RuleConflict
from lots.algorithm.draw import FinishedDraw, ImpossibleDrawError, announcement, commitment_of, draw
from lots.algorithm.feasibility import Tightness, feasibility
from lots.algorithm.frozen import DrawInput
from lots.algorithm.result import DrawnPairing
from lots.algorithm.rules import RuleFinding
from lots.algorithm.switches import SwitchError, Switches
from lots.algorithm.table import INSTRUMENTS, ROLES, Party, PartyTable, TableError, read_parties, table_of
from lots.algorithm.terms import (
    ANEW,
    AS_MADE,
    BROUGHT_IN,
    COMPLETED,
    FIRST,
    KEPT,
    NEXT_PHASE,
    SUPPLEMENTARY,
    DrawTerms,
    pairs_of,
)

__all__ = [
    "ANEW",
    "AS_MADE",
    "BROUGHT_IN",
    "COMPLETED",
    "FIRST",
    "INSTRUMENTS",
    "KEPT",
    "NEXT_PHASE",
    "ROLES",
    "SUPPLEMENTARY",
    "ChainedDraw",
    "ConflictRule",
    "Demand",
    "DrawInput",
    "DrawTerms",
    "DrawnPairing",
    "FinishedDraw",
    "ImpossibleDrawError",
    "Mend",
    "Party",
    "PartyTable",
    "RuleConflict",
    "RuleFinding",
    "StandingResult",
    "SwitchError",
    "Switches",
    "TableError",
    "Tightness",
    "announcement",
    "announcement_on",
    "brought_in",
    "check_terms",
    "commitment_of",
    "commitment_on",
    "draw",
    "draw_on",
    "feasibility",
    "pairs_of",
    "read_parties",
    "standing_after",
    "table_of",
]
