from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from core.web.views import ServiceFormView
from reviews.capacities import own_state_of
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.drafts import rooms_of_reviewers
from reviews.navigation import BelowParticipants
from reviews.rooms.forms import RoomsForm
from reviews.rooms.services import set_own_room


class RoomsView(BelowParticipants, ServiceFormView):
    """The focal point of a reviewing State opens its room to the others, or keeps it to the own State."""

    policy_action = ReviewAction.SET_ROOMS
    form_class = RoomsForm
    title = gettext_lazy("Rooms of the reviewing States")
    template_name = "reviews/rooms/rooms.html"

    def get_initial(self) -> dict[str, Any]:
        return {"shared": "yes" if self._own_is_open() else "no"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rooms=list(rooms_of_reviewers(self.review)), **kwargs)

    def perform(self, form: RoomsForm) -> Review:
        user: Any = self.request.user
        return set_own_room(actor=user, review=self.review, **form.cleaned_data)

    def success_message_for(self, result: Review) -> str:
        if result.reviewers_share_room:
            return _("The reviewing States have one room together now. All who take part for them are told by mail.")
        if self._own_is_open():
            return _("Your State opens its room. It becomes a common room as soon as all reviewing States do.")
        return _("Your State keeps its room to itself now.")

    def success_url_for(self, result: Review) -> str:
        return f"{self.participants_url()}#rooms"

    def _own_is_open(self) -> bool:
        own = own_state_of(self.user, self.review)
        return any(row.state_party_id == own and row.opens_room_at for row in rooms_of_reviewers(self.review))
