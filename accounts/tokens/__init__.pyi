from .selectors import register_states_acted_for as register_states_acted_for, tokens_of as tokens_of
from .services import end_tokens_of as end_tokens_of, end_tokens_without_a_place as end_tokens_without_a_place
