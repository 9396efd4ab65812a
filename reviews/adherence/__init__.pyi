from .selectors import statements_of as statements_of
from .services import (
    NewAdherence as NewAdherence,
    record_adherences as record_adherences,
    wrong_day as wrong_day,
)
