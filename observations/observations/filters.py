from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.states import states_among
from core.language.i18n import UN_LANGUAGES
from core.web.filters import Choices, PortalFilterSet, SelectFilter, by
from observations.observations.selectors import articles_among, headings_among, on_article
from observations.observations.statuses import with_status
from observations.texts.enums import ObservationStatus
from observations.texts.models import Observation


class ObservationFilterSet(PortalFilterSet):
    """Which observations of a review to show; those withdrawn only where one asks for them."""

    status = SelectFilter(label=_("Status"), choices=ObservationStatus.choices, method=by(with_status))
    heading = SelectFilter("heading__kind", label=_("Heading"))
    article = SelectFilter(label=_("Article"), method=by(on_article))
    state = SelectFilter("state_party__iso3", label=pgettext_lazy("an observation", "Drafted by"))
    language = SelectFilter("language", label=_("Language"), choices=UN_LANGUAGES)

    def filter_queryset(self, queryset: QuerySet[Observation]) -> QuerySet[Observation]:
        rows: Any = super().filter_queryset(queryset)
        return rows if self.given.get("status") else rows.filter(withdrawn_at=None)

    def get_choices(self) -> Choices:
        return {
            "heading": headings_among(self.queryset),
            "article": articles_among(self.queryset),
            "state": states_among(self.queryset, "state_party"),
        }
