"""Where the secretariat sets for one review whether feedback is joint."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.web.pages import Crumb
from core.web.views import ServiceFormView
from dialogue.feedback.forms import FeedbackFormForm
from dialogue.feedback.services import choose_form
from dialogue.joint import feedback_begun
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.navigation import ReviewPage


class FeedbackFormView(ReviewPage, ServiceFormView):
    """One joint feedback, or one of each State, as long as nothing is written."""

    policy_action = ReviewAction.SET_FEEDBACK_FORM
    form_class = FeedbackFormForm
    title = gettext_lazy("How the feedback is sent")
    template_name = "dialogue/feedback/feedback_form.html"

    def get_trail(self) -> list[Crumb]:
        feedback_list = reverse("dialogue:feedback-list", args=self.address)
        return [*super().get_trail(), Crumb(_("Written feedback"), feedback_list)]

    def get_initial(self) -> dict[str, Any]:
        chosen = self.review.feedback_is_joint
        return {} if chosen is None else {"form": "joint" if chosen else "each"}

    def perform(self, form: FeedbackFormForm) -> Review:
        return choose_form(actor=self.user, review=self.review, is_joint=form.cleaned_data["form"] == "joint")

    def success_message_for(self, result: Review) -> str:
        if result.feedback_is_joint:
            return _("The reviewing States of this review send one joint feedback.")
        return _("The reviewing States of this review send one feedback each.")

    def success_url_for(self, result: object) -> str:
        return reverse("dialogue:feedback-list", args=self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_begun=feedback_begun(self.review), **kwargs)
