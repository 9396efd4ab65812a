"""What is missing, before the answers are sent."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from questionnaires.definitions import instrument_names
from questionnaires.progress import ResponseOverview, overview_for
from questionnaires.responses import BelowResponse


class ResponseMissingView(BelowResponse, TemplateView):
    """What is asked and not answered yet, section by section. None of it keeps anybody from sending."""

    title = gettext_lazy("What is missing")
    template_name = "questionnaires/sending/response_missing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = overview_for(self.user, self.response)
        sections = missing_by_section(overview)
        return super().get_context_data(
            overview=overview,
            sections=sections,
            instruments=instrument_names(section["place"].part.instrument for section in sections),
            **kwargs,
        )


def missing_by_section(overview: ResponseOverview) -> list[dict[str, Any]]:
    """The sections with something missing, and the items."""
    items = overview.index.items
    return [
        {"place": section.place, "items": [items[code] for code in section.missing]}
        for section in overview.sections
        if section.missing
    ]
