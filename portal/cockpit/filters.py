from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.states import regional_groups
from core.language.i18n import UN_LANGUAGES
from core.web.filters import CheckboxFilter, Choices, SelectFilter, by
from portal.cockpit.selectors import cockpit, needs
from reviews.cases.models import Review
from reviews.lists import OfficerFilter, ReviewFilterSet, under_way


class CockpitFilterSet(ReviewFilterSet):
    """What all pages of the cockpit and its files show: as the list of reviews, and by more."""

    sort_keys = ("state", "phase", "step", "due")
    field_order = (
        "q", "phase", "group", "step", "owner", "officer", "region", "instrument", "language",
        "running", "overdue", "silent", "blocked", "unnamed", "bounced",
    )  # fmt: skip

    group = SelectFilter("review_group__number", label=_("Review group"))
    officer = OfficerFilter()
    region = SelectFilter("state_under_review__regional_group__slug", label=_("Regional group"))
    instrument = SelectFilter(label=_("Instrument"), method=by(cockpit.of_instrument))
    language = SelectFilter(label=_("Working language"), choices=UN_LANGUAGES, method=by(cockpit.in_language))
    running = CheckboxFilter(label=_("Under way"), method="that_are")
    silent = CheckboxFilter(label=_("Silent"), method="that_are")
    blocked = CheckboxFilter(label=_("Waiting for the secretariat"), method="that_are")
    unnamed = CheckboxFilter(label=_("Without a focal point of every State"), method="that_are")
    bounced = CheckboxFilter(label=_("Somebody is not reached by mail"), method="that_are")

    def get_choices(self) -> Choices:
        return {
            **super().get_choices(),
            "group": [(str(each.number), str(each.number)) for each in self.mechanism.review_groups.all()],
            "officer": OfficerFilter.people(),
            "region": [(each.slug, each.name) for each in regional_groups()],
            "instrument": [(each.slug, each.short_name) for each in cockpit.instruments_reviewed(self.mechanism)],
        }

    def that_are(self, reviews: QuerySet[Review], name: str, _ticked: bool) -> QuerySet[Review]:
        """What needs an officer, as the first page of the cockpit counts it."""
        today = timezone.localdate(self.now)
        if name == "silent":
            return needs.silent_in(reviews, self.mechanism, today)
        narrow = {
            "running": under_way,
            "blocked": needs.blocked,
            "unnamed": needs.unnamed,
            "bounced": needs.bounced,
        }
        return narrow[name](reviews, today)
