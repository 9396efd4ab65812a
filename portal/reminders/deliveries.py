"""Mails for the secretariat, by whom and what they are for; their words are not shown."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.people.models import Affiliation
from core.mail.reports import NOT_ARRIVED
from core.models import Notification

MISSING = "missing"  # stands among the statuses of the filter: failed or bounced


def deliveries(
    *, text: str = "", state: str = "", review: str = "", day: dt.date | None = None, status: str = ""
) -> QuerySet[Notification]:
    """The newest first. ``state`` is the code of a State to which the person belongs, ``review`` what it is about."""
    found = Notification.objects.select_related("recipient").order_by("-created_at", "pk")
    if text:
        found = found.filter(Q(recipient__full_name__icontains=text) | Q(recipient__email__icontains=text))
    if state:
        belongs = Affiliation.objects.filter(ends_on=None, state_party__iso3__iexact=state)
        found = found.filter(recipient__in=belongs.values("user"))
    if review:
        found = found.filter(about__contains=[review.upper()])
    if day:
        found = found.filter(created_at__date=day)
    if status == MISSING:
        return found.filter(status__in=NOT_ARRIVED)
    return found.filter(status=status) if status else found


def get_delivery(key: str) -> Notification:
    """One mail. Raises Http404 when there is none; the caller asks the policy."""
    found = Notification.objects.select_related("recipient").filter(pk=key).first()
    if found is None:
        raise Http404(_("There is no such page."))
    return found
