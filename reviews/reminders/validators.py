"""What the rules of reminders must keep to."""

from collections import Counter

from django.utils.translation import gettext as _, ngettext

from core.errors import ServiceError
from reviews.reminders.enums import ReminderAudience

FURTHEST_DAYS = 90
MOST_RULES = 12
"""So many days for one audience: more would be no reminders any more (ours)."""


def check_rules(rules: frozenset[tuple[str, int]]) -> None:
    """Raise ServiceError, by the field of the audience, where a day is too far away or there are too many."""
    for audience, days in sorted(rules):
        if audience not in ReminderAudience.values:
            raise ServiceError(_("There is no such audience."))
        if abs(days) > FURTHEST_DAYS:
            raise ServiceError(_("At most 90 days before or after."), field=audience)
    for audience, number in Counter(audience for audience, _days in rules).items():
        if number > MOST_RULES:
            words = ngettext("At most %(most)d day.", "At most %(most)d days.", MOST_RULES)
            raise ServiceError(words % {"most": MOST_RULES}, field=audience)
