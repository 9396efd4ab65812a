"""The page that tells how an observation came to be what it is."""

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from observations.observations.rows import steps_for
from observations.observations.views import ObservationPage
from observations.texts.enums import TextAction


class ObservationHistoryView(ObservationPage, TemplateView):
    """Who wrote what and when; other States see what was written since it lies on the shared table."""

    policy_action = TextAction.VIEW
    title = gettext_lazy("History of an observation")
    template_name = "observations/observations/observation_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(steps=steps_for(self.user, self.observation), **kwargs)
