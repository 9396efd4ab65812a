from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from questionnaires.laws.labels import articles_words
from questionnaires.laws.selectors import instrument_words
from questionnaires.submissions import BelowSubmission, CitedLaw, laws_in


class CitedLawsView(BelowSubmission, TemplateView):
    """What the answers that were sent cite, as the library of the State had it when they were sent."""

    title = gettext_lazy("Laws cited")
    template_name = "questionnaires/laws/cited_laws.html"

    @cached_property
    def rows(self) -> list[tuple[CitedLaw, str]]:
        names = instrument_words()
        return [
            (cited, articles_words(cited.said["articles"], names) if cited.said else "")
            for cited in laws_in(section for part in self.parts for section in part.sections)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        instrument_of = {
            state.item.code: part.part.instrument
            for part in self.parts
            for section in part.sections
            for state in section.items
        }
        return super().get_context_data(rows=self.rows, instrument_of=instrument_of, **kwargs)
