from .instructions import (
    CHECKED_FILES as CHECKED_FILES,
    COMMITMENT_COMMANDS as COMMITMENT_COMMANDS,
    EXAMPLE_SEED as EXAMPLE_SEED,
    commands_for as commands_for,
)
from .selectors import (
    SeedSoFar as SeedSoFar,
    Turn as Turn,
    find_turn as find_turn,
    groups_of as groups_of,
    seed_so_far as seed_so_far,
    turns_of as turns_of,
)
from .services.drawing import run_draw as run_draw, store_result as store_result
from .services.seeds import commit_seed_part as commit_seed_part, reveal_seed_part as reveal_seed_part
