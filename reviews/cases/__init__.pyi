from .capacities import (
    EXCHANGE_KINDS as EXCHANGE_KINDS,
    ROLE_GRANTS as ROLE_GRANTS,
    STATE_RELATION as STATE_RELATION,
    Capacity as Capacity,
    capacity_of as capacity_of,
    forget_capacities as forget_capacities,
    known_capacities as known_capacities,
    remember_capacities as remember_capacities,
    remember_capacity as remember_capacity,
    require_capacity as require_capacity,
    speaker_of as speaker_of,
    takes_part_with as takes_part_with,
)
from .chains import (
    chain_of_review as chain_of_review,
    place_in_review as place_in_review,
    place_of_piece as place_of_piece,
    place_of_request as place_of_request,
)
from .filters import OfficerFilter as OfficerFilter, ReviewFilterSet as ReviewFilterSet
from .forms import OfficerField as OfficerField
from .mails import tell as tell
from .navigation import (
    ReviewPart as ReviewPart,
    ReviewTab as ReviewTab,
    open_to_all as open_to_all,
    open_to_readers as open_to_readers,
    open_with as open_with,
    register_tab as register_tab,
    tabs_for as tabs_for,
)
from .policy import may_see_address as may_see_address
from .predicates import (
    IN_EXCHANGE as IN_EXCHANGE,
    ONLY_READERS as ONLY_READERS,
    ReviewFacts as ReviewFacts,
    drafter as drafter,
    focal_point as focal_point,
    has as has,
    reader as reader,
    reviewing as reviewing,
    sees_review as sees_review,
    takes_part as takes_part,
    under_review as under_review,
)
from .selectors.dates import (
    ComputedDates as ComputedDates,
    Move as Move,
    MovedDate as MovedDate,
    computed_dates_of as computed_dates_of,
    events_of as events_of,
    moves_to as moves_to,
    running_pause as running_pause,
    with_agreed_changes as with_agreed_changes,
)
from .selectors.lists import (
    begun as begun,
    counts_by_step as counts_by_step,
    matching as matching,
    ordered as ordered,
    overdue_count as overdue_count,
    owing as owing,
    reviews_of_mechanism as reviews_of_mechanism,
    reviews_of_state as reviews_of_state,
)
from .selectors.participation import (
    EXPECTED_MILESTONES as EXPECTED_MILESTONES,
    debtors_in as debtors_in,
    focal_points_among as focal_points_among,
    focal_points_of as focal_points_of,
    get_participation_for as get_participation_for,
    missing_roles as missing_roles,
    participants_of as participants_of,
    participants_visible_to as participants_visible_to,
    participations_of as participations_of,
    roles_missing as roles_missing,
    with_state as with_state,
)
from .selectors.places import (
    days_off_of as days_off_of,
    holidays_of as holidays_of,
    is_past as is_past,
    know_states as know_states,
    states_owing as states_owing,
    today_where_owed as today_where_owed,
)
from .selectors.plans import (
    get_plan_version as get_plan_version,
    get_row as get_row,
    newest_for as newest_for,
    plan_versions_of as plan_versions_of,
    planned_milestones as planned_milestones,
    published_plans as published_plans,
    rows_of as rows_of,
    running_reviews as running_reviews,
    version_for as version_for,
)
from .selectors.reasons import without_words as without_words
from .selectors.reviews import (
    STEPS_BEFORE_ANSWERS as STEPS_BEFORE_ANSWERS,
    debtor_names as debtor_names,
    for_list as for_list,
    get_review_for as get_review_for,
    get_state_taking_part as get_state_taking_part,
    has_begun as has_begun,
    instruments_of as instruments_of,
    kinds_of_steps as kinds_of_steps,
    lacks_step as lacks_step,
    next_act as next_act,
    next_milestone_of as next_milestone_of,
    open_milestones as open_milestones,
    overdue as overdue,
    reviewing_states_of as reviewing_states_of,
    reviews_visible_to as reviews_visible_to,
    states_of as states_of,
    states_taking_part as states_taking_part,
    step_changes_of as step_changes_of,
    timeline_of as timeline_of,
    untouched as untouched,
    with_next_act as with_next_act,
)
from .selectors.rules import (
    language_of as language_of,
    left_out_of as left_out_of,
    limit_of as limit_of,
    limits_of as limits_of,
    reviewing_bases as reviewing_bases,
)
from .selectors.shares import (
    register_shares as register_shares,
    reviews_with_share_done as reviews_with_share_done,
    shares_done as shares_done,
)
from .selectors.signs import silent as silent, under_way as under_way, with_last_sign as with_last_sign
from .services.announcements import (
    open_exchange as open_exchange,
    opens_with_answers as opens_with_answers,
    receive_answers as receive_answers,
)
from .services.clearances import record_clearance as record_clearance
from .services.locks import lock_review as lock_review, lock_with_review as lock_with_review
from .services.officers import assign_officer as assign_officer
from .services.participation import (
    end_participation as end_participation,
    note_completeness as note_completeness,
    register_participant as register_participant,
)
from .services.registration import find_or_invite_for_review as find_or_invite_for_review
from .services.reminders import remind as remind
from .services.replacement import replace_participant as replace_participant
from .services.reviews import Reviewer as Reviewer, open_review as open_review, withdraw_review as withdraw_review
from .services.steps import (
    advance_to_kind as advance_to_kind,
    advance_to_next as advance_to_next,
    reach_milestone as reach_milestone,
    reach_row as reach_row,
    recompute_due_dates as recompute_due_dates,
    record_consultations as record_consultations,
)
from .services.taking_over import (
    PastCourse as PastCourse,
    holds_course as holds_course,
    may_be_taken_over as may_be_taken_over,
    take_over_course as take_over_course,
)
from .services.teams import (
    TeamChange as TeamChange,
    change_team as change_team,
    follows_team as follows_team,
    team_change as team_change,
)
from .views import BelowParticipants as BelowParticipants, ReviewPage as ReviewPage, UnderReview as UnderReview
