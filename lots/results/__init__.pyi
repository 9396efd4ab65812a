from .diagram import diagram_of as diagram_of, tone_of as tone_of
from .selectors import (
    DrawnDuty as DrawnDuty,
    DrawnReviewer as DrawnReviewer,
    DrawnState as DrawnState,
    drawn_once_more as drawn_once_more,
    drawn_states as drawn_states,
    entries_of as entries_of,
    pictured as pictured,
)
