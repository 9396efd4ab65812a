"""What people say about their own reminders, and when the secretariat has people reminded at all.

Nobody decides on the reminders of somebody else. It is kept in the record of the portal, not in that of the review: how
somebody is reminded is no act of the review.
"""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text
from core.policy import require
from core.reference_site import reference_site
from reviews.cases import tell
from reviews.cases.enums import News, ReviewAction
from reviews.cases.models import Review, ReviewMilestone
from reviews.programme.enums import EvidenceMark
from reviews.programme.models import Mechanism
from reviews.reminders.models import (
    Absence,
    Mute,
    ReminderHour,
    ReminderRule,
    Snooze,
    TaskDelegation,
)
from reviews.reminders.selectors import RuleSet, colleagues_in, possible_deputies, rule_set_of
from reviews.reminders.validators import FURTHEST_DAYS, check_rules

_MAXIMUM_NOTE = 2000  # characters


class RulesChangedError(ServiceError):
    """Somebody has changed the rules since they were shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("The rules have changed since you were shown them. Nothing was stored."))


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


@transaction.atomic
def record_absence(*, actor: User, starts_on: dt.date, ends_on: dt.date, deputy: User | None) -> Absence:
    """Note that ``actor`` is away (both days included) and who of the own State takes over in common reviews."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    if ends_on < starts_on:
        raise ServiceError(_("The last day comes before the first."), field="ends_on")
    if ends_on < timezone.localdate():
        raise ServiceError(_("This absence is over already."), field="ends_on")
    if deputy is not None and deputy not in possible_deputies(actor):
        raise ServiceError(_("Choose a colleague of your own State."), field="deputy")
    if Absence.objects.filter(user=actor, starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ServiceError(_("You have recorded an absence in this time already."), field="starts_on")
    absence = Absence.objects.create(user=actor, starts_on=starts_on, ends_on=ends_on, deputy=deputy)
    facts = {"from": starts_on.isoformat(), "until": ends_on.isoformat(), "deputy": str(deputy.pk) if deputy else None}
    audit.record(actor, "reviews.absence.recorded", actor, after=facts)
    return absence


@transaction.atomic
def remove_absence(*, actor: User, absence: Absence) -> None:
    """Take back an absence of one's own (another one's is not found, see ``absences_of``)."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    facts = {"from": absence.starts_on.isoformat(), "until": absence.ends_on.isoformat()}
    absence.delete()
    audit.record(actor, "reviews.absence.removed", actor, before=facts)


@transaction.atomic
def change_reminder_rules(
    *, actor: Actor, mechanism: Mechanism, shown: RuleSet, wanted: RuleSet, reason: str
) -> tuple[RuleSet, RuleSet]:
    """Give a mechanism other rules of reminders; give those that are new, and those that are out of use.

    ``shown`` is what the writer knew, ``wanted`` all rules from now on. A rule that is not wanted is switched off and
    stays as a row, so that no start of the portal brings it back. Raises RulesChangedError where ``shown`` holds no
    longer, and ServiceError for days that cannot be, where nothing changes, and for want of a ``reason``.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    Mechanism.objects.select_for_update(no_key=True).get(pk=mechanism.pk)
    now = rule_set_of(mechanism)
    if now == wanted:
        raise ServiceError(_("These rules hold already."))
    if now != shown:
        raise RulesChangedError
    check_rules(wanted)
    reason = clean_text(reason, maximum=_MAXIMUM_NOTE, field="reason")
    if not reason:
        raise ServiceError(_("Say why the rules are changed."), field="reason")
    _write_rules(mechanism, new=wanted - now, gone=now - wanted, note=reason)
    before, after = ({"rules": _in_order(each)} for each in (now, wanted))
    after = {**after, **reference_site.facts_of(actor)}
    audit.record(actor, "reviews.reminder.rules_changed", mechanism, before=before, after=after, reason=reason)
    return wanted - now, now - wanted


def _write_rules(mechanism: Mechanism, *, new: RuleSet, gone: RuleSet, note: str) -> None:
    """The resolution knows no reminders: where a rule comes from is what the secretariat says of it."""
    rows = {(row.audience, row.days): row for row in ReminderRule.objects.filter(mechanism=mechanism)}
    for audience, days in new:
        row = rows.get((audience, days)) or ReminderRule(mechanism=mechanism, audience=audience, days=days)
        row.is_active, row.evidence_mark, row.evidence_note = True, EvidenceMark.INFERENCE, note
        row.save()
    for pair in gone:
        rows[pair].is_active = False
        rows[pair].save(update_fields=["is_active", "updated_at"])


def _in_order(rules: Collection[tuple[str, int]]) -> list[str]:
    return [f"{audience}: {days:+d}" for audience, days in sorted(rules)]
