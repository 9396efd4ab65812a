from .selectors import (
    draw_before as draw_before,
    draws_before as draws_before,
    draws_on as draws_on,
    lock_chain as lock_chain,
    obstacle_to as obstacle_to,
    results_named as results_named,
    results_until as results_until,
)
from .terms import (
    first_terms as first_terms,
    instrument_words as instrument_words,
    instruments_of as instruments_of,
    roles_of as roles_of,
    roles_to_draw as roles_to_draw,
)
