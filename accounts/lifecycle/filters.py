from django.utils.translation import gettext_lazy as _

from accounts.lifecycle.selectors import people_named
from accounts.people.enums import AccountStatus
from core.web.filters import PortalFilterSet, SelectFilter, TextFilter, by


class AccountFilterSet(PortalFilterSet):
    """People of one status: first those who were invited and have not begun."""

    defaults = {"status": AccountStatus.INVITED}

    q = TextFilter(label=_("Name or e-mail address"), method=by(people_named))
    status = SelectFilter(
        label=_("Status"),
        choices=[
            (AccountStatus.INVITED, _("Invited, not yet active")),
            (AccountStatus.ACTIVE, _("Active")),
            (AccountStatus.ENDED, _("Closed")),
        ],
        empty_label=None,
        required=True,
    )
