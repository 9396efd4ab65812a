from .asked import register_answered as register_answered
from .selectors import (
    all_let_name as all_let_name,
    asked_in as asked_in,
    experts_to_name as experts_to_name,
    names_shown as names_shown,
    not_named_any_more as not_named_any_more,
    number_gone as number_gone,
    refused_since as refused_since,
)
from .services import answer_naming as answer_naming, ask_for_names as ask_for_names
