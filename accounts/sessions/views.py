from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.people.enums import AccountAction
from accounts.sessions.services import end_other_sessions, end_session, open_sessions
from core.web.pages import Crumb
from core.web.views import PolicyView, ServiceActionView


class SessionListView(PolicyView, TemplateView):
    """Where one is signed in, and the way to end a session that is not one's own any more."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    title = gettext_lazy("Your sessions")
    template_name = "usersessions/usersession_list.html"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Sign-in and security"), reverse("mfa_index"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sessions=open_sessions(self.request), **kwargs)


class SessionActView(ServiceActionView):
    policy_action = AccountAction.VIEW_OWN_PROFILE

    @property
    def whose(self) -> dict[str, Any]:
        return {"actor": self.request.user, "current_key": self.request.session.session_key}

    def next_url(self) -> str:
        return reverse("usersessions_list")


class SessionEndView(SessionActView):
    def perform(self) -> str:
        end_session(session=self.kwargs["session"], **self.whose)
        return _("The session is ended.")


class OtherSessionsEndView(SessionActView):
    def perform(self) -> str:
        number = end_other_sessions(**self.whose)
        if not number:
            return _("There was no other session.")
        message = ngettext("%(number)d other session is ended.", "%(number)d other sessions are ended.", number)
        return message % {"number": number}
