"""The page on which an administrator decides row by row on what a release would have otherwise."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people.enums import AccountAction
from core.policy import require
from core.web.pages import Crumb
from core.web.pagination import NumberedPaginator
from core.web.views import PolicyView, ServiceActionView
from portal.reference.selectors import proposals
from portal.reference.services import decline_proposal, take_proposal

_ROWS_A_PAGE = 50


class ProposalListView(PolicyView, TemplateView):
    policy_action = AccountAction.MAINTAIN_REFERENCE_DATA
    title = gettext_lazy("Differences of the release")
    template_name = "portal/reference/proposals.html"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("All settings"), reverse("portal:setup-settings"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = NumberedPaginator(proposals(), _ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            waiting=[each for each in page if each.proposed.declined_at is None],
            declined=[each for each in page if each.proposed.declined_at is not None],
            **kwargs,
        )


class _ProposalAct(ServiceActionView):
    policy_action = AccountAction.MAINTAIN_REFERENCE_DATA
    takes = {"shown": forms.CharField(max_length=64)}

    def get_policy_target(self) -> None:
        require(self.request.user, AccountAction.MAINTAIN_REFERENCE_DATA)

    def next_url(self) -> str:
        return reverse("portal:proposal-list")

    @property
    def given(self) -> dict[str, Any]:
        return {"actor": self.user, "key": self.kwargs["proposal"], "shown": self.request.POST.get("shown", "")}


class ProposalTakeView(_ProposalAct):
    def perform(self) -> str:
        return _("“%(row)s” is what the release says now.") % {"row": take_proposal(**self.given).row}


class ProposalDeclineView(_ProposalAct):
    def perform(self) -> str:
        return _("“%(row)s” stays as it is.") % {"row": decline_proposal(**self.given).row}
