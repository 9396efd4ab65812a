"""Saved views of the cockpit: save, open, change, delete."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.i18n import isolated
from core.policy import can
from core.web.views import ConfirmedActView, ServiceFormView
from portal.cockpit.drawing import with_query
from portal.cockpit.enums import CockpitAction
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.forms import SavedViewForm
from portal.cockpit.models import SavedView
from portal.cockpit.selectors.cockpit import get_view, views_for
from portal.cockpit.services import change_view, delete_view, save_view
from portal.cockpit.views.cockpit import CockpitPage


class ViewListView(CockpitPage, TemplateView):
    title = gettext_lazy("Saved views")
    template_name = "portal/cockpit/cockpit_views.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (view, self.filter_of(_parsed(view)).words, can(self.user, CockpitAction.CHANGE_VIEW, view))
            for view in views_for(self.user, self.mechanism)
        ]
        return super().get_context_data(rows=rows, **kwargs)


class ViewSaveView(CockpitPage, ServiceFormView):
    """Keeps the filter of the address, which the form sends along."""

    policy_action = CockpitAction.SAVE_VIEW
    form_class = SavedViewForm
    title = gettext_lazy("Save a view")
    template_name = "portal/cockpit/cockpit_view_form.html"
    success_message = gettext_lazy("The view is saved.")

    takes = {"query": forms.CharField(required=False, max_length=1000)}

    def perform(self, form: SavedViewForm) -> SavedView:
        query = self.narrowed().query
        return save_view(actor=self.user, mechanism=self.mechanism, query=query, **form.cleaned_data)

    def narrowed(self) -> CockpitFilterSet:
        """A page narrows by its own address; a program says what would follow the question mark of that."""
        said = self.request.POST.get("query")
        if said is None:
            return self.filter
        given = self.filter_of(QueryDict(said))
        if given.form.errors:
            raise ServiceError(
                _("What narrowed the list does not exist any more. Look at the list as it is now."), field="query"
            )
        return given

    def success_url_for(self, result: SavedView) -> str:
        return _address_of(result)


class SavedViewPage(CockpitPage):
    policy_target: SavedView  # type: ignore[assignment]

    def get_policy_target(self) -> SavedView:
        return get_view(self.kwargs["mechanism"], self.kwargs["view"])

    def get_caption(self) -> str:
        return isolated(self.policy_target.name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.filter_of(_parsed(self.policy_target)).words
        return super().get_context_data(saved=self.policy_target, words=words, **kwargs)

    def success_url_for(self, result: object) -> str:
        return reverse("portal:cockpit-views", args=[self.mechanism.slug])


class ViewOpenView(SavedViewPage):
    policy_action = CockpitAction.OPEN_VIEW

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(_address_of(self.policy_target))


class ViewChangeView(SavedViewPage, ServiceFormView):
    policy_action = CockpitAction.CHANGE_VIEW
    form_class = SavedViewForm
    title = gettext_lazy("Change a view")
    template_name = "portal/cockpit/cockpit_view_form.html"
    success_message = gettext_lazy("The view is changed.")

    def get_initial(self) -> dict[str, Any]:
        view = self.policy_target
        return {"name": view.name, "is_shared": view.is_shared, "is_default": view.is_default}

    def perform(self, form: SavedViewForm) -> SavedView:
        return change_view(actor=self.user, view=self.policy_target, **form.cleaned_data)


class ViewDeleteView(SavedViewPage, ConfirmedActView):
    policy_action = CockpitAction.CHANGE_VIEW
    template_name = "portal/cockpit/cockpit_view_delete.html"
    title = gettext_lazy("Delete the view")
    is_warning = True
    success_message = gettext_lazy("The view is deleted.")

    def get_consequences(self) -> list[str]:
        first = _("The filter and its name are gone. No review changes.")
        shared = _("Your colleagues, with whom it is shared, lose it too.")
        return [first, shared] if self.policy_target.is_shared else [first]

    def perform(self, form: Any) -> None:
        delete_view(actor=self.user, view=self.policy_target)


def _parsed(view: SavedView) -> Any:
    return QueryDict(view.query)


def _address_of(view: SavedView) -> str:
    return with_query(reverse("portal:cockpit", args=[view.mechanism.slug]), view.query or "all=1")
