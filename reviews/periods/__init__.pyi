from .drawing import chart_of as chart_of
from .grid import (
    CellKey as CellKey,
    PeriodGrid as PeriodGrid,
    Span as Span,
    moved as moved,
    overlaps_in as overlaps_in,
)
from .selectors import (
    CellCounts as CellCounts,
    ProgrammeEffects as ProgrammeEffects,
    counts_of as counts_of,
    effects_of as effects_of,
    grid_of as grid_of,
)
from .validators import FIRST as FIRST, LAST as LAST, field_name as field_name, problems_of as problems_of
