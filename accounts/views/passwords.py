from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts.enums import AccountAction
from accounts.forms import ForgottenPasswordForm, OwnPasswordForm, SetPasswordForm
from accounts.models import User
from accounts.services.devices import circumstances, trust_after_link
from accounts.services.factors import note_passphrase_changed
from accounts.services.invitations import request_password_reset, set_password, set_password_by_link
from accounts.services.links import LinkKind, LinkStanding
from accounts.services.sessions import end_other_sessions, keep_only_this_session
from accounts.views.links import FollowedLink, LinkView
from core.acting import acting_as
from core.errors import ServiceError
from core.forms import AccessibleForm
from core.views import ServiceFormView
from core.views.services import UNPROCESSABLE


@method_decorator(login_not_required, name="dispatch")
class ForgottenPasswordView(FormView):
    """Public. Answers alike whether there is such an account or not."""

    form_class = ForgottenPasswordForm
    template_name = "accounts/forgot_password.html"
    success_url = reverse_lazy("accounts:sign-in")

    def form_valid(self, form: ForgottenPasswordForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if not ratelimit.consume(self.request, action="reset_password", key=email.lower()):
            return ratelimit.respond_429(self.request)
        request_password_reset(email)
        message = _("If there is an account with this address, a mail with a link is on its way to it.")
        messages.success(self.request, message)
        return super().form_valid(form)

    def form_invalid(self, form: ForgottenPasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class PasswordLinkView(LinkView):
    """Where the mail about a forgotten password leads."""

    kind = LinkKind.PASSWORD
    page = "accounts:set-password"


@method_decorator(login_not_required, name="dispatch")
class SetPasswordView(FormView):
    """Public, for whoever has followed the link of a forgotten password."""

    form_class = SetPasswordForm
    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("accounts:sign-in")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.link = FollowedLink(request, LinkKind.PASSWORD)
        if self.link.standing != LinkStanding.GOOD:
            return render(request, "accounts/set_password.html")
        self.person = self.link.user
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.person}

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        password = form.cleaned_data["new_password1"]
        try:
            user = set_password_by_link(user_id=self.link.user_id, state=self.link.state, password=password)
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        with acting_as(user):  # who holds the link
            end_other_sessions(actor=user, current_key=None)
            note_passphrase_changed(actor=user, circumstances=circumstances(self.request))
        self.link.forget()
        messages.success(self.request, _("Your passphrase has been set. You can sign in now."))
        http_response = super().form_valid(form)
        trust_after_link(self.request, http_response, user)
        return http_response

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class OwnPasswordView(ServiceFormView):
    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = OwnPasswordForm
    template_name = "accounts/own_password.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = gettext_lazy("Your passphrase has been changed. All your other sessions are ended.")

    def get_form_kwargs(self) -> dict[str, object]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nobody tries passphrases here who has found a browser open."""
        if not ratelimit.consume(request, action="change_password", user=request.user):
            return ratelimit.respond_429(request)
        return super().post(request, *args, **kwargs)

    def perform(self, form: OwnPasswordForm) -> User:
        user: Any = self.request.user
        set_password(user, form.cleaned_data["new_password1"])
        keep_only_this_session(self.request, user)
        note_passphrase_changed(actor=user, circumstances=circumstances(self.request))
        return user
