"""What people say about their own reminders.

Nobody decides on the reminders of somebody else. It is kept in the record of the portal, not in that of the review: how
somebody is reminded is no act of the review.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.policy import require
from reviews.cases import tell
from reviews.cases.enums import News, ReviewAction
from reviews.cases.models import Review, ReviewMilestone
from reviews.preferences.models import Mute, ReminderHour, Snooze, TaskDelegation
from reviews.preferences.selectors import colleagues_in
from reviews.reminders import FURTHEST_DAYS


def _require(actor: User, milestone: ReviewMilestone) -> None:
    require(actor, ReviewAction.MANAGE_REMINDERS, milestone.review)
    if milestone.reached_on is not None:
        raise ServiceError(_("This is done: nobody is reminded of it any more."))


def _facts(milestone: ReviewMilestone, **facts: str) -> dict[str, str]:
    return {"review": milestone.review.code, "milestone": milestone.plan.slug, **facts}


@transaction.atomic
def postpone_reminders(*, actor: User, milestone: ReviewMilestone, until: dt.date) -> Snooze:
    """Say nothing of this act to ``actor`` before the day ``until`` (from tomorrow, at most 90 days ahead)."""
    _require(actor, milestone)
    ahead = (until - timezone.localdate()).days
    if not 1 <= ahead <= FURTHEST_DAYS:
        raise ServiceError(_("Choose a day from tomorrow, at most 90 days ahead."), field="until")
    TaskDelegation.objects.filter(user=actor, milestone=milestone).delete()
    snooze, _is_new = Snooze.objects.update_or_create(user=actor, milestone=milestone, defaults={"until": until})
    audit.record(actor, "reviews.reminder.postponed", actor, after=_facts(milestone, until=until.isoformat()))
    return snooze


@transaction.atomic
def hand_on_reminders(*, actor: User, milestone: ReviewMilestone, colleague: User) -> TaskDelegation:
    """Let ``colleague``, who takes part for the same State in the same review, get the reminders of this act."""
    _require(actor, milestone)
    if colleague not in colleagues_in(actor, milestone.review):
        raise ServiceError(_("Choose a colleague of your State who takes part in this review."), field="colleague")
    Snooze.objects.filter(user=actor, milestone=milestone).delete()
    TaskDelegation.objects.filter(user=actor, milestone=milestone).delete()
    delegation = TaskDelegation.objects.create(user=actor, milestone=milestone, colleague=colleague)
    audit.record(actor, "reviews.reminder.handed_on", actor, after=_facts(milestone, to=str(colleague.pk)))
    key = f"handed-on:{delegation.pk}"
    tell([colleague], milestone.review, News.TASK_HANDED_ON, page="portal:review-detail", key=key)
    return delegation


@transaction.atomic
def take_back_reminders(*, actor: User, milestone: ReviewMilestone) -> bool:
    """Remind ``actor`` as the rules say again; False when nothing was postponed or handed on."""
    _require(actor, milestone)
    snoozed, _by_model = Snooze.objects.filter(user=actor, milestone=milestone).delete()
    handed_on, _by_model = TaskDelegation.objects.filter(user=actor, milestone=milestone).delete()
    if snoozed or handed_on:
        audit.record(actor, "reviews.reminder.taken_back", actor, after=_facts(milestone))
    return bool(snoozed or handed_on)


@transaction.atomic
def mute_review(*, actor: User, review: Review) -> bool:
    """End the reminders of a review for ``actor``, but for those that cannot be muted; False when they were."""
    require(actor, ReviewAction.MANAGE_REMINDERS, review)
    _mute, is_new = Mute.objects.get_or_create(user=actor, review=review)
    if is_new:
        audit.record(actor, "reviews.reminder.muted", actor, after={"review": review.code})
    return is_new


@transaction.atomic
def unmute_review(*, actor: User, review: Review) -> bool:
    require(actor, ReviewAction.MANAGE_REMINDERS, review)
    removed, _by_model = Mute.objects.filter(user=actor, review=review).delete()
    if removed:
        audit.record(actor, "reviews.reminder.unmuted", actor, after={"review": review.code})
    return bool(removed)


@transaction.atomic
def set_reminder_hour(*, actor: User, hour: int | None) -> None:
    """From which full hour of the day the reminders come, in the person's time zone; None for that of the rules."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    if hour is None:
        ReminderHour.objects.filter(user=actor).delete()
    else:
        ReminderHour.objects.update_or_create(user=actor, defaults={"hour": hour})
    audit.record(actor, "reviews.reminder.hour_set", actor, after={"hour": hour})
