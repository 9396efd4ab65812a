from typing import Any

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from core.policy import require


class PolicyPermission(IsAuthenticated):
    """Ask the policy for the view's ``action_for`` this request; the view names actions and decides nothing."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        if action := getattr(view, "policy_action", None):
            require(request.user, action, None)
        return True

    def has_object_permission(self, request: Request, view: APIView, obj: Any) -> bool:
        require(request.user, view.policy_object_action, obj)  # type: ignore[attr-defined]
        return True
