from typing import Any

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy

from accounts.people.enums import AccountAction
from accounts.terms.forms import TermsForm
from accounts.terms.selectors import acceptance_of, newest_terms
from accounts.terms.services import accept_terms
from core.web.views import ServiceFormView


class TermsView(ServiceFormView):
    """The terms of confidentiality: to accept, or as they were accepted. Leads on to ``next`` within the portal."""

    policy_action = AccountAction.VIEW_OWN_PROFILE
    form_class = TermsForm
    title = gettext_lazy("Terms of confidentiality")
    template_name = "accounts/terms/terms.html"
    success_message = gettext_lazy("You have accepted the terms of confidentiality.")

    def get_initial(self) -> dict[str, Any]:
        terms = newest_terms()
        return {"number": terms.number if terms else 0, "next": self.request.GET.get("next", "")}

    def perform(self, form: TermsForm) -> str:
        user: Any = self.request.user
        accept_terms(actor=user, number=form.cleaned_data["number"])
        self.request.session["terms_accepted"] = form.cleaned_data["number"]
        return str(form.cleaned_data["next"])

    def success_url_for(self, result: str) -> str:
        is_ours = url_has_allowed_host_and_scheme(
            result, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return result if is_ours else reverse("portal:dashboard")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        terms = newest_terms()
        acceptance = acceptance_of(user, terms) if terms else None
        return super().get_context_data(terms=terms, acceptance=acceptance, **kwargs)
