"""The rules of a mechanism as rows. Reviews, participations and all content are left out on purpose."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.reference_site import ReferenceAdmin, TranslatedReferenceAdmin, reference_site
from reviews.programme.enums import LIMIT_WORDS, UNIT_WORDS
from reviews.programme.models import (
    Adherence,
    Article,
    Cluster,
    ClusterArticle,
    Holiday,
    Instrument,
    Limit,
    Mechanism,
    Phase,
    PhasePeriod,
    ReviewGroup,
    Step,
    StepPlan,
    StepPlanVersion,
)
from reviews.programme.terminologies import forget_words
from reviews.reminders.models import ReminderRule
from reviews.states.models import PublicStatus


class _CountedOn(ReferenceAdmin):
    """Rows that are counted within a mechanism, by the column ``counted``: one that is added comes after the last.

    The address says the mechanism alone, so that what it says still holds for the row after that.
    """

    counted = "number"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        if "mechanism" in initial:
            last = self.model._default_manager.values_list("mechanism").annotate(last=Max(self.counted))
            highest = {str(mechanism): number for mechanism, number in last.order_by()}
            initial.setdefault(self.counted, highest.get(initial["mechanism"], 0) + 1)
        return initial


@admin.register(Mechanism, site=reference_site)
class MechanismAdmin(TranslatedReferenceAdmin):
    list_display = ["slug", "short_name"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Its words are on every page from the next one on."""
        super().save_model(request, obj, form, change)
        transaction.on_commit(forget_words)


@admin.register(Instrument, site=reference_site)
class InstrumentAdmin(_CountedOn, TranslatedReferenceAdmin):
    counted = "order"
    list_display = ["slug", "short_name", "mechanism", "order", "days_to_force", "supplements", "evidence_mark"]
    list_select_related = ["mechanism", "supplements"]


@admin.register(Article, site=reference_site)
class ArticleAdmin(TranslatedReferenceAdmin):
    list_display = ["instrument", "number", "title"]
    list_filter = ["instrument"]
    list_select_related = ["instrument"]


@admin.register(Adherence, site=reference_site)
class AdherenceAdmin(ReferenceAdmin):
    list_display = ["state_party", "instrument", "kind", "deposited_on", "is_verified"]
    list_filter = ["instrument", "is_verified"]
    list_select_related = ["state_party", "instrument"]
    search_fields = ["state_party__iso3", "state_party__name_en"]


@admin.register(Cluster, site=reference_site)
class ClusterAdmin(_CountedOn, TranslatedReferenceAdmin):
    list_display = ["mechanism", "number", "roman", "name"]
    list_select_related = ["mechanism"]


@admin.register(ClusterArticle, site=reference_site)
class ClusterArticleAdmin(ReferenceAdmin):
    list_display = ["cluster", "article", "unless_party_to", "evidence_mark"]
    list_filter = ["cluster", "article__instrument"]
    list_select_related = ["cluster", "article", "unless_party_to"]


class _OnItsPage(ReferenceAdmin):
    """Changed on a page of its own, which shows first what follows and rests on what was shown; here it is read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Phase, site=reference_site)
class PhaseAdmin(_CountedOn):
    list_display = ["mechanism", "number", "cluster", "evidence_mark"]
    list_select_related = ["mechanism", "cluster"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its periods would go with it, which are changed on the page of the programme."""
        return super().has_delete_permission(request, obj) and not (obj and obj.periods.exists())


@admin.register(PhasePeriod, site=reference_site)
class PhasePeriodAdmin(_OnItsPage):
    list_display = ["phase", "review_group", "period", "evidence_mark"]
    list_select_related = ["phase", "review_group"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ReviewGroup, site=reference_site)
class ReviewGroupAdmin(_CountedOn):
    list_display = ["mechanism", "number", "evidence_mark"]
    list_select_related = ["mechanism"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As of a phase."""
        return super().has_delete_permission(request, obj) and not (obj and obj.periods.exists())


@admin.register(Step, site=reference_site)
class StepAdmin(TranslatedReferenceAdmin):
    list_display = ["order", "slug", "name", "kind", "owner"]


class _FrozenWhenPublished(ReferenceAdmin):
    """A published version of the plan changes no more; the pages of the secretariat copy it into a draft."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_published(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_published(obj)


def _is_published(obj: StepPlan | StepPlanVersion | None) -> bool:
    version = obj.version if isinstance(obj, StepPlan) else obj
    return version is not None and version.is_published


@admin.register(StepPlanVersion, site=reference_site)
class StepPlanVersionAdmin(_FrozenWhenPublished):
    list_display = ["mechanism", "number", "phase", "day_rule", "published_at", "evidence_mark"]
    list_select_related = ["mechanism", "phase"]
    exclude = ["published_at", "published_by"]  # publishing is an act of its own


@admin.register(StepPlan, site=reference_site)
class StepPlanAdmin(_FrozenWhenPublished, TranslatedReferenceAdmin):
    list_display = ["version", "order", "slug", "name", "amount", "unit", "counted_from", "owed_by", "evidence_mark"]
    list_select_related = ["version", "counted_from"]
    list_filter = ["version"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "version":
            kwargs["queryset"] = StepPlanVersion.objects.filter(published_at=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Holiday, site=reference_site)
class HolidayAdmin(TranslatedReferenceAdmin):
    list_display = ["day", "name", "mechanism", "evidence_mark"]
    list_filter = ["evidence_mark"]
    list_select_related = ["mechanism"]


@admin.register(Limit, site=reference_site)
class LimitAdmin(ReferenceAdmin):
    list_display = ["shown_name", "mechanism", "value", "shown_unit", "is_hard", "evidence_mark"]
    list_select_related = ["mechanism"]

    @admin.display(description=_("limit"), ordering="key")
    def shown_name(self, row: Limit) -> str:
        return str(LIMIT_WORDS.get(row.key, row.key))

    @admin.display(description=_("unit"), ordering="unit")
    def shown_unit(self, row: Limit) -> str:
        return str(UNIT_WORDS.get(row.unit, row.unit))


@admin.register(PublicStatus, site=reference_site)
class PublicStatusAdmin(ReferenceAdmin):
    list_display = ["mechanism", "is_open", "evidence_mark"]
    list_select_related = ["mechanism"]


@admin.register(ReminderRule, site=reference_site)
class ReminderRuleAdmin(_OnItsPage):
    list_display = ["mechanism", "audience", "days", "is_active", "evidence_mark"]
    list_filter = ["mechanism", "audience"]
    list_select_related = ["mechanism"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
