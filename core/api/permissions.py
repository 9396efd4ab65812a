from typing import Any

from django.db.models import TextChoices
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.idempotency import is_repeated
from core.policy import PolicyRefusedError, is_binding, require
from core.web import reauthentication

BIND = "bind"


def require_scope(request: Request, view: Any) -> None:
    """Raise PermissionDenied where the request came by an access token that does not reach as far as this address.

    ``view.scope_group`` names what the address belongs to: empty for what each token may, None for what none may. A
    token for one State opens only views that say how they heed that (``view.heeds_state``).
    """
    token: Any = request.auth
    if token is None:
        return
    if view.scope_group is None:
        raise PermissionDenied(_("No access token opens this address."))
    if view.scope_group:
        require_group(request, view.scope_group)
    if token.state_party_id is not None and not view.heeds_state:
        raise PermissionDenied(_("This access token is for one State, and this address is not."))


def require_group(request: Request, group: str) -> None:
    """Raise PermissionDenied where the request came by an access token without the scope of this group."""
    if request.auth is not None:
        _require(request.auth, f"{group}:{'read' if request.method in SAFE_METHODS else 'write'}")


def _require(token: Any, scope: str) -> None:
    if scope not in token.scopes:
        raise PermissionDenied(_("This access token does not allow that. It would need: %(scope)s") % {"scope": scope})


class PolicyPermission(IsAuthenticated):
    """Ask the policy for the view's ``policy_action`` on what ``get_policy_target`` gives (a selector's object).

    The view names its action and decides nothing, as a page does (``core.web.views.PolicyView``). An act that binds a
    State needs a recent sign-in, or a token that was made for such acts, with a second factor shown. Who repeats a
    request under its key is answered as before, also where the act itself has closed the way to it or ended what it was
    about; a stranger is not.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not super().has_permission(request, view):
            return False
        try:
            target = view.get_policy_target() if hasattr(view, "get_policy_target") else None
            require(request.user, view.policy_action, target)  # type: ignore[attr-defined]
        except (Http404, PolicyRefusedError):
            if not is_repeated(request):
                raise
        action = view.policy_action  # type: ignore[attr-defined]
        if not isinstance(action, TextChoices):  # a page that is not there any more cannot say which it was
            raise Http404
        if is_binding(action):
            if request.auth is not None:
                _require(request.auth, BIND)
            elif not reauthentication.is_recent(request._request):
                raise PermissionDenied(_("This act binds a State and needs a recent sign-in."))
        return True
