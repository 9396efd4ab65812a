from .policy import PERMISSIONS as PERMISSIONS, facts_of_waiting as facts_of_waiting
from .selectors import (
    all_suggestions_visible_to as all_suggestions_visible_to,
    count_at_places as count_at_places,
    deciding_states as deciding_states,
    merged as merged,
    undecided_suggestions as undecided_suggestions,
)
from .services import (
    SuggestionInput as SuggestionInput,
    lock_suggestion as lock_suggestion,
    reject_suggestion as reject_suggestion,
    shown_of_new as shown_of_new,
    suggest as suggest,
)
from .views import SuggestionPage as SuggestionPage
