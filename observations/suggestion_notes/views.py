"""What is said below a suggestion: the page of it, writing to colleagues or to all, and settling a matter."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people.models import User
from core.web.pages import Crumb
from observations.suggestion_notes.forms import SuggestionNoteForm
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestion_notes.selectors import NoteThread, mentionable, threads_of
from observations.suggestion_notes.services import mark_resolved, write_to_all, write_to_colleagues
from observations.suggestions import SuggestionPage
from observations.suggestions.enums import SuggestionAction
from reviews.capacities import require_capacity
from reviews.discussion import ResolveView
from reviews.drafts import Shown, WritingView, shown_on_table, shown_to_own_state

_WITH = "from"


class BelowSuggestion(SuggestionPage):
    """A page below one suggestion; ``notes_url`` is where what is said there is read."""

    @property
    def threads(self) -> list[NoteThread]:
        return threads_of(self.user, self.suggestion)

    @property
    def notes_url(self) -> str:
        kept = ("mechanism", "code", "instrument", "kind", "suggestion")
        return reverse("observations:suggestion-notes", args=[self.kwargs[name] for name in kept])


class SuggestionNotesView(BelowSuggestion, TemplateView):
    policy_action = SuggestionAction.VIEW
    title = gettext_lazy("Said below a suggestion")
    template_name = "observations/suggestion_notes/notes.html"

    def get_context_data(self, **_of_address: Any) -> dict[str, Any]:
        threads = self.threads
        may_put_to_all = any(thread.is_to_all and thread.may_write and not thread.is_resolved for thread in threads)
        return super().get_context_data(threads=threads, may_put_to_all=may_put_to_all)


class BelowNotes(BelowSuggestion):
    """An act on one thread; ``is_to_all``: on the one that lies before all who read the text."""

    is_to_all: ClassVar[bool] = False

    @property
    def policy_action(self) -> SuggestionAction:  # type: ignore[override]
        return SuggestionAction.REPLY if self.is_to_all else SuggestionAction.NOTE

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(str(SuggestionNotesView.title), self.notes_url)]

    def back_url(self) -> str:
        return self.notes_url

    def next_url(self) -> str:
        return self.notes_url


class SuggestionNoteView(BelowNotes, WritingView):
    """``?from=``: a note of the own State, whose words a focal point begins with who puts them to all."""

    read_action = SuggestionAction.VIEW
    form_class = SuggestionNoteForm
    template_name = "observations/suggestion_notes/note_form.html"

    def get_title(self) -> str:
        return _("Write to all States") if self.is_to_all else _("Write to your colleagues")

    @cached_property
    def people(self) -> list[User]:
        return [] if self.is_to_all else mentionable(self.user, self.review)

    def shown_now(self) -> Shown:
        if self.is_to_all:
            return shown_on_table(self.review)
        return shown_to_own_state(require_capacity(self.user, self.review).state_party_id)

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get(_WITH)
        own = (note for thread in self.threads if not thread.is_to_all for note in thread.notes)
        words = next((note.text for note in own if str(note.pk) == key), "") if key and self.is_to_all else ""
        return {**super().get_initial(), "text": words}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": self.people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = [thread for thread in self.threads if thread.is_to_all == self.is_to_all]
        return super().get_context_data(threads=here, is_alone=True, **kwargs)

    def perform(self, form: SuggestionNoteForm) -> SuggestionNote:
        given = {"text": form.cleaned_data["text"], "shown": form.cleaned_data["shown"]}
        if self.is_to_all:
            return write_to_all(actor=self.user, suggestion=self.suggestion, **given)
        return write_to_colleagues(actor=self.user, suggestion=self.suggestion, mentioned=form.mentioned, **given)

    def success_url_for(self, result: object) -> str:
        return self.notes_url

    def success_message_for(self, result: SuggestionNote) -> str:
        if self.is_to_all:
            return _("All States of the review read it now.")
        return _("The note is written. Only your State reads it.")


class SuggestionResolveView(BelowNotes, ResolveView):
    def resolve(self, *, is_resolved: bool, seen: int) -> bool:
        return mark_resolved(
            actor=self.user,
            suggestion=self.suggestion,
            is_to_all=self.is_to_all,
            is_resolved_now=is_resolved,
            seen=seen,
        )
