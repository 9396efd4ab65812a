from .selectors import (
    has_second_factor as has_second_factor,
    recovery_codes_of as recovery_codes_of,
    register_grace as register_grace,
    second_factor_due as second_factor_due,
    second_factors_of as second_factors_of,
)
