"""Which mails arrived, for the secretariat."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.enums import AccountAction
from accounts.services.deliveries import retry_delivery
from core.mail_reports import bouncing, rows_of
from core.models import Notification
from core.pagination import NumberedPaginator
from core.policy import require
from core.views import PolicyView, ServiceActionView
from portal.forms.reminders import DeliveryFilterForm
from portal.reminders.deliveries import deliveries, get_delivery

PAGE_SIZE = 25


class DeliveryListView(PolicyView, TemplateView):
    policy_action = AccountAction.VIEW_DELIVERIES
    template_name = "portal/delivery_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DeliveryFilterForm(self.request.GET)
        chosen = dict(form.cleaned_data) if form.is_valid() else {}
        text = chosen.pop("q", "")
        page = NumberedPaginator(deliveries(text=text, **chosen), PAGE_SIZE).get_page(self.request.GET.get("page"))
        rows = rows_of(page.object_list)
        return super().get_context_data(
            form_filter=form,
            page=page,
            rows=rows,
            bouncing=bouncing({row["mail"].recipient_id for row in rows}),
            **kwargs,
        )


class DeliveryRetryView(ServiceActionView):
    policy_action = AccountAction.RETRY_DELIVERY
    policy_target: Notification

    def get_policy_target(self) -> Notification:
        require(self.request.user, AccountAction.VIEW_DELIVERIES)
        return get_delivery(self.kwargs["delivery"])

    def perform(self) -> str:
        retry_delivery(actor=self.request.user, notification=self.policy_target)
        return _("The mail to %(person)s is sent once more.") % {"person": self.policy_target.recipient}

    def next_url(self) -> str:
        return reverse("portal:delivery-list")
