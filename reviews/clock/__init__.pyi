from .engine import (
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
from .forecasting import (
    DayRange as DayRange,
    Experience as Experience,
    StepCurve as StepCurve,
    curve_of as curve_of,
    stretches as stretches,
    time_left as time_left,
    together as together,
)
from .workflow import due_dates as due_dates, is_allowed_move as is_allowed_move
