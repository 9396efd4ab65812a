"""When the secretariat has people reminded at all."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.enums import AccountAction
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text
from core.policy import require
from core.reference_site import reference_site
from reviews.programme.enums import EvidenceMark
from reviews.programme.models import Mechanism
from reviews.reminders.models import ReminderRule
from reviews.reminders.selectors import RuleSet, rule_set_of
from reviews.reminders.validators import check_rules

_MAXIMUM_NOTE = 2000  # characters


class RulesChangedError(ServiceError):
    """Somebody has changed the rules since they were shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("The rules have changed since you were shown them. Nothing was stored."))


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
