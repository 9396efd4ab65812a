from .selectors import also_says_what_follows as also_says_what_follows, statements_of as statements_of
from .services import (
    NewAdherence as NewAdherence,
    record_adherences as record_adherences,
    wrong_day as wrong_day,
)
