from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
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
    says = (
        gettext_lazy(
            "In a common room the reviewing States read each other’s drafts. Only the State that wrote a "
            "draft changes it, sends it or clears it."
        ),
        gettext_lazy(
            "It begins as soon as each reviewing State has opened its room, and ends as soon as one keeps "
            "its room to itself again. The secretariat can do neither."
        ),
        gettext_lazy(
            "It can begin only while no reviewing State has an unsent draft: nobody reads what was written "
            "for one State alone."
        ),
        gettext_lazy("When it ends, each State no longer reads the drafts of the others, and keeps its own."),
        gettext_lazy(
            "All who take part for a reviewing State are told by mail when a room is opened, and when the "
            "common room begins and ends."
        ),
    )

    def said_before(self) -> Sequence[str | Promise]:
        return self.says

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
