from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from accounts.affiliations import affiliations_of
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.profile.forms import ProfileForm
from accounts.profile.language import remember_language
from accounts.profile.services import ProfileInput, update_profile
from core.language.i18n import interface_language
from core.web.appearance import appearance_of, remember_appearance
from core.web.views import ServiceFormView


class ProfileView(ServiceFormView):
    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = ProfileForm
    title = gettext_lazy("Your profile")
    template_name = "accounts/profile/profile.html"

    def get_initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        names = [name for name in ProfileForm.base_fields if name not in {"language", "appearance"}]
        here = {"language": interface_language(user.language), "appearance": appearance_of(self.request)}
        return {name: getattr(user, name) for name in names} | here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(affiliations=affiliations_of(user), **kwargs)

    def perform(self, form: ProfileForm) -> User:
        user: Any = self.request.user
        told = {name: value for name, value in form.cleaned_data.items() if name != "appearance"}
        return update_profile(actor=user, given=ProfileInput(**told))

    def success_message_for(self, result: User) -> str:
        with translation.override(result.language):
            return _("Your profile has been saved.")

    def success_url_for(self, result: User) -> str:
        with translation.override(result.language):
            return reverse("accounts:profile")

    def form_valid(self, form: Any) -> HttpResponse:
        """The pages go on as chosen, also after the next sign-in on this browser."""
        http_response = super().form_valid(form)
        if form.errors:
            return http_response
        remember_appearance(http_response, form.cleaned_data["appearance"])
        return remember_language(http_response, form.cleaned_data["language"])
