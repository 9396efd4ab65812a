from .selectors import milestone_of as milestone_of, people_asked as people_asked
from .services import (
    answer_time_change as answer_time_change,
    ask_extension as ask_extension,
    ask_pause as ask_pause,
    record_time_change as record_time_change,
)
