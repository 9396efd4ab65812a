from .policy import PERMISSIONS as PERMISSIONS, SuggestionFacts as SuggestionFacts
from .selectors import (
    count_at_places as count_at_places,
    deciding_states as deciding_states,
    undecided_suggestions as undecided_suggestions,
)
from .services import (
    SuggestionInput as SuggestionInput,
    lay_suggestion as lay_suggestion,
    reject_suggestion as reject_suggestion,
    suggest as suggest,
)
