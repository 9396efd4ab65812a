from .selectors import (
    DueReminder as DueReminder,
    absences_of as absences_of,
    absent_now as absent_now,
    colleagues_in as colleagues_in,
    delegations_by as delegations_by,
    delegations_to as delegations_to,
    dues as dues,
    mutes_of as mutes_of,
    open_milestone_of as open_milestone_of,
    possible_deputies as possible_deputies,
    reminder_rules as reminder_rules,
    snoozes_of as snoozes_of,
)
from .services import (
    hand_on_reminders as hand_on_reminders,
    mute_review as mute_review,
    postpone_reminders as postpone_reminders,
    record_absence as record_absence,
    remove_absence as remove_absence,
    set_reminder_hour as set_reminder_hour,
    take_back_reminders as take_back_reminders,
    unmute_review as unmute_review,
)
