from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.web.views import ServiceFormView
from observations.naming.enums import NamingAction
from observations.naming.forms import NamingForm
from observations.naming.models import NamingAnswer
from observations.naming.selectors import answer_of
from observations.naming.services import answer_naming
from reviews.capacities import require_capacity
from reviews.navigation import ReviewPage


class NamingView(ReviewPage, ServiceFormView):
    """An expert's word on the own name, as it stands, and another one."""

    policy_action = NamingAction.ANSWER
    form_class = NamingForm
    template_name = "observations/naming/naming.html"
    title = gettext_lazy("Your name in what is published")
    success_message = gettext_lazy("Your word is recorded.")

    @cached_property
    def answer(self) -> NamingAnswer | None:
        return answer_of(require_capacity(self.user, self.review).participation_id)

    def get_initial(self) -> dict[str, Any]:
        return {"agrees": "yes" if self.answer.agrees else "no"} if self.answer else {}

    def perform(self, form: NamingForm) -> NamingAnswer:
        return answer_naming(actor=self.user, review=self.review, agrees=form.cleaned_data["agrees"] == "yes")

    def success_url_for(self, result: object) -> str:
        return reverse("observations:naming", args=self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(answer=self.answer, **kwargs)
