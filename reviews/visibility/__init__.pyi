from .selectors import (
    STEPS_BEFORE_ANSWERS as STEPS_BEFORE_ANSWERS,
    get_review_for as get_review_for,
    get_state_taking_part as get_state_taking_part,
    has_begun as has_begun,
    instruments_of as instruments_of,
    kinds_of_steps as kinds_of_steps,
    lacks_step as lacks_step,
    reviewing_states_of as reviewing_states_of,
    reviews_visible_to as reviews_visible_to,
    states_of as states_of,
    states_taking_part as states_taking_part,
    step_changes_of as step_changes_of,
)
