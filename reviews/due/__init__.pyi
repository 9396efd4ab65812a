from .selectors.milestones import (
    debtor_names as debtor_names,
    next_act as next_act,
    next_milestone_of as next_milestone_of,
    open_milestones as open_milestones,
    overdue as overdue,
    timeline_of as timeline_of,
    with_next_act as with_next_act,
)
from .selectors.places import (
    is_past as is_past,
    know_states as know_states,
    states_owing as states_owing,
    today_where_owed as today_where_owed,
)
from .selectors.shares import (
    register_shares as register_shares,
    reviews_with_share_done as reviews_with_share_done,
    shares_done as shares_done,
)
