from .rows import ClarificationRow as ClarificationRow, thread_on_legal_system as thread_on_legal_system
from .selectors import law_key as law_key, laws_to_ask_about as laws_to_ask_about
from .services import (
    ask_about_legal_system as ask_about_legal_system,
    close_clarification as close_clarification,
    draft_answer as draft_answer,
    draft_clarification as draft_clarification,
    send_answer as send_answer,
    send_clarification as send_clarification,
)
