from .api import (
    MilestoneSerializer as MilestoneSerializer,
    ReviewListSerializer as ReviewListSerializer,
    StateSerializer as StateSerializer,
)
from .filters import OfficerFilter as OfficerFilter, ReviewFilterSet as ReviewFilterSet
from .selectors.last import last_filter as last_filter
from .selectors.narrowing import (
    begun as begun,
    counts_by_step as counts_by_step,
    matching as matching,
    ordered as ordered,
    overdue_count as overdue_count,
    owing as owing,
    reviews_of_mechanism as reviews_of_mechanism,
    reviews_of_state as reviews_of_state,
)
from .selectors.rows import for_list as for_list
from .selectors.signs import (
    paused_on as paused_on,
    silent as silent,
    under_way as under_way,
    with_last_sign as with_last_sign,
)
from .services import remember_filter as remember_filter
