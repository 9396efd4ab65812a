from .selectors import (
    added_to as added_to,
    draw_before as draw_before,
    draws_before as draws_before,
    draws_named as draws_named,
    draws_on as draws_on,
    draws_that_began as draws_that_began,
    last_of_chain as last_of_chain,
    lock_chain as lock_chain,
    obstacle_to as obstacle_to,
    phases_missed_too as phases_missed_too,
    result_hash_of as result_hash_of,
    results_named as results_named,
    results_until as results_until,
)
from .terms import (
    additions_to as additions_to,
    first_terms as first_terms,
    instrument_words as instrument_words,
    instruments_of as instruments_of,
    roles_of as roles_of,
    roles_to_draw as roles_to_draw,
)
