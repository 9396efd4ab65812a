from .selectors import (
    KeptAnswer as KeptAnswer,
    kept_answers as kept_answers,
    kept_proposals as kept_proposals,
    number_to_look_at as number_to_look_at,
)
from .services import settle_kept_answer as settle_kept_answer
