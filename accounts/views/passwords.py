from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from accounts.enums import AccountAction
from accounts.forms import ForgottenPasswordForm, OwnPasswordForm, SetPasswordForm
from accounts.models import User
from accounts.services.invitations import request_password_reset
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
        request_password_reset(form.cleaned_data["email"])
        message = _("If there is an account with this address, a mail with a link is on its way to it.")
        messages.success(self.request, message)
        return super().form_valid(form)

    def form_invalid(self, form: ForgottenPasswordForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class SetPasswordView(PasswordResetConfirmView):
    """Public, for whoever has the link of an invitation or of a forgotten password."""

    form_class = SetPasswordForm
    template_name = "accounts/set_password.html"
    success_url = reverse_lazy("accounts:sign-in")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:  # type: ignore[override]
        http_response = super().form_valid(form)
        messages.success(self.request, _("Your password has been set. You can sign in now."))
        return http_response

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:  # type: ignore[override]
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class OwnPasswordView(ServiceFormView):
    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = OwnPasswordForm
    template_name = "accounts/own_password.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = gettext_lazy("Your password has been changed.")

    def get_form_kwargs(self) -> dict[str, object]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: OwnPasswordForm) -> User:
        user = form.save()
        update_session_auth_hash(self.request, user)
        return user
