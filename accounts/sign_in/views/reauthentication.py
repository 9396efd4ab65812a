"""Asking somebody who is signed in once more who he or she is, before an act that needs it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateCodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from accounts.people.enums import AccountAction
from accounts.sign_in.forms.factors import ReauthenticateCodeForm, ReauthenticatePasskeyForm
from accounts.sign_in.forms.sign_in import ReauthenticateForm
from accounts.single_sign_on import waiting_name, waiting_provider
from core.web.forms import AccessibleForm
from core.web.views import PolicyView
from core.web.views.services import UNPROCESSABLE


class ReauthenticationPage(PolicyView):
    """Leads back to ``next``; the other ways of proving it are a link away."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    title = gettext_lazy("Is it you?")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_url = self.request.POST.get("next") or self.request.GET.get("next", "")
        more: dict[str, Any] = {"next": next_url}
        if next_url.startswith(reverse("accounts:sign-on-connect")):
            waiting = waiting_provider(self.request, self.user)
            more |= {"waiting": waiting, "waiting_name": waiting_name(self.request)}
        return super().get_context_data(**kwargs) | more  # type: ignore[misc]

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        context = self.get_context_data(form=form) | {"form": form}
        return self.render_to_response(context, status=UNPROCESSABLE)  # type: ignore[attr-defined]


class ByPassphraseView(ReauthenticationPage, ReauthenticateView):
    """Where everybody is led first; who has a second factor is led on to it, whose passphrase alone is no proof."""

    form_class = ReauthenticateForm
    template_name = "account/reauthenticate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ways = get_adapter(request).get_reauthentication_methods(request.user)
        if ways and ways[0]["id"] != "reauthenticate":
            next_url = request.POST.get("next") or request.GET.get("next", "")
            return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': next_url})}")
        return super().dispatch(request, *args, **kwargs)


class ByCodeView(ReauthenticationPage, ReauthenticateCodeView):
    form_class = ReauthenticateCodeForm
    template_name = "mfa/reauthenticate.html"


class ByPasskeyView(ReauthenticationPage, ReauthenticateWebAuthnView):
    form_class = ReauthenticatePasskeyForm
    template_name = "mfa/webauthn/reauthenticate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Allauth's page drops what it is given, the form with its errors included.
        return super().get_context_data(**kwargs) | kwargs
