"""Accounts of permanent missions, set up and ended by officers on the State's page of nominations."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import Affiliation
from core.forms import AccessibleForm
from core.views import ConfirmedActView, ServiceFormView
from reviews.enums import NominationAction
from reviews.forms.nominations import MissionForm
from reviews.selectors.nominations import get_mission_member
from reviews.services.missions import end_mission_member, register_mission_member
from reviews.views.nominations import StatePage


class MissionRegisterView(StatePage, ServiceFormView):
    policy_action = NominationAction.REGISTER_MISSION
    form_class = MissionForm
    template_name = "reviews/mission_form.html"

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def perform(self, form: MissionForm) -> tuple[Affiliation, bool]:
        return register_mission_member(actor=self.user, place=self.place, **form.cleaned_data)

    def success_message_for(self, result: tuple[Affiliation, bool]) -> str:
        affiliation, is_new = result
        if is_new:
            message = _("%(person)s is registered. A mail with a link to set up the account is on its way.")
        else:
            message = _("%(person)s is registered and has been told by mail.")
        return message % {"person": affiliation.user}

    def success_url_for(self, result: object) -> str:
        return self.state_url()


class MissionEndView(StatePage, ConfirmedActView):
    policy_action = NominationAction.END_MISSION
    template_name = "reviews/mission_end.html"
    title = gettext_lazy("End the access")
    consequences = (
        gettext_lazy("The person no longer sees this State's nominations and records no notes, from now on."),
        gettext_lazy("Notes that he or she has recorded stay."),
    )
    is_warning = True
    success_message = gettext_lazy("The access has ended.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member = get_mission_member(self.place, self.kwargs["member"])
        return super().get_context_data(member=member, **kwargs)

    def perform(self, form: AccessibleForm) -> None:
        member = get_mission_member(self.place, self.kwargs["member"])
        end_mission_member(actor=self.user, place=self.place, affiliation=member)

    def success_url_for(self, result: object) -> str:
        return self.state_url()
