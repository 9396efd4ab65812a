from .selectors import (
    acts_within as acts_within,
    staff_sessions_of_state as staff_sessions_of_state,
)
