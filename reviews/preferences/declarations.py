"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "reviews.reminder.postponed": _("postponed reminders of one’s own"),
    "reviews.reminder.handed_on": _("handed reminders to a colleague"),
    "reviews.reminder.taken_back": _("took back reminders that were postponed or handed on"),
    "reviews.reminder.muted": _("muted the reminders of a review"),
    "reviews.reminder.unmuted": _("asked for the reminders of a review again"),
    "reviews.reminder.hour_set": _("set the hour of one’s own reminders"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
