import django_filters
from django.utils.translation import gettext_lazy as _

from core.enums import NotificationStatus
from core.web.filters import PortalFilterSet, SelectFilter, TextFilter, by
from portal.reminders.deliveries import MISSING, about_review, of_status, to_people_of, to_person
from portal.reminders.forms import day_input


class DeliveryFilterSet(PortalFilterSet):
    """Mails by whom they are for, what they are about, when they were made and what has become of them."""

    q = TextFilter(label=_("Name or e-mail address"), method=by(to_person))
    state = django_filters.CharFilter(label=_("Code of the State"), max_length=3, method=by(to_people_of))
    review = django_filters.CharFilter(label=_("Code of the review"), max_length=20, method=by(about_review))
    day = django_filters.DateFilter("created_at__date", label=_("Day"), widget=day_input())
    status = SelectFilter(
        label=_("Status"),
        choices=[(MISSING, _("Failed or bounced")), *NotificationStatus.choices],
        method=by(of_status),
    )
