from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy

from accounts.invitations import note_passphrase_changed, set_password
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.sessions import circumstances, keep_only_this_session
from accounts.sign_in.forms.passwords import OwnPasswordForm
from core.web.pages import Crumb
from core.web.views import ServiceFormView


class OwnPasswordView(ServiceFormView):
    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = OwnPasswordForm
    title = gettext_lazy("Change your passphrase")
    template_name = "components/form_page.html"
    submit_label = gettext_lazy("Change the passphrase")
    success_url = reverse_lazy("accounts:profile")
    success_message = gettext_lazy("Your passphrase has been changed. All your other sessions are ended.")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Your profile"), reverse("accounts:profile"))]

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
