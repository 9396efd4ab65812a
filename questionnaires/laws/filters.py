from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.web.filters import CheckboxFilter, Choices, PortalFilterSet, SelectFilter, TextFilter, by
from questionnaires.laws.enums import LawKind, LawStatus
from questionnaires.laws.models import Law
from questionnaires.laws.selectors import articles_implemented, holding, implementing, in_use, of_kind, standing_as


class LawFilterSet(PortalFilterSet):
    """Laws of one library; those out of use are shown where somebody asks for them."""

    q = TextFilter(label=_("Title, number or words of the text"), method=by(holding))
    kind = SelectFilter(label=_("Kind"), choices=LawKind.choices, method=by(of_kind))
    status = SelectFilter(label=_("Status"), choices=LawStatus.choices, method=by(standing_as))
    article = SelectFilter(label=_("Implements"), method=by(implementing))
    ended = CheckboxFilter(label=_("Also those that are no longer used"), method=lambda rows, name, value: rows)

    def get_choices(self) -> Choices:
        return {"article": articles_implemented(self.queryset)}

    def filter_queryset(self, queryset: QuerySet[Law]) -> QuerySet[Law]:
        rows = super().filter_queryset(queryset)
        return rows if self.given.get("ended") else in_use(rows)
