"""Access tokens, below *Sign-in and security*."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import FormView, TemplateView

from accounts.factors import has_second_factor
from accounts.people.enums import AccountAction
from accounts.sessions import circumstances
from accounts.tokens.forms import TokenForm
from accounts.tokens.selectors import get_token_for, longest_days, states_acted_for, tokens_of
from accounts.tokens.services import MadeToken, end_token, make_token
from core.errors import ServiceError
from core.web.pages import Crumb
from core.web.views import PolicyView, ServiceActionView
from core.web.views.services import UNPROCESSABLE


class TokenListView(PolicyView, TemplateView):
    """One's own tokens: what each may do, until when, and when it was last used."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    title = gettext_lazy("Access tokens")
    template_name = "accounts/tokens/token_list.html"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Sign-in and security"), reverse("mfa_index"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_factor = has_second_factor(self.user)
        return super().get_context_data(tokens=tokens_of(self.user), has_factor=has_factor, **kwargs)


class TokenMakeView(PolicyView, FormView):
    """The form, and in the answer to it the secret: nowhere else and never again.

    Not a form that is carried out once: a second press makes another token, since the first one's secret is gone.
    """

    policy_action = AccountAction.MAKE_TOKEN
    title = gettext_lazy("Make an access token")
    template_name = "accounts/tokens/token_make.html"
    form_class = TokenForm
    submit_label = gettext_lazy("Make the token")
    shows_secret = True

    def get_trail(self) -> list[Crumb]:
        return [
            Crumb(_("Sign-in and security"), reverse("mfa_index")),
            Crumb(_("Access tokens"), reverse("accounts:token-list")),
        ]

    def back_url(self) -> str:
        return reverse("accounts:token-list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "states": states_acted_for(self.user), "longest": longest_days()}

    def form_valid(self, form: TokenForm) -> HttpResponse:
        try:
            made = make_token(actor=self.user, given=form.given, circumstances=circumstances(self.request))
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        return self._shown(made)

    def form_invalid(self, form: TokenForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def _shown(self, made: MadeToken) -> HttpResponse:
        context = self.get_context_data(made=made)
        answer = self.response_class(
            self.request, ["accounts/tokens/token_made.html"], context, using=self.template_engine
        )
        patch_cache_control(answer, private=True, no_store=True)
        return answer


class TokenEndView(ServiceActionView):
    policy_action = AccountAction.VIEW_OWN_PROFILE

    def perform(self) -> str:
        end_token(actor=self.user, token=get_token_for(self.user, self.kwargs["token"]))
        return _("The token is ended. Programs that use it get nothing any more.")

    def next_url(self) -> str:
        return reverse("accounts:token-list")
