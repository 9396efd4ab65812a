from .chains import place_in_mechanism as place_in_mechanism
from .clock import (
    NO_DAYS_OFF as NO_DAYS_OFF,
    AgreedDate as AgreedDate,
    DaysOff as DaysOff,
    DueDate as DueDate,
    Events as Events,
    Pause as Pause,
    PlanError as PlanError,
    PlannedMilestone as PlannedMilestone,
    compute_due_dates as compute_due_dates,
)
from .forms import StateField as StateField, grouped_states as grouped_states
from .questions import question_number as question_number
from .selectors import (
    adherences_of as adherences_of,
    articles_for as articles_for,
    begin_to_bind as begin_to_bind,
    get_mechanism as get_mechanism,
    instruments as instruments,
    instruments_in_force_for as instruments_in_force_for,
    mechanisms as mechanisms,
    periods_of as periods_of,
    phases_of as phases_of,
    start_of_group as start_of_group,
    steps_of as steps_of,
    with_adherences as with_adherences,
)
from .shipped import (
    RULES as RULES,
    ShippedError as ShippedError,
    first_mechanism as first_mechanism,
    read_file as read_file,
    shipped_instruments as shipped_instruments,
    shipped_mechanisms as shipped_mechanisms,
)
from .validators import check_question_code as check_question_code
from .workflow import due_dates as due_dates, is_allowed_move as is_allowed_move
