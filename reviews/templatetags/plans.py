"""The durations of a step plan in words."""

from django import template
from django.utils.translation import gettext as _, ngettext

from reviews.programme.enums import DurationUnit
from reviews.programme.models import StepPlan

register = template.Library()


def duration_words(row: StepPlan) -> str:
    """ "6 months"."""
    words = {
        DurationUnit.DAYS: ngettext("%(number)d day", "%(number)d days", row.amount),
        DurationUnit.WEEKS: ngettext("%(number)d week", "%(number)d weeks", row.amount),
        DurationUnit.MONTHS: ngettext("%(number)d month", "%(number)d months", row.amount),
    }
    return words[DurationUnit(row.unit)] % {"number": row.amount}


@register.simple_tag
def counted(row: StepPlan) -> str:
    """The duration, and from what it counts."""
    if row.counted_from is None:
        return _("%(duration)s after the start of the review") % {"duration": duration_words(row)}
    facts = {"duration": duration_words(row), "milestone": row.counted_from.name}
    return _("%(duration)s after “%(milestone)s”") % facts
