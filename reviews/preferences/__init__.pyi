from .selectors import (
    colleagues_in as colleagues_in,
    delegations_by as delegations_by,
    delegations_to as delegations_to,
    mutes_of as mutes_of,
    open_milestone_of as open_milestone_of,
    snoozes_of as snoozes_of,
)
from .services import (
    hand_on_reminders as hand_on_reminders,
    mute_review as mute_review,
    postpone_reminders as postpone_reminders,
    set_reminder_hour as set_reminder_hour,
    take_back_reminders as take_back_reminders,
    unmute_review as unmute_review,
)
