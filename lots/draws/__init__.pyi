from .pages import (
    BelowDraw as BelowDraw,
    DrawPage as DrawPage,
    MechanismPage as MechanismPage,
    source_words as source_words,
    url_of as url_of,
)
from .selectors import (
    draws_of as draws_of,
    file_of as file_of,
    files_of as files_of,
    frozen_twin as frozen_twin,
    get_public_draw as get_public_draw,
    get_seed_part as get_seed_part,
    is_result_public as is_result_public,
    opening_days as opening_days,
    public_draws as public_draws,
    publication_of as publication_of,
    regional_groups_in as regional_groups_in,
    rules_of as rules_of,
    seed_parts_of as seed_parts_of,
    with_people as with_people,
)
from .services import lock_draw as lock_draw
