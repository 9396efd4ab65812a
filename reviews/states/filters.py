from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.states import regional_groups
from accounts.states.models import StateParty
from core.web.filters import Choices, PortalFilterSet, SelectFilter, TextFilter, by
from reviews.states.directory import participations_named, with_expert_named
from reviews.states.listing import called


class StateFilterSet(PortalFilterSet):
    """States by name or code and by regional group; fictional ones stand in the list of all, and nowhere else."""

    q = TextFilter(label=_("Name or code"), method=by(called))
    group = SelectFilter("regional_group__slug", label=_("Regional group"))

    def get_choices(self) -> Choices:
        return {"group": [(group.slug, group.name) for group in regional_groups()]}

    def filter_queryset(self, queryset: QuerySet[StateParty]) -> QuerySet[StateParty]:
        narrowed = super().filter_queryset(queryset)
        return narrowed.filter(is_fictional=False) if self.is_active else narrowed


class DirectoryFilterSet(PortalFilterSet):
    """Focal points by the name of the person or the State, and by regional group."""

    q = TextFilter(label=_("Name of a person or a State"), method=by(participations_named))
    group = SelectFilter("state_party__regional_group__slug", label=_("Regional group"))
    get_choices = StateFilterSet.get_choices


class ExpertFilterSet(PortalFilterSet):
    """Reviews by the name of an expert or of the expert's State."""

    q = TextFilter(label=_("Name of a person or a State"), method=by(with_expert_named))
