"""The nightly look at the record of acts, and the mail where something in it does not fit."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from core import audit
from core.audit.roots.checking import RootFinding, findings, other_key
from core.audit.roots.giving import give_root
from core.language.i18n import interface_language
from core.mail import notifications

logger = logging.getLogger(__name__)
_TOLD = (SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR)
_MOST = 20  # findings in one mail


def watch_record(today: dt.date) -> list[audit.Break]:
    """Verify every chain; owe administrators and auditors one mail a day for each that is broken, and log it."""
    broken = [found for chain in audit.chains() if (found := audit.first_break(chain))]
    for found in broken:
        logger.critical("the record %s does not fit from entry %s on", found.chain, found.sequence)
        context: Callable[[], dict[str, Any]] = partial(dict, chain=found.chain, number=found.sequence)
        _tell("accounts/record_broken", context, key=f"record-broken:{found.chain}:{today.isoformat()}")
    return broken


def watch_roots(today: dt.date) -> list[RootFinding]:
    """Compare the record with every root that was ever given out, and give the root of today.

    In this order, so that nothing that is found is hidden by what is made now. One mail a day where anything is found,
    also where no root can be given.
    """
    found = findings()
    try:
        found += other_key(give_root(today))
    finally:
        for each in found:
            logger.critical("%s", each)
        if found:
            _tell("accounts/roots_differ", partial(_in_words, found), key=f"roots-differ:{today.isoformat()}")
    return found


def _in_words(found: Sequence[RootFinding]) -> dict[str, Any]:
    """The context of the mail, in the language that holds."""
    told = [
        {"fault": str(each.fault.label), "day": each.day.isoformat(), "chain": each.chain, "number": each.sequence}
        for each in found[:_MOST]
    ]
    return {"findings": told, "more": len(found) - len(told)}


def _tell(template: str, context: Callable[[], dict[str, Any]], *, key: str) -> None:
    for user in User.objects.filter(secretariat_role__in=_TOLD, is_active=True):
        with translation.override(interface_language(user.language)):
            said = {**context(), "path": reverse("portal:dashboard")}
        notifications.queue(user, template, said, key=f"{key}:{user.pk}")
