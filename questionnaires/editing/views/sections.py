"""The head of a questionnaire, its parts and its sections."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import isolated
from core.web.views import ServiceActionView
from questionnaires.definitions import SectionDefinition
from questionnaires.editing.comparison import section_fields
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.forms.base import DraftForm, in_paragraphs
from questionnaires.editing.forms.sections import HeadForm, PartAddForm, PartForm, SectionForm
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    articles_of,
    findings_of,
    instruments_of,
    outsiders_of,
    seen_of_head,
    seen_of_order,
    seen_of_part,
    seen_of_section,
    seen_of_whole_part,
)
from questionnaires.editing.services.edits import (
    add_part,
    add_section,
    change_head,
    change_part,
    change_section,
    move_item,
    remove_part,
    remove_section,
)
from questionnaires.editing.views.base import BelowSection, DraftFormView, OfPart, OfSection, RemovalView
from questionnaires.wording import anchor, condition_words, official


class HeadChangeView(DraftFormView):
    form_class = HeadForm
    title = gettext_lazy("Title and general guidance")
    success_message = gettext_lazy("The draft is changed.")

    def get_initial(self) -> dict[str, Any]:
        of = self.definition
        return {"title": of.title, "source": of.source, "guidance": in_paragraphs(of.guidance), "seen": self.seen_now()}

    def seen_now(self) -> str:
        return seen_of_head(self.definition)

    def words_now(self) -> dict[str, str]:
        of = self.definition
        return {_("Title"): of.title, _("Source"): of.source, _("General guidance"): in_paragraphs(of.guidance)}

    def perform(self, form: HeadForm) -> QuestionnaireDraft:
        return change_head(actor=self.user, draft=self.draft, given=form.given, seen=form.cleaned_data["seen"])


class PartAddView(DraftFormView):
    form_class = PartAddForm
    title = gettext_lazy("Add a part")
    success_message = gettext_lazy("The part is added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        present = {part.instrument for part in self.definition.parts}
        free = [each for each in instruments_of(self.mechanism) if each.slug not in present]
        return {**super().get_form_kwargs(), "instruments": free}

    def perform(self, form: PartAddForm) -> QuestionnaireDraft:
        instrument = form.cleaned_data["instrument"]
        return add_part(actor=self.user, draft=self.draft, instrument=instrument, given=form.given)


class PartChangeView(OfPart, DraftFormView):
    form_class = PartForm
    title = gettext_lazy("Change the part")
    success_message = gettext_lazy("The part is changed.")

    def get_initial(self) -> dict[str, Any]:
        of = self.part
        guidance = in_paragraphs(of.guidance)
        return {"title": of.title, "cluster_title": of.cluster_title, "guidance": guidance, "seen": self.seen_now()}

    def seen_now(self) -> str:
        return seen_of_part(self.part)

    def words_now(self) -> dict[str, str]:
        of = self.part
        guidance = in_paragraphs(of.guidance)
        return {_("Title of the part"): of.title, _("Title of the cluster"): of.cluster_title, _("Guidance"): guidance}

    def perform(self, form: PartForm) -> QuestionnaireDraft:
        return change_part(
            actor=self.user,
            draft=self.draft,
            instrument=self.part.instrument,
            given=form.given,
            seen=form.cleaned_data["seen"],
        )


class PartRemoveView(OfPart, RemovalView):
    title = gettext_lazy("Remove the part")
    success_message = gettext_lazy("The part is removed.")

    def get_consequences(self) -> list[str]:
        facts = {
            "title": isolated(self.part.title),
            "sections": len(self.part.sections),
            "items": len(list(self.part.items())),
        }
        return [
            _("“%(title)s” is removed from the draft. In it are sections: %(sections)s, and items: %(items)s.") % facts,
            _("What is published stays as it is."),
        ]

    def seen_now(self) -> str:
        return seen_of_whole_part(self.part)

    def perform(self, form: DraftForm) -> QuestionnaireDraft:
        return remove_part(
            actor=self.user, draft=self.draft, instrument=self.part.instrument, seen=form.cleaned_data["seen"]
        )


class _SectionFormView(DraftFormView):
    form_class = SectionForm
    template_name = "questionnaires/editing/words_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        articles = articles_of(self.kwargs["instrument"])
        return {**super().get_form_kwargs(), "articles": articles, "outsiders": outsiders_of(self.draft.cluster)}


class SectionAddView(OfPart, _SectionFormView):
    title = gettext_lazy("Add a section")
    success_message = gettext_lazy("The section is added.")

    def get_caption(self) -> str:
        return official(self.part.title, self.definition.language)

    def perform(self, form: SectionForm) -> tuple[QuestionnaireDraft, str]:
        return add_section(actor=self.user, draft=self.draft, instrument=self.part.instrument, given=form.given)

    def success_url_for(self, result: Any) -> str:
        _draft, slug = result
        return self.url("draft-section", self.part.instrument, slug)


class SectionChangeView(BelowSection, _SectionFormView):
    title = gettext_lazy("Change the section")
    success_message = gettext_lazy("The section is changed.")

    def get_initial(self) -> dict[str, Any]:
        of = self.section
        return {
            "heading": of.heading,
            "parent_heading": of.parent_heading or "",
            "articles": list(of.articles),
            "applicability": of.applicability or "",
            "guidance": in_paragraphs(of.guidance),
            "footnotes": [{"mark": each.mark, "text": each.text} for each in of.footnotes],
            "seen": self.seen_now(),
        }

    def seen_now(self) -> str:
        return seen_of_section(self.section)

    def words_now(self) -> dict[str, str]:
        return section_fields(self.section)

    def perform(self, form: SectionForm) -> QuestionnaireDraft:
        return change_section(
            actor=self.user,
            draft=self.draft,
            instrument=self.part.instrument,
            slug=self.section.slug,
            given=form.given,
            seen=form.cleaned_data["seen"],
        )


class SectionRemoveView(BelowSection, RemovalView):
    title = gettext_lazy("Remove the section")
    success_message = gettext_lazy("The section is removed.")

    def get_consequences(self) -> list[str]:
        return [
            _("“%(heading)s” is removed from the draft.") % {"heading": isolated(self.section.heading)},
            _("A section is removed when it is empty: remove its items first, or move them to another section."),
        ]

    def seen_now(self) -> str:
        return seen_of_section(self.section)

    def perform(self, form: DraftForm) -> QuestionnaireDraft:
        return remove_section(
            actor=self.user,
            draft=self.draft,
            instrument=self.part.instrument,
            slug=self.section.slug,
            seen=form.cleaned_data["seen"],
        )

    def success_url_for(self, result: object) -> str:
        return self.url("draft-detail")


class DraftSectionView(OfSection, TemplateView):
    """The items of a section, each with what can be done to it."""

    policy_action = EditingAction.VIEW
    template_name = "questionnaires/editing/section_detail.html"

    def get_title(self) -> str:
        return official(self.section.heading, self.definition.language)

    def get_caption(self) -> str:
        return self.instruments.get(self.part.instrument, self.part.instrument)

    @cached_property
    def neighbours(self) -> tuple[SectionDefinition | None, SectionDefinition | None]:
        sections = self.part.sections
        at = sections.index(self.section)
        return (sections[at - 1] if at else None), (sections[at + 1] if at + 1 < len(sections) else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        items = self.section.items
        words = {item.code: condition_words(item.condition, self.number_of) for item in items if item.condition}
        findings = findings_of(items)
        previous, following = self.neighbours
        return super().get_context_data(
            conditions=words,
            never={item.code for item in findings.never},
            always={item.code for item in findings.always},
            seen=seen_of_order(item.code for item in items),
            previous=previous,
            next=following,
            **kwargs,
        )


class SectionOrderView(OfSection, ServiceActionView):
    """Moves an item, with its sub-items, by one place among those of its level."""

    policy_action = EditingAction.EDIT

    def perform(self) -> str:
        up = "up" in self.request.POST
        move_item(
            actor=self.user,
            draft=self.draft,
            code=self.request.POST.get("up" if up else "down", ""),
            up=up,
            seen=self.request.POST.get("seen", ""),
        )
        return ""

    def next_url(self) -> str:
        code = self.request.POST.get("up") or self.request.POST.get("down") or ""
        return f"{self.section_url()}#{anchor(code)}"
