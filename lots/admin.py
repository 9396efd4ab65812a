"""The rules of the draw as rows. Draws themselves are left out on purpose."""

from django.contrib import admin

from core.reference_site import TranslatedReferenceAdmin, reference_site
from lots.draws.models import DrawRule


@admin.register(DrawRule, site=reference_site)
class DrawRuleAdmin(TranslatedReferenceAdmin):
    list_display = ["mechanism", "order", "key", "name", "switch", "default", "evidence_mark"]
    list_filter = ["mechanism"]
    list_select_related = ["mechanism"]
