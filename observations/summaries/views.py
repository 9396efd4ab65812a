"""Passages of a summary: changed on the table by focal points, drafted in the rooms of the reviewing States."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.errors import ConflictError, ServiceError
from core.language.differences import word_differences
from core.policy import can
from observations.hints import Entry, HintLine, hints_of_typed, words_of_typed
from observations.summaries.forms import PassageDraftForm, PassageForm
from observations.summaries.selectors import get_passage, observations_behind, own_draft_of, word_budget_of
from observations.summaries.services import discard_passage, draft_passage, edit_passage, lay_passage
from observations.texts import BelowText, LayForm
from observations.texts.enums import TextAction
from observations.texts.models import PassageDraft, SummaryPassage
from observations.versions import StandingVersionPage, shown_of_text
from reviews.capacities import require_capacity
from reviews.drafts import CopyWay, Shown, WritingView, shown_in_room

_COPY = "copy"
_TYPED = "#typed"  # where the passage is typed


class PassagePage(BelowText, StandingVersionPage, WritingView):
    """A page of one passage of a summary, and of what the reader's State drafts in its place."""

    read_action = TextAction.VIEW

    @cached_property
    def passage(self) -> SummaryPassage:
        passage = get_passage(self.text, self.kwargs["order"])
        passage.agreed_text = self.text
        return passage

    @cached_property
    def draft(self) -> PassageDraft | None:
        return own_draft_of(self.user, self.passage)

    @property
    def in_own_room(self) -> Shown:
        return shown_in_room(self.review, require_capacity(self.user, self.review).state_party_id)

    def url_of(self, name: str) -> str:
        """Another page of the passage."""
        names = [self.kwargs[key] for key in ("mechanism", "code", "instrument", "kind", "order")]
        return reverse(f"observations:{name}", args=names)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "passage": self.passage, "draft": self.draft}

    def success_url_for(self, result: object) -> str:
        return f"{self.text_url}#passages"


class PassageFormPage(PassagePage):
    """A form beside the observations that the passage draws on."""

    template_name = "observations/summaries/passage_edit.html"
    previewed = "text"

    def get_form(self, form_class: Any = None) -> PassageForm:
        form: PassageForm = super().get_form(form_class)
        form.fields["text"].widget.attrs["lang"] = self.text.language
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        typed = context["form"]["text"].value() or ""
        return {
            **context,
            **word_budget_of(self.passage, typed),
            "observations": observations_behind(self.passage),
            "hints": self._hints(typed),
        }

    def _hints(self, typed: str) -> list[HintLine]:
        """On what stands in the form, in its place among the passages on the table."""
        texts = dict(self.text.passages.values_list("order", "text")) | {self.passage.order: typed}
        entries = {order: Entry(f"#passage-{order}", words_of_typed(text)) for order, text in texts.items()}
        own = entries[self.passage.order] = replace(entries[self.passage.order], place=_TYPED)
        return hints_of_typed(own, list(entries.values()), self.text.language)


class PassageEditView(PassageFormPage):
    """The passage as it lies on the table."""

    policy_action = TextAction.EDIT_SUMMARY
    form_class = PassageForm
    title = gettext_lazy("Change a passage")
    success_message = gettext_lazy("The passage is saved.")

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    def copy_way(self) -> CopyWay | None:
        if not can(self.user, TextAction.DRAFT_PASSAGE, self.text):
            return None
        return CopyWay(f"{self.url_of('passage-draft')}?{_COPY}=1", self.in_own_room.token)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "text": self.passage.text, "base": self.passage.revision}

    def perform(self, form: PassageForm) -> SummaryPassage:
        return edit_passage(actor=self.user, passage=self.passage, **form.cleaned_data)


class PassageDraftView(PassageFormPage):
    """What the reader's State would have the passage say, in its room; it begins with what the passage says.

    ``?copy=1``: what comes from the form of the passage itself, and rests on a revision of that.
    """

    policy_action = TextAction.DRAFT_PASSAGE
    form_class = PassageDraftForm
    title = gettext_lazy("Draft a passage")
    success_message = gettext_lazy("The draft is saved in the room of your State.")

    def shown_now(self) -> Shown:
        return self.in_own_room

    def get_initial(self) -> dict[str, Any]:
        if self.draft is not None:
            text, base, copied = self.draft.text, self.draft.revision, self.draft.copied_revision
        else:
            text, base, copied = self.passage.text, 0, self.passage.revision
        return {**super().get_initial(), "text": text, "base": base, "copied": copied}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_draft=True, **kwargs)

    def _given(self, form: PassageDraftForm) -> dict[str, Any]:
        given = dict(form.cleaned_data)
        if self.request.GET.get(_COPY) and not given["copied"]:
            given["copied"], given["base"] = given["base"], 0
        return given

    def rest(self, form: PassageDraftForm, error: ServiceError) -> None:  # type: ignore[override]
        """What came from the form of the passage rests on the State's draft from now on."""
        given = self._given(form)
        is_changed = isinstance(error, ConflictError) and error.is_text_changed
        form.rest_on(error.revision if is_changed else given["base"])  # type: ignore[attr-defined]  # then a conflict
        form.data["copied"] = str(given["copied"])  # type: ignore[index]  # a copy since it rests on another

    def perform(self, form: PassageDraftForm) -> None:
        draft_passage(actor=self.user, passage=self.passage, **self._given(form))


class PassageActPage(PassagePage):
    """Shows what the State has drafted and asks first; POST does it. Raises Http404 where there is no draft."""

    form_class = LayForm

    @property
    def own_draft(self) -> PassageDraft:
        if self.draft is None:
            raise Http404
        return self.draft

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.own_draft.revision, "replaces": self.passage.revision}

    def rest(self, form: LayForm, error: ServiceError) -> None:  # type: ignore[override]
        """The page shows draft and passage as they are by now: that is what a second press is for."""
        form.rest_on(self.own_draft.revision)
        form.data["replaces"] = str(self.passage.revision)  # type: ignore[index]  # a copy since it rests on another

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        changes = word_differences(self.passage.text, self.own_draft.text)
        return super().get_context_data(changes=changes, **kwargs)


class PassageLayView(PassageActPage):
    policy_action = TextAction.EDIT_SUMMARY
    title = gettext_lazy("Lay a passage on the shared table")
    template_name = "observations/summaries/passage_lay.html"
    success_message = gettext_lazy("The passage on the shared table says now what your State has drafted.")

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    def perform(self, form: LayForm) -> SummaryPassage:
        return lay_passage(actor=self.user, draft=self.own_draft, **form.cleaned_data)


class PassageDiscardView(PassageActPage):
    policy_action = TextAction.DRAFT_PASSAGE
    title = gettext_lazy("Discard a drafted passage")
    template_name = "observations/summaries/passage_discard.html"
    success_message = gettext_lazy("The draft has been discarded.")

    def shown_now(self) -> Shown:
        return self.in_own_room

    def perform(self, form: LayForm) -> None:
        discard_passage(actor=self.user, draft=self.own_draft, base=form.cleaned_data["base"])
