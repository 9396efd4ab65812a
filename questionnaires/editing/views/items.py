"""One item of a draft: added, changed, moved to another section, removed; and when it is asked."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.errors import ServiceError
from core.language.i18n import in_own_order, isolated, list_of
from core.web.views import ServiceActionView
from questionnaires.definitions import Item, parent_code
from questionnaires.editing.changes.conditions import ALL, Clauses, candidates, clause, clauses_of
from questionnaires.editing.changes.items import below, dependents_of
from questionnaires.editing.comparison import item_fields
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.forms.base import DraftForm
from questionnaires.editing.forms.items import FIRST, ClauseForm, ItemAddForm, ItemForm, JoinForm, MoveForm
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.numbering import next_token
from questionnaires.editing.selectors import item_at, seen_of_item, seen_of_items, seen_of_order, taken_codes
from questionnaires.editing.services.edits import add_item, change_item, move_to_section, remove_item, set_condition
from questionnaires.editing.views.base import BelowSection, DraftFormView, OfItem, RemovalView
from questionnaires.files import item_code
from questionnaires.wording import anchor, condition_words, full_number


def words_of(item: Item) -> str:
    """How people speak of an item, with the beginning of its text."""
    text = item.text if len(item.text) <= 80 else f"{item.text[:79]}…"
    return isolated(f"{full_number(item)} {text}")


class _ItemFormView(DraftFormView):
    template_name = "questionnaires/editing/words_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instruments": list(self.instruments.items())}


class ItemAddView(BelowSection, _ItemFormView):
    """``?under=CODE``: as a sub-item of that one."""

    form_class = ItemAddForm
    title = gettext_lazy("Add a question")
    success_message = gettext_lazy("The item is added.")

    def get_title(self) -> str:
        if self.parent:
            return _("Add a sub-item under %(number)s") % {"number": in_own_order(full_number(self.parent))}
        return str(self.title)

    @cached_property
    def parent(self) -> Item | None:
        code = self.request.GET.get("under", "")
        return item_at(self.section, code) if code else None

    @cached_property
    def siblings(self) -> list[Item]:
        above = self.parent.code if self.parent else f"{self.definition.cluster}.{self.part.instrument}"
        return [item for item in self.section.items if parent_code(item.code) == above]

    def get_form_kwargs(self) -> dict[str, Any]:
        words = _("After %(item)s")
        siblings = [(item.code, words % {"item": words_of(item)}) for item in self.siblings]
        return {**super().get_form_kwargs(), "siblings": siblings}

    def get_initial(self) -> dict[str, Any]:
        codes = [*self.items, *taken_codes(self.draft.cluster)]
        return {
            "number": next_token(self.siblings, self.parent, codes),
            "after": self.siblings[-1].code if self.siblings else FIRST,
            "kind": "text",
            "voluntary": bool(self.parent and self.parent.voluntary),
        }

    def perform(self, form: ItemAddForm) -> str:
        above = self.parent.number if self.parent else ()
        after = form.cleaned_data["after"]
        number = (*above, form.cleaned_data["number"].strip().strip("().").lower())
        add_item(
            actor=self.user,
            draft=self.draft,
            instrument=self.part.instrument,
            slug=self.section.slug,
            number=number,
            given=form.given,
            after="" if after == FIRST else after,
        )
        return anchor(item_code(self.definition.cluster, self.part.instrument, number))

    def success_url_for(self, result: Any) -> str:
        return f"{self.section_url()}#{result}"


class ItemChangeView(OfItem, _ItemFormView):
    form_class = ItemForm
    success_message = gettext_lazy("The item is changed.")

    def get_title(self) -> str:
        return _("Change item %(number)s") % {"number": in_own_order(full_number(self.item))}

    def get_initial(self) -> dict[str, Any]:
        of = self.item
        starred = [f"* {option}" if option in of.free_text_options else option for option in of.options]
        return {
            "text": of.text,
            "kind": of.kind,
            "options": "\n".join(starred),
            "voluntary": of.voluntary,
            "self_assessed": of.self_assessed,
            "deviation": of.deviation or "",
            "articles": [
                {"instrument": each.instrument, "article": each.article, "para": each.para or ""}
                for each in of.articles
            ],
            "footnotes": [{"mark": each.mark, "text": each.text} for each in of.footnotes],
            "seen": self.seen_now(),
        }

    def seen_now(self) -> str:
        return seen_of_item(self.item)

    def words_now(self) -> dict[str, str]:
        return item_fields(self.item, self.number_of)

    def perform(self, form: ItemForm) -> QuestionnaireDraft:
        return change_item(
            actor=self.user,
            draft=self.draft,
            code=self.item.code,
            given=form.given,
            seen=form.cleaned_data["seen"],
        )

    def success_url_for(self, result: object) -> str:
        return f"{self.section_url()}#{anchor(self.kwargs['code'])}"


class ItemMoveView(OfItem, DraftFormView):
    """A numbered question goes to another section of its part."""

    form_class = MoveForm
    submit_label = gettext_lazy("Move")
    success_message = gettext_lazy("The question is moved, with its sub-items.")
    lead = gettext_lazy("It keeps its number and its code, and stands at the end of the other section first.")

    def get_title(self) -> str:
        return _("Move question %(number)s") % {"number": in_own_order(full_number(self.item))}

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [each for each in self.part.sections if each.slug != self.section.slug]
        return {**super().get_form_kwargs(), "sections": others}

    def seen_now(self) -> str:
        return seen_of_order(item.code for item in self.section.items)

    def perform(self, form: MoveForm) -> str:
        slug: str = form.cleaned_data["section"]
        move_to_section(
            actor=self.user, draft=self.draft, code=self.item.code, slug=slug, seen=form.cleaned_data["seen"]
        )
        return slug

    def success_url_for(self, result: Any) -> str:
        return f"{self.url('draft-section', self.part.instrument, result)}#{anchor(self.kwargs['code'])}"


class ItemRemoveView(OfItem, RemovalView):
    title = gettext_lazy("Remove the item")
    success_message = gettext_lazy("The item is removed. The page of differences brings it back.")

    def get_caption(self) -> str:
        return words_of(self.item)

    @property
    def gone(self) -> list[Item]:
        return below(self.section.items, self.item.code)

    def get_consequences(self) -> list[str]:
        found = [_("%(item)s is removed from the draft.") % {"item": words_of(self.item)}]
        if more := [in_own_order(full_number(each)) for each in self.gone[1:]]:
            words = ngettext("Its sub-item goes too: %(items)s.", "Its sub-items go too: %(items)s.", len(more))
            found.append(words % {"items": list_of(more)})
        waiting = dependents_of(self.section, [each.code for each in self.gone])
        if waiting:
            words = _("Not yet: whether these are asked depends on it, change their conditions first: %(items)s.")
            found.append(words % {"items": list_of([in_own_order(full_number(each)) for each in waiting])})
        else:
            found.append(_("No condition of another item looks at it."))
        return found

    def seen_now(self) -> str:
        return seen_of_items(self.gone)

    def perform(self, form: DraftForm) -> QuestionnaireDraft:
        return remove_item(actor=self.user, draft=self.draft, code=self.item.code, seen=form.cleaned_data["seen"])


class ConditionView(OfItem, DraftFormView):
    """When an item is asked: its clauses in words, each of which can be taken away, and how they go together."""

    form_class: Any = JoinForm
    template_name = "questionnaires/editing/condition.html"
    success_message = gettext_lazy("The condition is changed.")

    def get_title(self) -> str:
        return _("When %(number)s is asked") % {"number": in_own_order(full_number(self.item))}

    @property
    def clauses(self) -> Clauses | None:
        return clauses_of(self.item.condition)

    def get_initial(self) -> dict[str, Any]:
        return {"op": self.clauses.op if self.clauses else ALL, "seen": self.seen_now()}

    def seen_now(self) -> str:
        return seen_of_item(self.item)

    def words_now(self) -> dict[str, str]:
        return item_fields(self.item, self.number_of)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clauses, condition = self.clauses, self.item.condition
        words = [condition_words(tree, self.number_of) for tree in clauses.trees] if clauses else []
        return super().get_context_data(
            words=words,
            condition_words=condition_words(condition, self.number_of) if condition else "",
            is_branched=clauses is None,
            candidates=[(item, words_of(item)) for item in candidates(self.section, self.item.code)],
            seen=self.seen_now(),
            **kwargs,
        )

    def perform(self, form: JoinForm) -> QuestionnaireDraft:
        trees = self.clauses.trees if self.clauses else ()
        return self.keep(Clauses(form.cleaned_data["op"], trees), form.cleaned_data["seen"])

    def keep(self, clauses: Clauses, seen: str) -> QuestionnaireDraft:
        if self.clauses is None:
            message = _(
                "This condition is more deeply branched than this page shows. Take it away to make another one."
            )
            raise ServiceError(message)
        return set_condition(actor=self.user, draft=self.draft, code=self.item.code, clauses=clauses, seen=seen)

    def success_url_for(self, result: object) -> str:
        return self.url("draft-condition", self.part.instrument, self.section.slug, self.kwargs["code"])


class ClauseAddView(ConditionView):
    """One more clause, about the item that the address names (``?on=CODE``)."""

    form_class: Any = ClauseForm
    template_name = "questionnaires/editing/clause_form.html"
    submit_label = gettext_lazy("Add to the condition")

    @cached_property
    def on(self) -> Item:
        return item_at(self.section, self.request.GET.get("on", ""))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "item": self.on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(on=self.on, **kwargs)

    def back_url(self) -> str:
        return self.success_url_for(None)

    def perform(self, form: Any) -> QuestionnaireDraft:
        data = form.cleaned_data
        tree = clause(
            self.on,
            values=data.get("values") or (),
            least=data.get("least") or 1,
            is_negated=data["is_negated"],
        )
        present = self.clauses or Clauses(ALL, ())
        kept = tuple(each for each in present.trees if each != tree)
        return self.keep(Clauses(present.op, (*kept, tree)), data["seen"])


class ClauseRemoveView(OfItem, ServiceActionView):
    """Takes a clause away (``clause``: its place, counted from 0), or all of them."""

    policy_action = EditingAction.EDIT

    def perform(self) -> str:
        present, chosen = clauses_of(self.item.condition), self.request.POST.get("clause", "")
        trees = present.trees if present else ()
        kept = tuple(each for place, each in enumerate(trees) if str(place) != chosen) if chosen != "all" else ()
        set_condition(
            actor=self.user,
            draft=self.draft,
            code=self.item.code,
            clauses=Clauses(present.op if present else ALL, kept),
            seen=self.request.POST.get("seen", ""),
        )
        return _("The condition is changed.")

    def next_url(self) -> str:
        return self.url("draft-condition", self.part.instrument, self.section.slug, self.item.code)
