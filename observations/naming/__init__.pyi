from .asked import register_answered as register_answered
from .selectors import (
    all_let_name as all_let_name,
    asked_in as asked_in,
    has_refused_since as has_refused_since,
    named_in as named_in,
)
from .services import answer_naming as answer_naming, ask_for_names as ask_for_names
