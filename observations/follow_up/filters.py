from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from accounts.states import states_among
from core.web.filters import Choices, PortalFilterSet, SelectFilter, by
from observations.follow_up.enums import FollowUpStatus
from observations.follow_up.selectors import (
    NOTHING,
    articles_among,
    due,
    instruments_among,
    on_article,
    with_status,
)
from observations.observations import headings_among
from observations.texts.models import Observation

_DUE = [
    ("past", pgettext_lazy("follow-up", "Before today")),
    ("soon", pgettext_lazy("follow-up", "In the next 60 days")),
    ("undated", pgettext_lazy("follow-up", "No date set")),
]


class FollowUpFilterSet(PortalFilterSet):
    """Which items of a review to show to the people of its State."""

    heading = SelectFilter("heading__kind", label=_("Heading"))
    instrument = SelectFilter("agreed_text__instrument__slug", label=_("Instrument"))
    article = SelectFilter(label=_("Article"), method=by(on_article))
    status = SelectFilter(
        label=_("Status"),
        choices=[*FollowUpStatus.choices, (NOTHING, pgettext_lazy("follow-up", "Nothing recorded yet"))],
        method=by(with_status),
    )
    due = SelectFilter(label=pgettext_lazy("follow-up", "Date set"), choices=_DUE, method="dated")

    def dated(self, rows: QuerySet[Observation], _name: str, value: str) -> QuerySet[Observation]:
        return due(rows, timezone.localdate(), value)

    def get_choices(self) -> Choices:
        return {
            "heading": headings_among(self.queryset),
            "instrument": instruments_among(self.queryset),
            "article": articles_among(self.queryset),
        }


class SharedFollowUpFilterSet(PortalFilterSet):
    """Which of the shared items to show."""

    state = SelectFilter("room__iso3", label=_("State"))
    status = SelectFilter("document__status", label=_("Status"), choices=FollowUpStatus.choices)

    def get_choices(self) -> Choices:
        return {"state": states_among(self.queryset, "room")}
