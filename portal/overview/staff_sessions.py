from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.staff_sessions import acts_within, staff_sessions_of_state
from accounts.states import get_state
from accounts.states.models import StateParty
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView
from reviews.states.enums import StateAction


class StaffSessionsOfStateView(PolicyView, ListPage):
    """The staff sessions that concerned a State: who, when, why, and what was done in them."""

    policy_action = StateAction.VIEW_STAFF_SESSIONS
    policy_target: StateParty
    template_name = "portal/overview/state_staff_sessions.html"
    page_size = 20

    def get_policy_target(self) -> StateParty:
        return get_state(self.kwargs["iso3"])

    def get_title(self) -> str:
        return _("Staff sessions that concerned %(state)s") % {"state": self.policy_target}

    def get_trail(self) -> list[Crumb]:
        state = self.policy_target
        return [
            Crumb(_("States"), reverse("reviews:state-list")),
            Crumb(str(state), reverse("reviews:state-detail", args=[state.iso3])),
        ]

    def get_rows(self) -> Any:
        return staff_sessions_of_state(self.policy_target)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts = acts_within(list(self.page.object_list))
        rows = [(session, acts[str(session.pk)]) for session in self.page.object_list]
        return super().get_context_data(rows=rows, **kwargs)
