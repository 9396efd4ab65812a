"""From an earlier version to a later one: what has changed of each item, where it goes, and how many have moved."""

from collections import Counter
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import in_own_order, isolated, language
from core.policy import explain, require
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from questionnaires.definitions import Item, ItemMove, index_of, moves_of, new_items, said_of_items
from questionnaires.definitions.enums import ItemFate
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.selectors import get_version
from questionnaires.editing.services.drafts import StaleError
from questionnaires.editing.services.mapping import NOWHERE, TakenError, place_of_item, say_where_item_goes
from questionnaires.editing.views.base import ClusterPage
from questionnaires.editing.views.items import words_of
from questionnaires.wording import full_number

CHANGES = {
    "words": gettext_lazy("words"),
    "options": gettext_lazy("options"),
    "kind": gettext_lazy("how it is answered"),
    "condition": gettext_lazy("when it is asked"),
}


class MapPage(ClusterPage):
    """A page about the way from one version (``version``) to a later one (``target``)."""

    def get_policy_target(self) -> Any:
        require(self.request.user, EditingAction.VIEW)
        if self.kwargs["version"] >= self.kwargs["target"]:
            raise Http404
        self.old, self.new  # noqa: B018 - found before anybody is asked anything
        return None

    @cached_property
    def old(self) -> QuestionnaireVersion:
        return get_version(self.cluster, self.kwargs["version"])

    @cached_property
    def new(self) -> QuestionnaireVersion:
        return get_version(self.cluster, self.kwargs["target"])

    @cached_property
    def moves(self) -> dict[str, ItemMove]:
        return moves_of(self.old.pk, self.new.pk)

    def get_title(self) -> str:
        return _("From version %(old)s to version %(new)s") % {"old": self.old.number, "new": self.new.number}

    def map_url(self) -> str:
        numbers = [self.mechanism.slug, self.cluster.number, self.old.number, self.new.number]
        return reverse("questionnaires:version-map", args=numbers)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = language(self.old.language)
        return super().get_context_data(old=self.old, new=self.new, cluster=self.cluster, official=own, **kwargs)


class VersionMapView(MapPage, TemplateView):
    policy_action = EditingAction.VIEW
    template_name = "questionnaires/editing/version_map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moves = self.moves
        counts = Counter(move.fate for move in moves.values())
        rows = [
            (move, [CHANGES[name] for name in move.changed])
            for move in moves.values()
            if move.fate != ItemFate.EQUAL or move.is_said
        ]
        return super().get_context_data(
            rows=rows,
            equal=[move for move in moves.values() if move.fate == ItemFate.EQUAL and not move.is_said],
            counts=[(fate.label, counts[fate]) for fate in ItemFate],
            added=new_items(index_of(self.new.pk).definition, moves),
            edit_decision=explain(self.user, EditingAction.EDIT),
            **kwargs,
        )


class MappingForm(AccessibleForm):
    """``seen``: where the item went as the page has shown it."""

    goes_to = forms.ChoiceField(label=gettext_lazy("It goes to"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goes_to"].choices = [  # type: ignore[attr-defined]
            ("", _("The item with the same number, where there is one")),
            (NOWHERE, _("None: its answers are kept, and looked at by a person")),
            *((item.code, words_of(item)) for item in items if item.kind != "group"),
        ]


class MappingChangeView(MapPage, ServiceFormView):
    policy_action = EditingAction.EDIT
    form_class = MappingForm
    template_name = "questionnaires/editing/mapping_form.html"
    taken_by: ItemMove | None = None
    """The other item that goes to the one that was chosen: its page is where to go on."""
    success_message = gettext_lazy("It is stored where the item goes. States that have moved already are not touched.")

    def get_policy_target(self) -> Any:
        super().get_policy_target()
        if self.kwargs["code"] not in self.moves:
            raise Http404
        return None

    @property
    def item(self) -> Item:
        return self.moves[self.kwargs["code"]].old

    def get_title(self) -> str:
        return _("Where item %(number)s goes") % {"number": in_own_order(full_number(self.item))}

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(isolated(super().get_title()), self.map_url())]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "items": list(index_of(self.new.pk).items.values())}

    def get_initial(self) -> dict[str, Any]:
        place = place_of_item(said_of_items(self.old.pk, self.new.pk), self.item.code)
        return {"goes_to": place, "seen": place}

    def rest(self, form: Any, error: Any) -> None:
        if isinstance(error, StaleError):
            self.__dict__.pop("moves", None)
            form.carry(seen=self.get_initial()["seen"])
        elif isinstance(error, TakenError):
            self.taken_by = self.moves[error.other]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(move=self.moves[self.item.code], taken_by=self.taken_by, **kwargs)

    def perform(self, form: MappingForm) -> None:
        data = form.cleaned_data
        say_where_item_goes(
            actor=self.user,
            old=self.old,
            new=self.new,
            code=self.item.code,
            goes_to=data["goes_to"],
            seen=data["seen"],
        )

    def back_url(self) -> str:
        return self.map_url()
