"""The fixed words of lists of observations and summaries, and those that hints look for, as rows to be changed."""

from django.contrib import admin

from core.reference_site import ReferenceAdmin, TranslatedReferenceAdmin, reference_site
from observations.hints.models import WatchedWord
from observations.needs.models import AssistanceType
from observations.texts.models import BlueprintText, ObservationHeading
from observations.translations.models import Term


@admin.register(BlueprintText, site=reference_site)
class BlueprintTextAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "kind", "key", "evidence_mark"]
    list_filter = ["mechanism", "kind"]
    list_select_related = ["mechanism"]


@admin.register(ObservationHeading, site=reference_site)
class ObservationHeadingAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "letter", "kind", "name"]
    list_select_related = ["mechanism"]


@admin.register(AssistanceType, site=reference_site)
class AssistanceTypeAdmin(TranslatedReferenceAdmin):
    list_display = ["name", "instrument", "order", "key"]
    list_filter = ["instrument"]
    list_select_related = ["instrument"]


@admin.register(WatchedWord, site=reference_site)
class WatchedWordAdmin(ReferenceAdmin):
    list_display = ["words", "language", "kind", "is_stem"]
    list_filter = ["language", "kind"]
    search_fields = ["words"]


@admin.register(Term, site=reference_site)
class TermAdmin(ReferenceAdmin):
    list_display = ["concept", "language", "words", "evidence_mark"]
    list_filter = ["language"]
    search_fields = ["concept", "words"]
