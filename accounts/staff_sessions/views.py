from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from accounts.people.enums import AccountAction
from accounts.people.models import StaffSession
from accounts.staff_sessions.forms import StaffSessionForm
from accounts.staff_sessions.selectors import acts_within, staff_sessions_of
from accounts.staff_sessions.services import end_staff_session, start_staff_session
from core.policy import explain
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView, ServiceActionView, ServiceFormView


class StaffSessionListView(PolicyView, ListPage):
    """One's own staff sessions, with what was done in each."""

    policy_action = AccountAction.VIEW_ACCOUNTS
    title = gettext_lazy("Your staff sessions")
    template_name = "accounts/staff_sessions/staff_session_list.html"
    page_size = 20

    def get_trail(self) -> list[Crumb]:
        return [_people()]

    def get_rows(self) -> Any:
        return staff_sessions_of(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = acts_within(list(self.page.object_list))
        return super().get_context_data(
            rows=[(session, acts[str(session.pk)]) for session in self.page.object_list],
            start_decision=explain(self.user, AccountAction.START_STAFF_SESSION),
            **kwargs,
        )


class StaffSessionStartView(ServiceFormView):
    policy_action = AccountAction.START_STAFF_SESSION
    form_class = StaffSessionForm
    title = gettext_lazy("Begin a staff session")
    template_name = "components/form_page.html"
    lead = gettext_lazy("It ends by itself after a while; you can end it earlier. Every act in it is recorded with it.")
    submit_label = pgettext_lazy("a staff session", "Begin")
    success_message = gettext_lazy("Your staff session has begun. Everything that you do in it is recorded.")

    def get_trail(self) -> list[Crumb]:
        return [_people(), Crumb(_("Your staff sessions"), reverse("accounts:staff-session-list"))]

    def get_initial(self) -> dict[str, Any]:
        return {"state": self.request.GET.get("state", "")}

    def perform(self, form: StaffSessionForm) -> StaffSession:
        user: Any = self.request.user
        values = form.cleaned_data
        return start_staff_session(actor=user, reason=values["reason"], state_party=values["state"])

    def success_url_for(self, result: StaffSession) -> str:
        """Back to the page that asked for a session."""
        back = self.request.GET.get("next", "")
        return back if _is_ours(self.request, back) else reverse("accounts:staff-session-list")


class StaffSessionEndView(ServiceActionView):
    policy_action = AccountAction.END_STAFF_SESSION

    def perform(self) -> str:
        user: Any = self.request.user
        end_staff_session(actor=user)
        return _("Your staff session has ended.")

    def next_url(self) -> str:
        return reverse("accounts:staff-session-list")


def _people() -> Crumb:
    return Crumb(_("People"), reverse("accounts:account-list"))


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
