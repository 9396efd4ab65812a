from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.policy import can
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from observations.naming.enums import NamingAction
from observations.naming.forms import NamingForm
from observations.naming.models import NamingAnswer
from observations.naming.selectors import answer_of, get_review_for_expert, publications_naming
from observations.naming.services import answer_naming
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.navigation import ReviewPage


class NamingView(ReviewPage, ServiceFormView):
    """An expert's word on the own name, as it stands, and another one; also of who has left the review."""

    policy_action = NamingAction.ANSWER
    form_class = NamingForm
    template_name = "observations/naming/naming.html"
    title = gettext_lazy("Your name in what is published")
    success_message = gettext_lazy("Your word is recorded.")

    def find_review(self) -> Review:
        return get_review_for_expert(self.user, *self.address)

    def get_trail(self) -> list[Crumb]:
        """To who has left, the page says of the review no more than its code, and leads to none of its pages."""
        return super().get_trail() if can(self.user, ReviewAction.VIEW, self.review) else []

    @cached_property
    def answer(self) -> NamingAnswer | None:
        return answer_of(self.user, self.review)

    def get_initial(self) -> dict[str, Any]:
        return {"agrees": "yes" if self.answer.agrees else "no"} if self.answer else {}

    def perform(self, form: NamingForm) -> NamingAnswer:
        return answer_naming(actor=self.user, review=self.review, agrees=form.cleaned_data["agrees"] == "yes")

    def success_url_for(self, result: object) -> str:
        return reverse("observations:naming", args=self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        naming = publications_naming(self.user, self.review)
        return super().get_context_data(answer=self.answer, naming=naming, **kwargs)
