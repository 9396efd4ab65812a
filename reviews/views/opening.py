from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.views import ServiceFormView
from reviews.enums import ReviewAction, ReviewingBasis
from reviews.forms import ReviewOpenForm
from reviews.models import Mechanism, Review
from reviews.selectors.programme import get_mechanism
from reviews.services.reviews import Reviewer, open_review


class ReviewOpenView(ServiceFormView):
    policy_action = ReviewAction.OPEN
    form_class = ReviewOpenForm
    template_name = "reviews/review_open.html"

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.request.user.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mechanism=self.mechanism, **kwargs)

    def perform(self, form: ReviewOpenForm) -> Review:
        period = form.cleaned_data["period"]
        same = [Reviewer(state, ReviewingBasis.SAME_GROUP) for state in form.chosen("same_group_1", "same_group_2")]
        other = [Reviewer(state, ReviewingBasis.OTHER_GROUP) for state in form.chosen("other_group_1", "other_group_2")]
        return open_review(
            actor=self.request.user,
            phase=period.phase,
            state_under_review=form.cleaned_data["state_under_review"],
            reviewers=same + other,
            starts_on=form.starting_day,
            review_group=period.review_group,
            officer=form.cleaned_data["officer"],
        )

    def success_message_for(self, result: Review) -> str:
        message = _("The review of %(state)s is open. Register the focal points next.")
        return message % {"state": result.state_under_review}

    def success_url_for(self, result: Review) -> str:
        return reverse("portal:review-detail", args=[self.mechanism.slug, result.code])
