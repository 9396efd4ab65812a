from django.contrib import admin

from accounts.models import AccountRule, ConfidentialityTerms, RegionalGroup, StateParty
from core.reference_site import ReferenceAdmin, TranslatedReferenceAdmin, reference_site


@admin.register(RegionalGroup, site=reference_site)
class RegionalGroupAdmin(TranslatedReferenceAdmin):
    list_display = ["name", "slug", "order"]


@admin.register(StateParty, site=reference_site)
class StatePartyAdmin(TranslatedReferenceAdmin):
    list_display = ["iso3", "name", "regional_group", "is_reio", "is_fictional"]
    list_filter = ["regional_group", "is_fictional"]
    list_select_related = ["regional_group"]
    search_fields = ["iso3", "name"]


@admin.register(AccountRule, site=reference_site)
class AccountRuleAdmin(ReferenceAdmin):
    list_display = ["key", "value", "unit"]


@admin.register(ConfidentialityTerms, site=reference_site)
class ConfidentialityTermsAdmin(TranslatedReferenceAdmin):
    list_display = ["number", "valid_from"]
