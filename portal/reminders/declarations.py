"""What this feature declares to the kernel: mails whose subjects the secretariat may see."""

from core.mail.reports import register_told
from portal.reminders.planner import TEMPLATE


def declare() -> None:
    register_told(TEMPLATE)
