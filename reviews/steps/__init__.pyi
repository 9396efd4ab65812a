from .services.advancing import (
    advance_to_kind as advance_to_kind,
    advance_to_next as advance_to_next,
    correct_milestones as correct_milestones,
    move_back as move_back,
    reach_milestone as reach_milestone,
    reach_row as reach_row,
    recompute_due_dates as recompute_due_dates,
    record_consultations as record_consultations,
    record_processing as record_processing,
)
from .services.announcements import (
    open_exchange as open_exchange,
    opens_with_answers as opens_with_answers,
    receive_answers as receive_answers,
    tell_of_recall as tell_of_recall,
    tell_of_version as tell_of_version,
)
from .services.taking_over import (
    PastCourse as PastCourse,
    holds_course as holds_course,
    may_be_taken_over as may_be_taken_over,
    take_over_course as take_over_course,
)
