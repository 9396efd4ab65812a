"""People's accounts, for the secretariat: who waits, and the rare acts (each within a staff session)."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.enums import AccountAction, AccountStatus
from accounts.forms import AccountFilterForm, AddressForm, ReasonForm, RoleForm
from accounts.models import User
from accounts.selectors import accounts_for_list, affiliations_of, get_account
from accounts.services.accounts import change_address, change_role, close_account, reopen_account
from accounts.services.factors import reset_second_factor
from accounts.services.invitations import invite_again
from core.mail_reports import bouncing, last_mails_to, rows_of
from core.pagination import NumberedPaginator
from core.policy import explain, require
from core.views import PolicyView, ServiceActionView, ServiceFormView

PAGE_SIZE = 25


class AccountListView(PolicyView, TemplateView):
    """People by status: first those who were invited and have not begun, who waits longest first."""

    policy_action = AccountAction.VIEW_ACCOUNTS
    template_name = "accounts/account_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = AccountFilterForm({"status": AccountStatus.INVITED, **self.request.GET.dict()})
        chosen = form.cleaned_data if form.is_valid() else {}
        status = chosen.get("status") or AccountStatus.INVITED
        people = accounts_for_list(chosen.get("q", ""), status)
        page = NumberedPaginator(people, PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form_filter=form, page=page, is_waiting=status == AccountStatus.INVITED, **kwargs
        )


class AccountPage(PolicyView):
    """A page about one person's account. Whoever sees no accounts does not learn whether there is this one."""

    policy_target: User

    def get_policy_target(self) -> User:
        require(self.request.user, AccountAction.VIEW_ACCOUNTS)
        return get_account(self.kwargs["account"])

    def address(self) -> str:
        return reverse("accounts:account-detail", args=[self.policy_target.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.policy_target, **kwargs)  # type: ignore[misc]


class AccountDetailView(AccountPage, TemplateView):
    policy_action = AccountAction.VIEW_ACCOUNTS
    template_name = "accounts/account_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, user = self.policy_target, self.request.user
        return super().get_context_data(
            affiliations=affiliations_of(person),
            rows=rows_of(last_mails_to(person)),
            bouncing=bouncing([person.pk]),
            is_waiting=person.status == AccountStatus.INVITED,
            invite_decision=explain(user, AccountAction.INVITE_AGAIN),
            address_decision=explain(user, AccountAction.CHANGE_ADDRESS, person),
            close_decision=explain(user, AccountAction.CLOSE_ACCOUNT, person),
            reopen_decision=explain(user, AccountAction.REOPEN_ACCOUNT, person),
            factors_decision=explain(user, AccountAction.RESET_SECOND_FACTOR, person),
            role_decision=explain(user, AccountAction.CHANGE_ROLE, person),
            **kwargs,
        )


class AccountInviteView(AccountPage, ServiceActionView):
    """Sends the activation link again."""

    policy_action = AccountAction.INVITE_AGAIN

    def perform(self) -> str:
        invite_again(actor=self.request.user, user=self.policy_target)
        return _("A new activation link is on its way to %(address)s.") % {"address": self.policy_target.email}

    def next_url(self) -> str:
        return self.address()


class AccountActView(AccountPage, ServiceFormView):
    """A rare act with a page of its own that says what it does."""

    template_name = "accounts/account_act.html"
    title: ClassVar[str | Promise]
    consequence: ClassVar[str | Promise]
    is_warning: ClassVar[bool] = False

    def success_url_for(self, result: Any) -> str:
        return self.address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.title, consequence=self.consequence, is_warning=self.is_warning, **kwargs
        )


class AccountAddressView(AccountActView):
    policy_action = AccountAction.CHANGE_ADDRESS
    form_class = AddressForm
    title = gettext_lazy("Change the e-mail address")
    consequence = gettext_lazy(
        "The person signs in with the new address from then on. All sessions end, and both addresses get a mail."
    )
    success_message = gettext_lazy("The address has been changed. Both addresses get a mail.")

    def perform(self, form: AddressForm) -> User:
        actor: Any = self.request.user
        return change_address(actor=actor, user=self.policy_target, **form.cleaned_data)


class AccountCloseView(AccountActView):
    policy_action = AccountAction.CLOSE_ACCOUNT
    form_class = ReasonForm
    title = gettext_lazy("Close the account")
    consequence = gettext_lazy(
        "The person is signed out at once and can no longer sign in. What he or she wrote stays."
    )
    success_message = gettext_lazy("The account has been closed.")
    is_warning = True

    def perform(self, form: ReasonForm) -> User:
        actor: Any = self.request.user
        return close_account(actor=actor, user=self.policy_target, **form.cleaned_data)


class AccountReopenView(AccountActView):
    policy_action = AccountAction.REOPEN_ACCOUNT
    form_class = ReasonForm
    title = gettext_lazy("Open the account again")
    consequence = gettext_lazy("The person can sign in again, with the passphrase as it was, and is told by mail.")
    success_message = gettext_lazy("The account is open again.")

    def perform(self, form: ReasonForm) -> User:
        actor: Any = self.request.user
        return reopen_account(actor=actor, user=self.policy_target, **form.cleaned_data)


class AccountFactorsView(AccountActView):
    policy_action = AccountAction.RESET_SECOND_FACTOR
    form_class = ReasonForm
    title = gettext_lazy("Reset the second factor")
    consequence = gettext_lazy(
        "All apps, passkeys and recovery codes of the person are removed and all sessions end. The person is told by "
        "mail and sets up another factor. Say how you made sure who is asking."
    )
    success_message = gettext_lazy("The second factor has been reset. The person is told by mail.")
    is_warning = True

    def perform(self, form: ReasonForm) -> User:
        actor: Any = self.request.user
        reset_second_factor(actor=actor, user=self.policy_target, **form.cleaned_data)
        return self.policy_target


class AccountRoleView(AccountActView):
    policy_action = AccountAction.CHANGE_ROLE
    form_class = RoleForm
    title = gettext_lazy("Change the role in the secretariat")
    consequence = gettext_lazy("The person is signed out, and has the rights of the new role with the next sign-in.")
    success_message = gettext_lazy("The role has been changed.")

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.policy_target.secretariat_role}

    def perform(self, form: RoleForm) -> User:
        actor: Any = self.request.user
        return change_role(actor=actor, user=self.policy_target, **form.cleaned_data)
