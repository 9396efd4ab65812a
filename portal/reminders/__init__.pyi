from .deliveries import MISSING as MISSING
from .planner import digests_at as digests_at, plan_reminders as plan_reminders
