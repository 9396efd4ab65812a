from django.utils.translation import gettext_lazy as _

from core.web.filters import Choices, PortalFilterSet, SelectFilter
from questionnaires.sharing.selectors import states_among


class SharedAnswersFilterSet(PortalFilterSet):
    """Whose answers to show."""

    state = SelectFilter("room__iso3", label=_("State"))

    def get_choices(self) -> Choices:
        return {"state": states_among(self.queryset)}
