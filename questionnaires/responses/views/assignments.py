from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.language.i18n import isolated
from core.web.views import ServiceFormView
from questionnaires.definitions import PlacedSection, instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.forms import AssignForm
from questionnaires.responses.selectors.reading import assignments_of, get_contributor
from questionnaires.responses.selectors.responses import sections_visible_to
from questionnaires.responses.services import assign_sections
from questionnaires.responses.views.base import BelowResponse
from reviews.cases.models import Participation


class SectionAssignView(BelowResponse, ServiceFormView):
    """The focal point ticks the sections that a national contributor sees and answers."""

    policy_action = ResponseAction.ASSIGN
    form_class = AssignForm
    title = gettext_lazy("Send sections to a ministry")
    template_name = "questionnaires/responses/section_assign.html"

    def get_caption(self) -> str:
        person = self.participation.user
        return isolated(", ".join(filter(None, [person.full_name, person.organization])))

    @cached_property
    def participation(self) -> Participation:
        return get_contributor(self.user, self.response.review, self.kwargs["participation"])

    @cached_property
    def places(self) -> tuple[PlacedSection, ...]:
        return sections_visible_to(self.user, self.response)

    def get_form_kwargs(self) -> dict[str, Any]:
        parts = [(slug, list(places)) for slug, places in groupby(self.places, key=lambda place: place.part.instrument)]
        names = instrument_names(slug for slug, _places in parts)
        return {**super().get_form_kwargs(), "sections": [(names[slug], places) for slug, places in parts]}

    def get_initial(self) -> dict[str, Any]:
        sent = {
            assignment.section_id
            for assignment in assignments_of(self.response)
            if assignment.participation_id == self.participation.pk
        }
        ticked: dict[str, list[str]] = {}
        for place in self.places:
            if place.pk in sent:
                ticked.setdefault(place.part.instrument, []).append(place.section.slug)
        return ticked

    def perform(self, form: AssignForm) -> list[PlacedSection]:
        places = [place for place in self.places if place.address in form.addresses]
        assign_sections(self.user, self.response, participation=self.participation, places=places)
        return places

    def success_message_for(self, result: list[PlacedSection]) -> str:
        person = self.participation.user
        if not result:
            return _("%(person)s sees no section any more.") % {"person": person}
        return _("Sections that %(person)s sees and answers now: %(count)s.") % {
            "person": person,
            "count": len(result),
        }

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)
