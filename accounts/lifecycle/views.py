"""People's accounts, for the secretariat: who waits, and the way to the requests on an account."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.affiliations import affiliations_of
from accounts.invitations import invite_again, place_of_invitation
from accounts.lifecycle.filters import AccountFilterSet
from accounts.lifecycle.selectors import accounts_for_list, addition_alone, secretariat_members
from accounts.people import get_account
from accounts.people.enums import AccountAction, AccountStatus
from accounts.people.models import User
from core.language.i18n import isolated
from core.mail.files import folder_of_mails
from core.mail.reports import bouncing, last_mails_to, rows_of
from core.policy import can, explain, require
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView, ServiceActionView


class AccountListView(PolicyView, ListPage):
    """People by status: first those who were invited and have not begun, who waits longest first."""

    policy_action = AccountAction.VIEW_ACCOUNTS
    title = gettext_lazy("People")
    template_name = "accounts/lifecycle/account_list.html"
    page_size = 25
    filter_label = gettext_lazy("Filter the accounts")
    unmatched_title = gettext_lazy("No account matches the filter")
    empty_title = gettext_lazy("Nobody waits")
    empty_text = gettext_lazy("Everybody who was invited has opened the account.")

    def get_filter(self) -> AccountFilterSet:
        return AccountFilterSet(self.request.GET, accounts_for_list())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_waiting = self.filter.given["status"] == AccountStatus.INVITED
        is_empty = is_waiting and not self.page.object_list
        return super().get_context_data(
            is_waiting=is_waiting,
            add_decision=explain(self.user, AccountAction.ADD_MEMBER),
            is_first_hour=is_empty and can(self.user, AccountAction.ADD_ALONE),
            **kwargs,
        )


class MemberListView(PolicyView, ListPage):
    """The members of the secretariat: who is invited, active or ended, and in which role."""

    policy_action = AccountAction.VIEW_ACCOUNTS
    title = gettext_lazy("Secretariat")
    template_name = "accounts/lifecycle/member_list.html"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("People"), reverse("accounts:account-list"))]

    def get_rows(self) -> QuerySet[User]:
        return secretariat_members()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            is_first_hour=can(self.user, AccountAction.ADD_ALONE),
            is_only_one=not secretariat_members().filter(is_active=True).exclude(pk=self.user.pk).exists(),
            add_decision=explain(self.user, AccountAction.ADD_MEMBER),
            **kwargs,
        )


class AccountPage(PolicyView):
    """A page about one person's account. Whoever sees no accounts does not learn whether there is this one."""

    policy_target: User

    def get_policy_target(self) -> User:
        require(self.request.user, AccountAction.VIEW_ACCOUNTS)
        return get_account(self.kwargs["account"])

    def address(self) -> str:
        return reverse("accounts:account-detail", args=[self.policy_target.pk])

    def get_trail(self) -> list[Crumb]:
        above = [Crumb(_("People"), reverse("accounts:account-list"))]
        if self.policy_target.secretariat_role:
            above.append(Crumb(_("Secretariat"), reverse("accounts:member-list")))
        return above

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.policy_target, **kwargs)  # type: ignore[misc]


class AccountDetailView(AccountPage, TemplateView):
    policy_action = AccountAction.VIEW_ACCOUNTS
    template_name = "accounts/lifecycle/account_detail.html"

    def get_title(self) -> str:
        return isolated(str(self.policy_target))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, user = self.policy_target, self.request.user
        is_waiting = person.status == AccountStatus.INVITED
        return super().get_context_data(
            added=addition_alone(person) if person.secretariat_role else None,
            invitation=place_of_invitation(person) if is_waiting and folder_of_mails() else "",
            affiliations=affiliations_of(person),
            rows=rows_of(last_mails_to(person)),
            bouncing=bouncing([person.pk]),
            is_waiting=is_waiting,
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
        invite_again(actor=self.user, user=self.policy_target)
        if folder_of_mails():
            return place_of_invitation(self.policy_target)
        return _("A new activation link is on its way to %(address)s.") % {"address": self.policy_target.email}

    def next_url(self) -> str:
        return self.address()
