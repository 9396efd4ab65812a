"""Links between questions as rows that the secretariat may change."""

from django.contrib import admin

from core.reference_site import ReferenceAdmin, reference_site
from questionnaires.reuse.models import QuestionLink


@admin.register(QuestionLink, site=reference_site)
class QuestionLinkAdmin(ReferenceAdmin):
    list_display = ["mechanism", "block", "code", "method", "evidence_mark"]
    list_filter = ["mechanism", "method"]
    list_select_related = ["mechanism"]
    search_fields = ["block", "code"]
