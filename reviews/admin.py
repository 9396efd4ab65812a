"""The rules of a mechanism as rows. Reviews, participations and all content are left out on purpose."""

from django.contrib import admin

from core.reference_site import ReferenceAdmin, TranslatedReferenceAdmin, reference_site
from reviews.models import (
    Adherence,
    Article,
    BlueprintText,
    Cluster,
    Instrument,
    Limit,
    Mechanism,
    ObservationHeading,
    Phase,
    PhasePeriod,
    ReviewGroup,
    Step,
    StepPlan,
)


@admin.register(Mechanism, site=reference_site)
class MechanismAdmin(TranslatedReferenceAdmin):
    list_display = ["slug", "short_name"]


@admin.register(Instrument, site=reference_site)
class InstrumentAdmin(TranslatedReferenceAdmin):
    list_display = ["slug", "short_name", "mechanism", "order"]
    list_select_related = ["mechanism"]


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
    autocomplete_fields = ["state_party"]


@admin.register(Cluster, site=reference_site)
class ClusterAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "number", "roman", "name"]
    list_select_related = ["mechanism"]
    filter_horizontal = ["articles"]


@admin.register(Phase, site=reference_site)
class PhaseAdmin(ReferenceAdmin):
    list_display = ["mechanism", "number", "cluster", "evidence_mark"]
    list_select_related = ["mechanism", "cluster"]


@admin.register(PhasePeriod, site=reference_site)
class PhasePeriodAdmin(ReferenceAdmin):
    list_display = ["phase", "review_group", "period", "evidence_mark"]
    list_select_related = ["phase", "review_group"]


@admin.register(ReviewGroup, site=reference_site)
class ReviewGroupAdmin(ReferenceAdmin):
    list_display = ["mechanism", "number", "evidence_mark"]
    list_select_related = ["mechanism"]


@admin.register(Step, site=reference_site)
class StepAdmin(TranslatedReferenceAdmin):
    list_display = ["order", "slug", "name", "kind", "owner"]


@admin.register(StepPlan, site=reference_site)
class StepPlanAdmin(TranslatedReferenceAdmin):
    list_display = ["order", "slug", "name", "amount", "unit", "counted_from", "owed_by", "evidence_mark"]
    list_select_related = ["counted_from"]


@admin.register(Limit, site=reference_site)
class LimitAdmin(ReferenceAdmin):
    list_display = ["mechanism", "key", "value", "unit", "is_hard", "evidence_mark"]
    list_select_related = ["mechanism"]


@admin.register(BlueprintText, site=reference_site)
class BlueprintTextAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "kind", "key", "evidence_mark"]
    list_filter = ["mechanism", "kind"]
    list_select_related = ["mechanism"]


@admin.register(ObservationHeading, site=reference_site)
class ObservationHeadingAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "letter", "kind", "name"]
    list_select_related = ["mechanism"]
