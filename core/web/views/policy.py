from typing import Any, ClassVar

from django.db.models import TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.policy import is_binding, require
from core.web import reauthentication
from core.web.pages import Page


class PolicyView(Page):
    """A page that names its action; before anything else the policy is asked about the page's target.

    Subclasses set ``policy_action`` and, where there is one, give the target in ``get_policy_target`` (from a selector,
    which answers 404 for a stranger). Anonymous people are sent to the sign-in page by Django's middleware. Where the
    action binds a State, whoever may do it is asked for a recent sign-in first.
    """

    policy_action: ClassVar[TextChoices]
    policy_target: Any = None

    def get_policy_target(self) -> Any:
        return None

    @property
    def user(self) -> Any:
        """Who acts: somebody who is signed in, for the policy lets in nobody else."""
        return self.request.user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reauthentication.resume(request)  # first of all, so that a refusal has what was typed, and gives it back
        self.policy_target = self.get_policy_target()
        require(request.user, self.policy_action, self.policy_target)
        is_asked = is_binding(self.policy_action) and not reauthentication.is_recent(request)
        if is_asked and request.method.lower() in self.http_method_names:  # type: ignore[union-attr]
            return reauthentication.ask_for_sign_in(request)
        return super().dispatch(request, *args, **kwargs)
