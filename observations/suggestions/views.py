"""Suggested wordings of a text: the list of them, writing one, and the acts on one."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.text import as_kept
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ToldWhenDone
from observations.suggestions.comparing import Comparison, carried, compare
from observations.suggestions.enums import SuggestionAction
from observations.suggestions.forms import AcceptForm, RejectForm, SuggestionForm
from observations.suggestions.models import Suggestion
from observations.suggestions.selectors import (
    Place,
    SuggestionRow,
    get_place,
    get_suggestion_for,
    merged,
    row_of,
    rows_of,
)
from observations.suggestions.services import (
    SuggestionInput,
    accept_suggestion,
    clean_wording,
    edit_suggestion,
    lay_suggestion,
    reject_suggestion,
    shown_of_new,
    suggest,
    withdraw_suggestion,
)
from observations.summaries import word_budget_of
from observations.texts import BelowText
from observations.texts.models import AgreedText, Observation, SummaryPassage
from observations.versions import shown_of_text
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Review
from reviews.drafts import SendsToTable, Shown, WritingForm, WritingView, shown_in_room, shown_on_table

_ANEW, _COMPARES = "from", "compare"


class SuggestionListView(BelowText, TemplateView):
    """What is suggested to a text, place by place: what waits, and what was decided."""

    policy_action = SuggestionAction.VIEW
    title = gettext_lazy("Suggestions of wording")
    template_name = "observations/suggestions/suggestion_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        del kwargs["kind"]  # given by the address; the components have a "kind" of their own
        return super().get_context_data(places=rows_of(self.user, self.text), **kwargs)


class BelowSuggestions(BelowText):
    """A page below the list of suggestions; ``place`` is what of the text it is about."""

    place: Place

    @property
    def list_url(self) -> str:
        return reverse(
            "observations:suggestion-list", args=[*self.address, self.kwargs["instrument"], self.kwargs["kind"]]
        )

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Suggestions of wording"), self.list_url)]

    def back_url(self) -> str:
        return f"{self.list_url}#at-{self.place.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_observation = isinstance(self.place, Observation)
        return super().get_context_data(place=self.place, is_observation=is_observation, **kwargs)


class SuggestionFormPage(BelowSuggestions, WritingView):
    """A wording to write, over what stands there."""

    read_action = SuggestionAction.VIEW
    form_class: Any = SuggestionForm
    template_name = "observations/suggestions/suggestion_form.html"
    previewed = "text"

    @property
    def base_text(self) -> str:
        """What the wording is written over."""
        return self.place.text

    @property
    def revision_now(self) -> int:
        """Of what a save of this page rests on."""
        return self.place.revision

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _COMPARES not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        compared = self.comparison(form["text"].data or "", is_behind=form["base"].data != str(self.revision_now))
        return render(request, "observations/suggestions/_compared.html", {"compared": compared, "text": self.text})

    def comparison(self, typed: str, *, is_behind: bool = False) -> Comparison:
        """What is typed against what stands, by the same code that shows what lies there; nothing is saved."""
        try:
            text = clean_wording(typed, is_observation=isinstance(self.place, Observation))
        except ServiceError as refusal:
            return Comparison(refusal=str(refusal))
        return compare(self.base_text, text, self.place.text, is_behind=is_behind)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        typed = context["form"]["text"].value() or ""
        budget = word_budget_of(self.place, typed) if isinstance(self.place, SummaryPassage) else {}
        return {**context, **budget, "compared": self.comparison(typed)}

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"is_observation": isinstance(self.place, Observation), "language": self.text.language}
        return {**super().get_form_kwargs(), **own}

    def given(self, form: SuggestionForm) -> dict[str, Any]:
        cleaned = form.cleaned_data
        given = SuggestionInput(cleaned["text"], cleaned["why"])
        return {"given": given, "base": cleaned["base"], "shown": cleaned["shown"]}


class SuggestionAddView(SuggestionFormPage):
    """``?from=``: a suggestion that the text has overtaken, whose wording is begun with."""

    policy_action = SuggestionAction.SUGGEST
    title = gettext_lazy("Suggest wording")

    @cached_property
    def place(self) -> Place:  # type: ignore[override]
        """A form that comes back finds also what was withdrawn meanwhile, so that nothing typed is lost."""
        return get_place(self.text, self.kwargs["place"], with_withdrawn=self.request.method == "POST")

    def shown_now(self) -> Shown:
        return shown_of_new(self.user, self.text)

    def get_initial(self) -> dict[str, Any]:
        given = {"text": self.place.text, "base": self.place.revision, "why": ""}
        rows = rows_of(self.user, self.text) if self.request.GET.get(_ANEW) else []
        for place, row in ((at.place, row) for at in rows for row in at.rows if row.may_lay_anew):
            if str(row.suggestion.pk) == self.request.GET[_ANEW] and self.place.pk in {place.pk, row.anew_at}:
                given |= {"text": self._anew(place, row.suggestion), "why": row.suggestion.why}
        return {**super().get_initial(), **given}

    def _anew(self, place: Place, suggestion: Suggestion) -> str:
        """In the place of what it changed, where the passage was merged into the one of this page."""
        if place == self.place:
            return suggestion.text
        return carried(suggestion.base_text, suggestion.text, self.place.text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        capacity = capacity_of(self.user, self.review)
        return super().get_context_data(lays_at_once=capacity is not None and capacity.has(Grant.CLEAR), **kwargs)

    def perform(self, form: SuggestionForm) -> Suggestion:
        return suggest(actor=self.user, place=self.place, **self.given(form))

    def success_message_for(self, result: Suggestion) -> str:
        if result.room_id is None:
            return _("The suggestion lies on the shared table.")
        return _("The suggestion is saved in the room of your State. Your focal point lays it on the shared table.")


class SuggestionPage(BelowSuggestions):
    """A page of one suggestion; the policy is asked about that."""

    policy_target: Any

    def get_policy_target(self) -> Any:
        return get_suggestion_for(self.user, super().get_policy_target(), self.kwargs["suggestion"])

    @property
    def suggestion(self) -> Suggestion:
        row: Suggestion = self.policy_target
        return row

    @property
    def text(self) -> AgreedText:
        return self.suggestion.agreed_text

    @property
    def review(self) -> Review:  # type: ignore[override]
        return self.text.review

    @cached_property
    def place(self) -> Place:  # type: ignore[override]
        return get_place(self.text, self.suggestion.place.pk)

    @cached_property
    def row(self) -> SuggestionRow:
        return row_of(self.user, self.suggestion, self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row, suggestion=self.suggestion, **kwargs)


class SuggestionEditView(SuggestionPage, SuggestionFormPage):
    policy_action = SuggestionAction.EDIT
    title = gettext_lazy("Change a drafted suggestion")
    success_message = gettext_lazy("The suggestion is saved in the room of your State.")

    @property
    def base_text(self) -> str:
        return self.suggestion.base_text

    @property
    def revision_now(self) -> int:
        return self.suggestion.revision

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, self.suggestion.state_party_id)

    def get_initial(self) -> dict[str, Any]:
        row = self.suggestion
        return {**super().get_initial(), "text": row.text, "why": row.why, "base": row.revision}

    def perform(self, form: SuggestionForm) -> Suggestion:
        return edit_suggestion(actor=self.user, suggestion=self.suggestion, **self.given(form))


class SuggestionActView(SuggestionPage, ConfirmedActView):
    """Shows the suggestion and asks first; POST does it."""

    form_class: Any = WritingForm
    template_name = "observations/suggestions/suggestion_act.html"

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.suggestion.revision}


class SuggestionLayView(SendsToTable, SuggestionActView):
    policy_action = SuggestionAction.LAY
    title = gettext_lazy("Lay the suggestion on the shared table")
    consequences: Sequence[str | Promise] = (  # type: ignore[misc]
        gettext_lazy("Whoever may change the text is told, and accepts or rejects it. Until then the text stays."),
        gettext_lazy("Nothing of the suggestion changes then. Your State may withdraw it; it stays readable."),
    )
    success_message = gettext_lazy("The suggestion lies on the shared table.")

    def perform(self, form: WritingForm) -> Suggestion:
        carried = {name: form.cleaned_data[name] for name in ("base", "shown")}
        return lay_suggestion(actor=self.user, suggestion=self.suggestion, **carried)


class DecidedOnce(ToldWhenDone, SuggestionPage):
    """Before an act on what lies on the table, after which there is no other."""

    def done_before(self) -> str:
        row = self.suggestion
        if row.decided_at is None:
            return ""
        facts = {"how": row.standing_words, "time": datetime_words(row.decided_at)}
        return _("This suggestion was decided on already. %(how)s, %(time)s.") % facts

    def done_url(self) -> str:
        return self.list_url


class SuggestionWithdrawView(DecidedOnce, SuggestionActView):
    policy_action = SuggestionAction.WITHDRAW
    is_warning = True

    @property
    def title(self) -> str:  # type: ignore[override]
        """A draft is thrown away, and the record says so too."""
        return _("Discard the draft") if self.suggestion.room_id is not None else _("Withdraw the suggestion")

    @cached_property
    def place(self) -> Place:  # type: ignore[override]
        """Also an observation that was withdrawn: a draft to it is thrown away here."""
        return super().place if self.suggestion.place_stands else self.suggestion.place

    def get_consequences(self) -> Sequence[str | Promise]:
        if self.suggestion.room_id is not None:
            return [_("The draft disappears. Other States have never seen it.")]
        return [_("Nobody decides on it any more. It stays readable, with who withdrew it and when.")]

    def success_message_for(self, result: None) -> str:
        if self.suggestion.room_id is not None:
            return _("The draft has been discarded.")
        return _("The suggestion is withdrawn.")

    def perform(self, form: WritingForm) -> None:
        withdraw_suggestion(actor=self.user, suggestion=self.suggestion, base=form.cleaned_data["base"])


class SuggestionAcceptView(DecidedOnce, SuggestionFormPage):
    """The text with what was suggested, to be saved whole or in parts: the ordinary edit of the text."""

    policy_action = SuggestionAction.DECIDE
    form_class = AcceptForm
    title = gettext_lazy("Accept a suggestion")
    template_name = "observations/suggestions/suggestion_accept.html"
    success_message = gettext_lazy("The suggestion is accepted, and the text says so now.")

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    def get_initial(self) -> dict[str, Any]:
        text = merged(self.suggestion, self.place.text)
        text = self.place.text if text is None else text
        return {**super().get_initial(), "text": text, "base": self.place.revision}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        super().rest(form, error)
        for name in ("place", "row"):  # as it stands by now
            self.__dict__.pop(name, None)

    def perform(self, form: AcceptForm) -> Suggestion:
        return accept_suggestion(actor=self.user, suggestion=self.suggestion, **form.cleaned_data)


class SuggestionRejectView(DecidedOnce, WritingView):
    policy_action = SuggestionAction.DECIDE
    read_action = SuggestionAction.VIEW
    form_class = RejectForm
    template_name = "observations/suggestions/suggestion_reject.html"

    def done_before(self) -> str:
        """Nothing where it is not done with the reason that was typed: the refusal then gives that back."""
        typed = as_kept(self.request.POST.get("reason", ""))
        return super().done_before() if typed in {"", self.suggestion.reason} else ""

    def is_answered_here(self) -> bool:
        return super().is_answered_here() and not self.done_before()

    def shown_now(self) -> Shown:
        return shown_on_table(self.review)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.place.revision}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the suggestion in the text as it stands by now."""
        for name in ("place", "row"):
            self.__dict__.pop(name, None)
        form.carry(base=self.place.revision)

    def get_title(self) -> str:
        return _("Answer a comment") if self.suggestion.is_comment else _("Reject a suggestion")

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return _("Answer the comment") if self.suggestion.is_comment else _("Reject the suggestion")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_comment": self.suggestion.is_comment}

    def success_message_for(self, result: Suggestion) -> str:
        if result.is_comment:
            return _("The comment is answered.")
        return _("The suggestion is rejected. Its State reads your reason.")

    def perform(self, form: RejectForm) -> Suggestion:
        return reject_suggestion(actor=self.user, suggestion=self.suggestion, **form.cleaned_data)
