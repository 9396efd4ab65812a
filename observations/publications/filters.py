from django.utils.translation import gettext_lazy as _

from core.web.filters import Choices, PortalFilterSet, SelectFilter
from observations.publications.selectors import published_instruments, published_states


class PublicationFilterSet(PortalFilterSet):
    """Which of the public documents to show."""

    state = SelectFilter("agreed_text__review__state_under_review__iso3", label=_("State under review"))
    instrument = SelectFilter("agreed_text__instrument__slug", label=_("Instrument"))

    def get_choices(self) -> Choices:
        return {
            "state": [(state.iso3, state.name) for state in published_states()],
            "instrument": [(row.slug, row.short_name) for row in published_instruments()],
        }
