"""Django's administration, for reference data only. What belongs to a review is never registered here."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from core import audit
from core.models.names import audit_name_of
from core.policy import PolicyRefusedError, can, explain, refused


class ReferenceSite(admin.AdminSite):
    site_header = _("Reference data")
    site_title = _("Reference data")
    index_title = _("Reference data")
    enable_nav_sidebar = False
    policy_action: TextChoices
    facts_of: Callable[[Any], dict[str, Any]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._holds: dict[type[models.Model], tuple[Collection[str], Callable[[Any], bool], Any]] = {}

    def hold(
        self, model: type[models.Model], fields: Collection[str], is_held: Callable[[Any], bool], why: Any
    ) -> None:
        """Keep these fields of the rows on which ``is_held`` as they are, and the rows; ``why`` says it in words."""
        self._holds[model] = fields, is_held, why

    def held_fields(self, row: models.Model | None) -> dict[str, str]:
        """Which fields of a stored row stay as they are, each with why."""
        fields, is_held, why = self._holds.get(type(row), ((), lambda row: False, "")) if row else ((), None, "")
        return dict.fromkeys(fields, str(why)) if is_held and is_held(row) else {}

    def guard(self, action: TextChoices, facts_of: Callable[[Any], dict[str, Any]]) -> None:
        """Ask the policy for ``action`` who may open the site; ``facts_of`` a person stand in each audit entry."""
        self.policy_action, self.facts_of = action, facts_of

    def has_permission(self, request: HttpRequest) -> bool:
        return can(request.user, self.policy_action)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Anonymous people never come here (the middleware sends them to sign in); the others are refused."""
        decision = explain(request.user, self.policy_action)
        raise PolicyRefusedError(refused(decision.reason or _("You look after the reference data: go on.")))


reference_site = ReferenceSite(name="admin")


class ReferenceAdmin(admin.ModelAdmin):
    """Whoever may open the site may change what stands in it; each change is audited with the names of the fields."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return reference_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and not reference_site.held_fields(obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Refuses by the field what others rest on (``ReferenceSite.hold``)."""
        base: Any = super().get_form(request, obj, change=change, **kwargs)
        held = reference_site.held_fields(obj)
        if not held:
            return base

        class HeldForm(base):
            def clean(self) -> Any:
                data = super().clean()
                for field in set(self.changed_data) & held.keys():
                    self.add_error(field, held[field])
                return data

        return HeldForm

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
        name = f"{audit_name_of(obj)}.{verb}"
        audit.record(request.user, name, obj, after={**facts, **reference_site.facts_of(request.user)})


class TranslatedReferenceAdmin(ReferenceAdmin, TranslationAdmin):
    """For rows with texts in six languages: one field for each."""
