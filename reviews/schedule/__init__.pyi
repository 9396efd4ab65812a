from .selectors.dates import (
    ComputedDates as ComputedDates,
    Move as Move,
    computed_dates_of as computed_dates_of,
    events_of as events_of,
    moves_to as moves_to,
    running_pause as running_pause,
    with_agreed_changes as with_agreed_changes,
)
from .selectors.days_off import days_off_of as days_off_of, holidays_of as holidays_of
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
