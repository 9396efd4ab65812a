from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from accounts.people.models import AccountRule
from accounts.states.models import RegionalGroup, StateParty
from accounts.terms.models import ConfidentialityTerms
from accounts.terms.selectors import forget_newest_terms
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

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(forget_newest_terms)
