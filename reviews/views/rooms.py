from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.views import ServiceFormView
from reviews.enums import ReviewAction
from reviews.forms import RoomsForm
from reviews.models import Review
from reviews.services.rooms import set_reviewers_room
from reviews.views.base import ReviewPage


class RoomsView(ReviewPage, ServiceFormView):
    """An officer opens or closes the common room of the reviewing States."""

    policy_action = ReviewAction.SET_ROOMS
    form_class = RoomsForm
    template_name = "reviews/rooms.html"

    def get_initial(self) -> dict[str, Any]:
        return {"shared": "yes" if self.review.reviewers_share_room else "no"}

    def perform(self, form: RoomsForm) -> Review:
        return set_reviewers_room(actor=self.request.user, review=self.review, **form.cleaned_data)

    def success_message_for(self, result: Review) -> str:
        if result.reviewers_share_room:
            return _("The reviewing States have one room together now. All who take part for them are told by mail.")
        return _("Each reviewing State has its own room now. All who take part for them are told by mail.")

    def success_url_for(self, result: Review) -> str:
        url = reverse("reviews:participant-list", args=[self.kwargs["mechanism"], self.kwargs["code"]])
        return f"{url}#rooms"
