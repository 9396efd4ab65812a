from .other_dates import OtherDates as OtherDates
from .selectors import (
    DraftRules as DraftRules,
    DueReminder as DueReminder,
    PlannerRun as PlannerRun,
    RuleSet as RuleSet,
    dues as dues,
    dues_of_runs as dues_of_runs,
    reminder_rules as reminder_rules,
    rule_set_of as rule_set_of,
)
from .services import RulesChangedError as RulesChangedError, change_reminder_rules as change_reminder_rules
from .validators import FURTHEST_DAYS as FURTHEST_DAYS, check_rules as check_rules
