"""Django's administration, for reference data only, in the frame of the portal (``templates/admin``).

What belongs to a review is never registered here. No script of Django's runs: each list and form works without.
"""

import html
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from modeltranslation.admin import TranslationAdmin
from modeltranslation.fields import TranslationField

from core import audit
from core.language.i18n import OWN_NAMES
from core.models.names import audit_name_of
from core.policy import PolicyRefusedError, can, explain, refused
from core.web.pages import Crumb, PageHead

_FORBIDDEN = 403
_NAMED = 10  # rows that rest on another one; of more it is said how many there are


class _ReferencePage:
    """What the frame asks of a page: a view of Django's has no such thing."""

    def __init__(self, title: str, trail: tuple[Crumb, ...], caption: str = "") -> None:
        self.heading = PageHead(title, caption, "", trail)


class ReferenceSite(admin.AdminSite):
    site_header = gettext_lazy("Reference data")
    site_title = gettext_lazy("Reference data")
    index_title = gettext_lazy("Reference data")
    enable_nav_sidebar = False
    policy_action: TextChoices
    session_action: TextChoices
    facts_of: Callable[[Any], dict[str, Any]]
    session_page: str

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

    def guard(
        self,
        action: TextChoices,
        facts_of: Callable[[Any], dict[str, Any]],
        *,
        session_action: TextChoices,
        session_page: str,
    ) -> None:
        """Ask the policy for ``action`` who may open the site; ``facts_of`` a person stand in each audit entry.

        Whoever may do ``session_action``, and has not done it, is shown the way to ``session_page``.
        """
        self.policy_action, self.facts_of = action, facts_of
        self.session_action, self.session_page = session_action, session_page

    def has_permission(self, request: HttpRequest) -> bool:
        return can(request.user, self.policy_action)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whoever may not open the page is told why on the page itself, and sent to no other way of signing in."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not self.has_permission(request):
                return self.login(request)
            return inner(request, *args, **kwargs)

        return guarded

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Anonymous people never come here (the middleware sends them to sign in); the others are refused."""
        decision = explain(request.user, self.policy_action)
        if decision or not can(request.user, self.session_action):
            raise PolicyRefusedError(refused(decision.reason or _("You look after the reference data: go on.")))
        name = request.resolver_match.url_name if request.resolver_match else ""
        title = next((each for each in self._titles(name or "")), str(self.index_title))
        context = {
            "view": _ReferencePage(title, ()),
            "reason": decision.reason,
            "session_url": reverse(self.session_page),
            "next": request.get_full_path(),
        }
        return render(request, "admin/needs_session.html", context, status=_FORBIDDEN)

    def _titles(self, url_name: str) -> list[str]:
        """What the rows of a page are called, by the name of its address."""
        found = (model._meta for model in self._registry)
        return [_plural(meta) for meta in found if url_name.startswith(f"{meta.app_label}_{meta.model_name}_")]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"view": _ReferencePage(str(self.index_title), ()), **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None) -> Any:
        answer = super().app_index(request, app_label, extra_context)
        return _dressed(answer, trail=(home(),))


reference_site = ReferenceSite(name="admin")


def home() -> Crumb:
    return Crumb(reference_site.index_title, reverse("admin:index"))


def _plural(meta: Any) -> str:
    return str(capfirst(str(meta.verbose_name_plural)))


def _dressed(answer: HttpResponseBase, *, trail: tuple[Crumb, ...], title: str = "") -> Any:
    """Give a page of Django's what the frame of the portal asks for."""
    if isinstance(answer, TemplateResponse) and answer.context_data is not None:
        words = title or str(answer.context_data.get("title", ""))
        answer.context_data["view"] = _ReferencePage(words, trail, str(answer.context_data.get("subtitle") or ""))
    return answer


class ReferenceAdmin(admin.ModelAdmin):
    """Whoever may open the site may change what stands in it; each change is audited with the names of the fields."""

    actions = None  # each row goes on a page of its own, which says what rests on it

    def has_module_permission(self, request: HttpRequest) -> bool:
        return reference_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

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

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What a row is first, and how well that is known last."""
        fieldsets = super().get_fieldsets(request, obj)
        for _name, options in fieldsets:
            options["fields"] = sorted(options["fields"], key=lambda name: str(name).startswith("evidence_"))
        return fieldsets

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> Any:
        """Back to the page that led here, where it has said which that is."""
        back = request.GET.get("back", "")
        if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
            return HttpResponseRedirect(back)
        return super().response_post_save_add(request, obj)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Yes and no in words, where Django has pictures."""
        return [_in_words(self.model, name) for name in super().get_list_display(request)]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        answer = super().changelist_view(request, extra_context)
        return _dressed(answer, trail=(home(),), title=_plural(self.opts))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        answer: Any = super().changeform_view(request, object_id, form_url, extra_context)
        if getattr(answer, "context_data", None) and answer.context_data.get("errors"):
            answer.status_code = 422
        return _dressed(answer, trail=self._trail())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        return _dressed(super().delete_view(request, object_id, extra_context), trail=self._trail(), title=_("Delete"))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        answer = super().history_view(request, object_id, extra_context)
        return _dressed(answer, trail=self._trail(), title=_("Changes of this row"))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What rests on the rows in order; where that is many rows, how many of each kind. What is held says why."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        names = sorted(html.unescape(strip_tags(str(each))) for each in protected)
        if len(names) > _NAMED:
            kinds = Counter(name.partition(":")[0] for name in names)
            names = [f"{kind}: {number}" for kind, number in sorted(kinds.items())]
        names = [*{why for row in objs for why in reference_site.held_fields(row).values()}, *names]
        return deleted, counts, set() if names else lacking, names

    def _trail(self) -> tuple[Crumb, ...]:
        rows = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return home(), Crumb(_plural(self.opts), rows)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Fields as the portal's own forms have them: no pictures, no windows of their own."""
        if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        # The wrapper of a link would open windows in which linked rows are changed.
        field.widget = getattr(field.widget, "widget", field.widget) if _is_wrapped(field.widget) else field.widget
        widget = field.widget
        if isinstance(widget, forms.Textarea):
            widget.attrs |= {"class": "govuk-textarea", "rows": 4, "dir": "auto"}
        elif isinstance(widget, forms.CheckboxInput):
            widget.attrs["class"] = "govuk-checkboxes__input"
        elif isinstance(widget, forms.Select):
            widget.attrs["class"] = "govuk-select"
        else:
            widget.attrs |= {"class": "govuk-input", "dir": "auto"}
        if isinstance(db_field, TranslationField):
            language = db_field.language
            name = capfirst(str(db_field.translated_field.verbose_name))
            field.label = f"{name} ({OWN_NAMES.get(language, language)})"
            widget.attrs["lang"] = language
        return field

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


def _in_words(model: type[models.Model], name: Any) -> Any:
    field = next((each for each in model._meta.concrete_fields if each.name == name), None)
    if not isinstance(field, models.BooleanField):
        return name

    @admin.display(description=field.verbose_name, ordering=name)
    def words(row: models.Model) -> str:
        return _("Yes") if getattr(row, name) else _("No")

    return words


def _is_wrapped(widget: Any) -> bool:
    return isinstance(widget, RelatedFieldWidgetWrapper)


class TranslatedReferenceAdmin(ReferenceAdmin, TranslationAdmin):
    """For rows with texts in six languages: one field for each."""
