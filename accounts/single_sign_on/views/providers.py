"""Identity providers, for the secretariat: one member prepares, another approves."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.single_sign_on.enums import ProviderStatus
from accounts.single_sign_on.forms import SECRETARIAT, ProviderForm
from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.selectors import all_providers, get_provider
from accounts.single_sign_on.services import approve_provider, end_provider, prepare_provider
from core.language.i18n import isolated
from core.policy import explain, require
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PolicyView, ServiceFormView


class ProviderListView(PolicyView, ListPage):
    policy_action = AccountAction.VIEW_ACCOUNTS
    title = gettext_lazy("Identity providers")
    template_name = "accounts/single_sign_on/provider_list.html"
    empty_title = gettext_lazy("There is no identity provider")
    empty_text = gettext_lazy("Everybody signs in with a passphrase or a passkey.")

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("People"), reverse("accounts:account-list"))]

    def get_rows(self) -> Any:
        return all_providers().order_by("-created_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(prepare_decision=explain(self.user, AccountAction.PREPARE_PROVIDER), **kwargs)


class BelowProviders(PolicyView):
    """A page below the list."""

    def get_trail(self) -> list[Crumb]:
        return [
            Crumb(_("People"), reverse("accounts:account-list")),
            Crumb(_("Identity providers"), reverse("accounts:provider-list")),
        ]


class OfProvider(BelowProviders):
    """A page of one of them. Whoever sees no accounts does not learn whether there is this one."""

    provider: IdentityProvider

    def get_policy_target(self) -> User | None:
        require(self.request.user, AccountAction.VIEW_ACCOUNTS)
        self.provider = get_provider(self.kwargs["provider"])
        return self.provider.prepared_by if self.policy_action == AccountAction.APPROVE_PROVIDER else None

    def back_url(self) -> str:
        return reverse("accounts:provider-detail", args=[self.provider.pk])


class ProviderDetailView(OfProvider, TemplateView):
    policy_action = AccountAction.VIEW_ACCOUNTS
    template_name = "accounts/single_sign_on/provider_detail.html"

    def get_title(self) -> str:
        return isolated(self.provider.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.provider, self.user
        path = reverse("account_sign_on_callback", args=[row.place])
        kwargs["provider"] = row  # in place of its key, which the address gave
        return super().get_context_data(
            **kwargs,
            callback=f"{settings.SITE_URL.rstrip('/')}{path}",
            is_waiting=row.status == ProviderStatus.WAITS,
            is_over=row.status == ProviderStatus.ENDED,
            approve_decision=explain(user, AccountAction.APPROVE_PROVIDER, row.prepared_by),
            prepare_decision=explain(user, AccountAction.PREPARE_PROVIDER),
            end_decision=explain(user, AccountAction.END_PROVIDER),
        )


class ProviderAddView(BelowProviders, ServiceFormView):
    policy_action = AccountAction.PREPARE_PROVIDER
    form_class = ProviderForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Add an identity provider")
    lead = gettext_lazy("Nobody signs in by it until another member of the secretariat has approved it.")
    submit_label = gettext_lazy("Save and ask for approval")
    success_message = gettext_lazy("Saved. Another member of the secretariat approves it.")

    def back_url(self) -> str:
        return reverse("accounts:provider-list")

    def perform(self, form: ProviderForm) -> IdentityProvider:
        return prepare_provider(actor=self.user, given=form.given, replaces=form.former)

    def success_url_for(self, result: IdentityProvider) -> str:
        return reverse("accounts:provider-detail", args=[result.pk])


class ProviderChangeView(OfProvider, ProviderAddView):
    title = gettext_lazy("Change the identity provider")
    lead = gettext_lazy("It stays as it is until another member of the secretariat has approved the change.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "former": self.provider}

    def get_initial(self) -> dict[str, Any]:
        row = self.provider
        names = ("name", "issuer", "client_id", "address_claim", "name_claim", "trusts_factor", "is_forced")
        state = row.state_party.iso3 if row.state_party else SECRETARIAT
        return {**{name: getattr(row, name) for name in names}, "state": state, "domains": "\n".join(row.domains)}


class ProviderApproveView(OfProvider, ConfirmedActView):
    policy_action = AccountAction.APPROVE_PROVIDER
    title = gettext_lazy("Approve the identity provider")
    success_message = gettext_lazy("Approved. Its people are told by mail.")

    def get_consequences(self) -> list[str]:
        row = self.provider
        words = [_("From then on “%(issuer)s” can sign its people in.") % {"issuer": row.issuer}]
        if row.state_party_id:
            words.append(_("They are told by mail, and it is in use after the time in which a State may object."))
        if row.trusts_factor:
            words.append(_("The portal asks those for no second factor of whom it says that it has."))
        if row.is_forced:
            words.append(_("Passphrases and passkeys no longer let its people in."))
        return words

    def perform(self, form: Any) -> IdentityProvider:
        return approve_provider(actor=self.user, provider=self.provider)


class ProviderEndView(OfProvider, ConfirmedActView):
    policy_action = AccountAction.END_PROVIDER
    title = gettext_lazy("End the identity provider")
    is_warning = True
    success_message = gettext_lazy("The identity provider is ended.")
    consequences = (
        gettext_lazy("Nobody signs in by it any more, and sessions of its people end."),
        gettext_lazy("They sign in with their passphrases again; whoever has none sets one by mail."),
    )

    def perform(self, form: Any) -> IdentityProvider:
        return end_provider(actor=self.user, provider=self.provider)
