"""What will be sent to one person in the time to come, as things stand now, and the rules of a mechanism in words."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import get_language, gettext as _, ngettext

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from portal.reminders.days import day_of, leaves
from portal.reminders.digest import compose, facts_for, still_owed
from reviews.programme.models import Mechanism
from reviews.reminders import dues, reminder_rules
from reviews.reminders.enums import ReminderAudience
from reviews.reminders.models import ReminderRule

AHEAD = dt.timedelta(days=30)


def upcoming_digests(person: User, today: dt.date) -> list[tuple[dt.date, list[dict[str, Any]]]]:
    """The days from today on which a digest is sent, with what stands in it; a constant number of queries.

    It looks past the rooms, since whether a State has done its share decides; nothing of that is told.
    """
    with looking_past_rooms():
        chosen = [(day_of(due), due) for due in dues(today, today + AHEAD, today=today, person=person)]
        facts = facts_for(due for _day, due in chosen)
    chosen = [
        (day, due)
        for day, due in chosen
        if today <= day <= today + AHEAD and leaves(due, day) and still_owed(due, facts)
    ]
    chosen.sort(key=lambda pair: pair[0])
    here = get_language() or ""
    days = groupby(chosen, key=lambda pair: pair[0])
    return [(day, compose((due for _day, due in pairs), facts, person, language=here)["items"]) for day, pairs in days]


def rules_in_words(mechanism: Mechanism) -> list[tuple[str, list[ReminderRule]]]:
    """The rules in the order of time, grouped by when."""
    groups = groupby(reminder_rules(mechanism), key=lambda rule: rule.days)
    return [(when(days), list(rules)) for days, rules in groups]


def in_words(rules: Iterable[tuple[str, int]]) -> list[str]:
    """Each rule by itself, in the order of time."""
    in_order = sorted(rules, key=lambda rule: (rule[1], rule[0]))
    return [f"{ReminderAudience(audience).label}: {when(days)}" for audience, days in in_order]


def when(days: int) -> str:
    """When a rule writes, in words."""
    if days == 0:
        return _("On the indicative date")
    if days < 0:
        words = ngettext("%(days)d day before the indicative date", "%(days)d days before the indicative date", -days)
        return words % {"days": -days}
    words = ngettext("%(days)d day after the indicative date", "%(days)d days after the indicative date", days)
    return words % {"days": days}
