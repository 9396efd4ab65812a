"""The fixed words of lists of observations and summaries as rows that the secretariat may change."""

from django.contrib import admin

from core.reference_site import TranslatedReferenceAdmin, reference_site
from observations.texts.models import BlueprintText, ObservationHeading


@admin.register(BlueprintText, site=reference_site)
class BlueprintTextAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "kind", "key", "evidence_mark"]
    list_filter = ["mechanism", "kind"]
    list_select_related = ["mechanism"]


@admin.register(ObservationHeading, site=reference_site)
class ObservationHeadingAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "letter", "kind", "name"]
    list_select_related = ["mechanism"]
