from .acts import acts_of as acts_of
from .certificate_words import checks_of as checks_of, findings_of as findings_of
from .diagram import diagram_of as diagram_of, tone_of as tone_of
from .draw_files import (
    NAMES as NAMES,
    differences_from_a_new_run as differences_from_a_new_run,
    results_in as results_in,
    write_files as write_files,
)
from .files import file_response as file_response
from .from_parties import draw_from_parties as draw_from_parties, names_in as names_in
from .pages import (
    BelowDraw as BelowDraw,
    DrawPage as DrawPage,
    MechanismPage as MechanismPage,
    source_words as source_words,
    url_of as url_of,
)
from .programs import PROGRAMS as PROGRAMS, REPLAY as REPLAY
from .replay import archive_bytes as archive_bytes
from .selectors.chain import (
    draw_before as draw_before,
    draws_before as draws_before,
    draws_on as draws_on,
    lock_chain as lock_chain,
    obstacle_to as obstacle_to,
    results_named as results_named,
    results_until as results_until,
    standing_of as standing_of,
)
from .selectors.draws import (
    draws_of as draws_of,
    file_of as file_of,
    files_of as files_of,
    frozen_twin as frozen_twin,
    get_public_draw as get_public_draw,
    get_seed_part as get_seed_part,
    is_result_public as is_result_public,
    opening_days as opening_days,
    public_draws as public_draws,
    regional_groups_in as regional_groups_in,
    rules_of as rules_of,
    seed_parts_of as seed_parts_of,
    with_people as with_people,
)
from .selectors.publishing import publication_of as publication_of
from .selectors.results import (
    DrawnDuty as DrawnDuty,
    DrawnReviewer as DrawnReviewer,
    DrawnState as DrawnState,
    drawn_once_more as drawn_once_more,
    drawn_states as drawn_states,
    entries_of as entries_of,
    pictured as pictured,
)
from .selectors.rules import rules_set as rules_set
from .selectors.terms import (
    first_terms as first_terms,
    instrument_words as instrument_words,
    instruments_of as instruments_of,
    roles_of as roles_of,
    roles_to_draw as roles_to_draw,
)
from .services import lock_draw as lock_draw
from .switch_words import value_words as value_words
from .wording import first_of as first_of, impossible_words as impossible_words, rule_words as rule_words
