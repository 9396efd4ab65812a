from typing import Any, ClassVar

from django.db.models import TextChoices
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from core.policy import require


class PolicyView(View):
    """A page that names its action; before anything else the policy is asked about the page's target.

    Subclasses set ``policy_action`` and, where there is one, give the target in ``get_policy_target`` (from a selector,
    which answers 404 for a stranger). Anonymous people are sent to the sign-in page by Django's middleware.
    """

    policy_action: ClassVar[TextChoices]
    policy_target: Any = None

    def get_policy_target(self) -> Any:
        return None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.policy_target = self.get_policy_target()
        require(request.user, self.policy_action, self.policy_target)
        return super().dispatch(request, *args, **kwargs)
