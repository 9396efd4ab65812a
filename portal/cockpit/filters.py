from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.people import officers
from accounts.states import regional_groups
from core.language.i18n import UN_LANGUAGES, isolated
from core.web.filters import Choices, SelectFilter, by
from portal.cockpit.selectors import cockpit
from reviews.cases import ReviewFilterSet
from reviews.cases.models import Review


class CockpitFilterSet(ReviewFilterSet):
    """What all pages of the cockpit and its files show: as the list of reviews, and by more."""

    sort_keys = ("state", "phase", "step", "due")
    field_order = ("q", "phase", "group", "step", "owner", "officer", "region", "instrument", "language", "overdue")

    group = SelectFilter("review_group__number", label=_("Review group"))
    officer = SelectFilter(label=_("Officer in charge"), method="of_officer")
    region = SelectFilter("state_under_review__regional_group__slug", label=_("Regional group"))
    instrument = SelectFilter(label=_("Instrument"), method=by(cockpit.of_instrument))
    language = SelectFilter(label=_("Working language"), choices=UN_LANGUAGES, method=by(cockpit.in_language))

    def get_choices(self) -> Choices:
        people = [(str(each.pk), isolated(each.full_name)) for each in officers().order_by("full_name")]
        return {
            **super().get_choices(),
            "group": [(str(each.number), str(each.number)) for each in self.mechanism.review_groups.all()],
            "officer": [(cockpit.ME, _("Myself")), (cockpit.NOBODY, _("Nobody yet")), *people],
            "region": [(each.slug, each.name) for each in regional_groups()],
            "instrument": [(each.slug, each.short_name) for each in cockpit.instruments_reviewed(self.mechanism)],
        }

    def of_officer(self, reviews: QuerySet[Review], _name: str, wanted: str) -> QuerySet[Review]:
        return cockpit.of_officer(reviews, wanted, self.user)
