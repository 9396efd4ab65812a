"""Days of grace without a second factor for everybody: who looks at the demo signs in with a printed passphrase.

A portal that serves people has none for focal points and the secretariat (``fixtures/reference/accounts.json``).
"""

import datetime as dt

from django.db import transaction
from django.db.models import F

from accounts.people import forget_account_rule
from accounts.people.enums import AccountRuleKey
from accounts.people.models import AccountRule

DAYS = 90
_SOURCE = "The demo: so that whoever looks at it can sign in with the printed passphrase."


def give_days_of_grace() -> None:
    """Change the rules of focal points and the secretariat where nobody has changed them since they were loaded."""
    for key in (AccountRuleKey.FOCAL_POINT_GRACE, AccountRuleKey.SECRETARIAT_GRACE):
        as_loaded = AccountRule.objects.filter(
            key=key, value=0, updated_at__lt=F("created_at") + dt.timedelta(seconds=1)
        )
        as_loaded.update(value=DAYS, source=_SOURCE)
        transaction.on_commit(lambda key=key: forget_account_rule(key))  # type: ignore[misc]
