from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from core.policy import is_binding, require
from core.web import reauthentication


class PolicyPermission(IsAuthenticated):
    """Ask the policy for the view's ``policy_action`` on what ``get_policy_target`` gives (a selector's object).

    The view names its action and decides nothing, as a page does (``core.web.views.PolicyView``).
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        target = view.get_policy_target() if hasattr(view, "get_policy_target") else None
        action = view.policy_action  # type: ignore[attr-defined]
        require(request.user, action, target)
        if is_binding(action) and not reauthentication.is_recent(request._request):
            raise PermissionDenied(_("This act binds a State and needs a recent sign-in."))
        return True
