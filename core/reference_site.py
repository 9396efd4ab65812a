"""Django's administration, for reference data only. What belongs to a review is never registered here."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from core import audit
from core.policy import PolicyRefusedError, refused


class ReferenceSite(admin.AdminSite):
    site_header = _("Reference data")
    site_title = _("Reference data")
    index_title = _("Reference data")
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Anonymous people never come here (the middleware sends them to sign in); the others are refused."""
        raise PolicyRefusedError(refused(_("Only those who look after the reference data open this page.")))


reference_site = ReferenceSite(name="admin")


class ReferenceAdmin(admin.ModelAdmin):
    """Whoever may open the site may change what stands in it; each change is audited with the names of the fields."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._audit(request, obj, "changed" if change else "added", fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        self._audit(request, obj, "deleted")
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def _audit(self, request: HttpRequest, obj: models.Model, verb: str, **facts: Any) -> None:
        name = f"{obj._meta.app_label}.{obj._meta.model_name}.{verb}"
        audit.record(request.user, name, obj, after=facts or None)


class TranslatedReferenceAdmin(ReferenceAdmin, TranslationAdmin):
    """For rows with texts in six languages: one field for each."""
