"""The nightly look at the record of acts, and the mail where something in it does not fit."""

import datetime as dt
import logging

from django.urls import reverse
from django.utils import translation

from accounts.enums import SecretariatRole
from accounts.models import User
from core import audit, notifications
from core.i18n import interface_language

logger = logging.getLogger(__name__)
_TOLD = (SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR)


def watch_record(today: dt.date) -> list[audit.Break]:
    """Verify every chain; owe administrators and auditors one mail a day for each that is broken, and log it."""
    broken = [found for chain in audit.chains() if (found := audit.first_break(chain))]
    for found in broken:
        logger.critical("the record %s does not fit from entry %s on", found.chain, found.sequence)
        for user in User.objects.filter(secretariat_role__in=_TOLD, is_active=True):
            with translation.override(interface_language(user.language)):
                context = {"chain": found.chain, "number": found.sequence, "path": reverse("portal:dashboard")}
            key = f"record-broken:{found.chain}:{today.isoformat()}:{user.pk}"
            notifications.queue(user, "accounts/record_broken", context, key=key)
    return broken
