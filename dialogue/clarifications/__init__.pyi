from .services import (
    close_clarification as close_clarification,
    draft_answer as draft_answer,
    draft_clarification as draft_clarification,
    send_answer as send_answer,
    send_clarification as send_clarification,
)
