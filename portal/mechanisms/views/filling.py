"""Pages on which many rows of a mechanism are added at once, in a staff session."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.people.enums import AccountAction
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from portal.mechanisms.forms import ArticlesForm, PartiesForm
from portal.mechanisms.services.filling import AddedArticles, add_adherences, add_articles
from portal.mechanisms.views.choosing import BelowMechanisms
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism


class _FillingView(BelowMechanisms, ServiceFormView):
    policy_action = AccountAction.MAINTAIN_REFERENCE_DATA
    template_name = "components/form_page.html"
    submit_label = gettext_lazy("Add them")
    keeps = True

    def get_policy_target(self) -> None:
        require(self.request.user, AccountAction.MAINTAIN_REFERENCE_DATA)

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def contents_url(self) -> str:
        return reverse("portal:mechanism-contents", args=[self.mechanism.slug])

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(str(self.mechanism), self.contents_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def back_url(self) -> str:
        return self.contents_url()


class MechanismArticlesView(_FillingView):
    form_class = ArticlesForm
    title = gettext_lazy("Add articles")
    lead = gettext_lazy("Articles that are reviewed, or whose review depends on another treaty.")

    def perform(self, form: ArticlesForm) -> AddedArticles:
        return add_articles(actor=self.user, **form.cleaned_data)

    def success_message_for(self, result: AddedArticles) -> str:
        said = []
        if result.new:
            words = ngettext("%(number)d article is added.", "%(number)d articles are added.", result.new)
            said.append(words % {"number": result.new})
        if result.held:
            words = ngettext(
                "The cluster holds %(number)d more article.", "The cluster holds %(number)d more articles.", result.held
            )
            said.append(words % {"number": result.held})
        return " ".join(said) or _("All of this is here already.")


class MechanismPartiesView(_FillingView):
    form_class = PartiesForm
    title = gettext_lazy("Note who has joined")
    lead = gettext_lazy("Who has joined the first instrument takes part in the mechanism.")

    def perform(self, form: PartiesForm) -> int:
        return add_adherences(actor=self.user, **form.cleaned_data)

    def success_message_for(self, result: int) -> str:
        return _("%(number)d noted.") % {"number": result}
