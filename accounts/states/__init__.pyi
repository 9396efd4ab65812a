from .api import StateSerializer as StateSerializer
from .forms import StateField as StateField, grouped_states as grouped_states
from .selectors import (
    all_states as all_states,
    codes_by_name as codes_by_name,
    get_state as get_state,
    in_order_of_names as in_order_of_names,
    keys_by_name as keys_by_name,
    name_order as name_order,
    offered_states as offered_states,
    order_of_name as order_of_name,
    regional_groups as regional_groups,
    sorted_by_name as sorted_by_name,
    states_among as states_among,
    states_named as states_named,
    zone_of_state as zone_of_state,
)
