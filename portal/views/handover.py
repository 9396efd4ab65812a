from typing import Any

from django.views.generic import TemplateView

from core.i18n import language
from portal.handover import Handover
from portal.views.base import ReviewPage
from questionnaires.selectors.reading import instrument_names
from reviews.enums import ReviewAction
from reviews.permissions import acting_hat
from reviews.selectors.exchange import has_begun
from reviews.selectors.places import know_states


class HandoverView(ReviewPage, TemplateView):
    """What the reader's State has in hand: for whoever takes over, and for whoever prepares to leave."""

    policy_action = ReviewAction.READ_HANDOVER
    template_name = "portal/handover.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        handover = Handover(self.user, self.review, acting_hat(self.user, self.review))
        has_exchange = has_begun(self.review)
        know_states(self.review)
        return super().get_context_data(
            handover=handover,
            act=handover.act,
            has_exchange=has_exchange,
            threads_for_us=handover.threads(ours=True) if has_exchange else [],
            threads_for_others=handover.threads(ours=False) if has_exchange else [],
            versions_to_clear=handover.versions(ours=True) if has_exchange else [],
            versions_with_others=handover.versions(ours=False) if has_exchange else [],
            **_languages(handover),
            **kwargs,
        )


def _languages(handover: Handover) -> dict[str, Any]:
    """The names of the instruments and the language of the questionnaire, where its sections are shown."""
    overview = handover.answers
    if overview is None:
        return {}
    names = instrument_names(section.place.part.instrument for section in overview.sections)
    return {"instruments": names, "official": language(overview.index.definition.language)}
