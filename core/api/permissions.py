from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from core.policy import require


class PolicyPermission(IsAuthenticated):
    """Ask the policy for the view's ``policy_action`` on what ``get_policy_target`` gives (a selector's object).

    The view names its action and decides nothing, as a page does (``core.views.PolicyView``).
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        target = view.get_policy_target() if hasattr(view, "get_policy_target") else None
        require(request.user, view.policy_action, target)  # type: ignore[attr-defined]
        return True
