"""Signing in and out: passphrase, second factor, passkey. Public."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy

from accounts.sign_in.forms.factors import AuthenticateForm, AuthenticatePasskeyForm, SignInPasskeyForm
from accounts.sign_in.forms.sign_in import SignInForm
from accounts.single_sign_on import came_by_provider, open_providers, waiting_name, waiting_provider
from core.web import drafts
from core.web.closed import Closed, closed
from core.web.forms import AccessibleForm
from core.web.pages import Page
from core.web.practising import has_gone_over
from core.web.views.services import UNPROCESSABLE

_MOST_BUTTONS = 3  # of providers; where there are more, the page asks for the address first


class SignInView(Page, LoginView):
    """Leads on to ``next`` where that is an address of ours, past the second factor where there is one."""

    form_class = SignInForm
    title = gettext_lazy("Sign in")
    template_name = "account/login.html"

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; a script that was led here learns that nobody is signed in any more."""
        return closed(super().get(*args, **kwargs), Closed.SIGNED_OUT)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        next_url = self.request.POST.get("next") or self.request.GET.get("next", "")
        offered = list(open_providers()[: _MOST_BUTTONS + 1])
        return super().get_context_data(
            next=next_url,
            passkey_form=SignInPasskeyForm(),
            waiting=waiting_provider(self.request),
            waiting_name=waiting_name(self.request),
            providers=[] if len(offered) > _MOST_BUTTONS else offered,
            has_many_providers=len(offered) > _MOST_BUTTONS,
            **kwargs,
        )

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


@method_decorator(login_not_required, name="dispatch")
class PasskeySignInView(LoginWebAuthnView):
    """GET gives the script a challenge; POST takes what the passkey signed. It says nothing of who has an account."""

    form_class = SignInPasskeyForm

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        messages.error(self.request, _("This passkey does not open an account here."))
        next_url = self.request.POST.get("next", "")
        query = f"?{urlencode({'next': next_url})}" if next_url else ""
        return HttpResponseRedirect(f"{reverse('accounts:sign-in')}{query}")


class SecondFactorView(Page, AuthenticateView):
    """After the right passphrase: a code or a passkey."""

    form_class = AuthenticateForm
    webauthn_form_class = AuthenticatePasskeyForm
    title = gettext_lazy("Second factor")
    template_name = "mfa/authenticate.html"

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=UNPROCESSABLE)


class SignOutView(LogoutView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        is_elsewhere = came_by_provider(request)
        person, is_there_too = request.user.pk, has_gone_over(request.session)
        http_response = super().post(request, *args, **kwargs)
        messages.success(request, _("You have signed out."))
        if is_elsewhere:
            messages.info(
                request,
                _("At your institution you may still be signed in: sign out there too, if others use this device."),
            )
        if is_there_too:
            messages.info(request, _("You are still in the practice portal: leave it there by its own button."))
        # What the browser has kept of confidential pages goes too, and the person's own texts that were not saved, but
        # not those of somebody else who writes in the same browser; cookies of ours that name nobody may stay.
        http_response.headers["Clear-Site-Data"] = '"cache"'
        drafts.forget(http_response, person)
        return http_response
