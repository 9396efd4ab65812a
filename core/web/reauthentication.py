"""Reauthentication: acts that bind a State ask for a recent sign-in; what was sent is kept and carried out after it."""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from core.web.htmx import is_fragment, lead_to, page_in_sight

_KEY = "kept_request"
_TOKEN = "kept"  # noqa: S105 - the name in the address


def is_recent(request: HttpRequest) -> bool:
    return not get_adapter(request).is_reauthentication_required(app="core")


def ask_for_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks who the person is, and back. What was posted is kept in the session meanwhile.

    It is carried out once, at the address with the token that only the way back has, and kept until then, or until
    something else is posted: whoever looks at another page meanwhile loses nothing. Files cannot be kept.
    """
    back = page_in_sight(request)
    if request.method == "POST" and not is_fragment(request):
        token = secrets.token_urlsafe(16)
        request.session[_KEY] = {"token": token, "path": request.path, "post": request.POST.urlencode()}
        query = request.GET.copy()
        query[_TOKEN] = token
        back = f"{request.path}?{query.urlencode()}"
        if request.FILES:
            messages.warning(request, _("Choose the files again: they could not be kept while you signed in."))
    return lead_to(request, f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")


def resume(request: HttpRequest) -> None:
    """Make of the way back to a page what was posted there before the person was asked to sign in, and has."""
    token = request.GET.get(_TOKEN, "")
    if request.method != "GET" or not token or not is_recent(request):
        return
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if kept is None or kept["path"] != request.path:
        return
    if not secrets.compare_digest(kept["token"].encode(), token.encode()):
        return
    del request.session[_KEY]
    query = request.GET.copy()
    del query[_TOKEN]
    request.method = "POST"
    request.GET = query  # type: ignore[assignment]
    request.POST = QueryDict(kept["post"])
    request._files = MultiValueDict()  # type: ignore[attr-defined]
