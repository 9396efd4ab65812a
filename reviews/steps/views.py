"""The page that records that the documentation was processed."""

from django.urls import reverse
from django.utils.translation import ngettext

from core.web.views import ServiceActionView
from reviews.cases.enums import ReviewAction
from reviews.navigation import ReviewPage
from reviews.steps.services.advancing import record_processing


class ProcessingRecordView(ReviewPage, ServiceActionView):
    policy_action = ReviewAction.RECORD_PROCESSING

    def perform(self) -> str:
        number = record_processing(self.user, self.review)
        return ngettext(
            "It is recorded that the documentation was processed; the time of what follows runs from today.",
            "It is recorded that all documentation was processed; the time of what follows runs from today.",
            number,
        )

    def next_url(self) -> str:
        return reverse("portal:review-detail", args=[self.kwargs["mechanism"], self.kwargs["code"]])
