"""Pages for who has forgotten a passphrase: the link by mail, and the new one."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView

from accounts.invitations.forms import ForgottenPasswordForm, SetPasswordForm
from accounts.invitations.links import LinkKind, LinkStatus
from accounts.invitations.services.invitations import request_password_reset, set_password_by_link
from accounts.invitations.services.passphrases import note_passphrase_changed
from accounts.invitations.views.links import FollowedLink, LinkView
from accounts.people.models import User
from accounts.sessions import circumstances, end_other_sessions, trust_after_link
from core.database.identity import identified_as
from core.errors import ServiceError
from core.web.forms import AccessibleForm
from core.web.pages import Page
from core.web.views.services import UNPROCESSABLE


@method_decorator(login_not_required, name="dispatch")
class ForgottenPasswordView(Page, FormView):
    """Public. Answers alike whether there is such an account or not."""

    form_class = ForgottenPasswordForm
    title = gettext_lazy("Set a new passphrase")
    template_name = "accounts/invitations/forgot_password.html"
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
class SetPasswordView(Page, FormView):
    """Public, for whoever has followed the link of a forgotten password."""

    form_class = SetPasswordForm
    template_name = "accounts/invitations/set_password.html"
    success_url = reverse_lazy("accounts:sign-in")
    person: User | None = None
    """Whose link it is, where it still works."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.link = FollowedLink(request, LinkKind.PASSWORD)
        if self.link.status != LinkStatus.GOOD:
            return self.render_to_response({"view": self})
        self.person = self.link.user
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        return _("Set your passphrase") if self.person else _("This link no longer works")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.person}

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        password = form.cleaned_data["new_password1"]
        try:
            user = set_password_by_link(user_id=self.link.user_id, state=self.link.state, password=password)
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        with identified_as(user):  # who holds the link
            end_other_sessions(actor=user, current_key=None)
            note_passphrase_changed(actor=user, circumstances=circumstances(self.request))
        self.link.forget()
        messages.success(self.request, _("Your passphrase has been set. You can sign in now."))
        http_response = super().form_valid(form)
        trust_after_link(self.request, http_response, user)
        return http_response

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
