from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from core.policy import Decision, explain
from core.web.pages import Crumb
from questionnaires.laws.enums import LawAction
from questionnaires.laws.models import Law
from questionnaires.laws.selectors import get_law
from reviews.navigation import ReviewPage


class LibraryPage(ReviewPage):
    """A page of the library of the State under review, under the address of one of its reviews."""

    policy_action = LawAction.VIEW

    def list_url(self) -> str:
        return reverse("questionnaires:law-list", args=self.address)

    def decision(self, action: LawAction) -> Decision:
        return explain(self.user, action, self.review)


class BelowLibrary(LibraryPage):
    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Legal library"), self.list_url())]

    def back_url(self) -> str:
        return self.list_url()


class LawPage(BelowLibrary):
    """A page of one law. Whoever may not read the library does not learn whether there is this one."""

    @cached_property
    def law(self) -> Law:
        return get_law(self.review, self.kwargs["law"])

    def law_url(self) -> str:
        return reverse("questionnaires:law-detail", args=[*self.address, self.kwargs["law"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "law": self.law})  # in place of the key in the address


class BelowLaw(LawPage):
    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(isolated(self.law.title), self.law_url())]

    def back_url(self) -> str:
        return self.law_url()
