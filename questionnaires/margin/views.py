from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import OutdatedError, ServiceError
from core.language.i18n import in_own_order
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from questionnaires.definitions import Item
from questionnaires.definitions.enums import QuestionKind, ResponseAction
from questionnaires.margin.forms import MarginEditForm, MarginReplyForm, MarginThreadForm
from questionnaires.margin.models import MarginNote, MarginThread
from questionnaires.margin.selectors import (
    QuestionThreads,
    addressable,
    get_own_note,
    get_thread,
    mentionable,
    threads_at,
    threads_by_question,
)
from questionnaires.margin.services import edit_note, look_at_mentions, reply_in_thread, resolve_thread, start_thread
from questionnaires.responses import BelowResponse, ItemPage
from questionnaires.wording import anchor, full_number
from reviews.discussion import ResolveView


class MarginPage(ItemPage):
    """A page about the margin notes at one question; a contributor finds only those of what was sent to him or her."""

    @property
    def item(self) -> Item:
        return self.index.items[self.kwargs["question"]]

    @property
    def notes_url(self) -> str:
        return reverse("questionnaires:margin-notes", args=[*self.address, self.item.code])

    def get_caption(self) -> str:
        return _("Question %(number)s") % {"number": in_own_order(full_number(self.item))}

    def get_trail(self) -> list[Crumb]:
        page = reverse("questionnaires:section-detail", args=[*self.address, *self.place.address])
        return [*super().get_trail(), Crumb(self.get_caption(), f"{page}#{anchor(self.item.code)}")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            item=self.item, note=self.decision(ResponseAction.NOTE, self.policy_target), **kwargs
        )


class MarginNotesView(MarginPage, ServiceFormView):
    """The notes at a question, and one more. Whoever opens it has looked at what mentions him or her there."""

    form_class = MarginThreadForm
    title = gettext_lazy("Margin notes")
    template_name = "questionnaires/margin/notes.html"
    success_message = gettext_lazy("The note is written.")
    keeps = True

    @property
    def policy_action(self) -> ResponseAction:  # type: ignore[override]
        return ResponseAction.NOTE if self.request.method == "POST" else ResponseAction.VIEW_DRAFT

    def get_form_kwargs(self) -> dict[str, Any]:
        to = addressable(self.response, self.item.code) if self.sheet.is_official else []
        # With a contributor among the readers, that one may be mentioned as well: the thread does it by itself.
        people = mentionable(self.user, self.response, None)
        return {**super().get_form_kwargs(), "to": to, "people": people}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.index.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        threads = threads_at(self.response, self.sheet, self.item.code)
        if self.request.method == "GET":
            look_at_mentions(self.user, self.response, threads)
        return super().get_context_data(
            threads=threads,
            is_question=self.item.kind != QuestionKind.GROUP,
            reads_all=self.sheet.is_official,
            **kwargs,
        )

    def perform(self, form: MarginThreadForm) -> MarginThread:
        return start_thread(
            actor=self.user,
            response=self.response,
            code=self.item.code,
            text=form.cleaned_data["text"],
            to=form.cleaned_data.get("to"),
            mentioned=form.mentioned,
            version=form.cleaned_data["version"],
        )

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the question of now, and what comes back was written for that one if it is sent again."""
        if isinstance(error, OutdatedError):
            form.carry(**self.get_initial())

    def success_url_for(self, result: object) -> str:
        return self.notes_url


class BelowThread(MarginPage):
    """An act on one thread of a question."""

    policy_action = ResponseAction.NOTE

    @cached_property
    def thread(self) -> MarginThread:
        found = get_thread(self.response, self.sheet, self.item.code, self.kwargs["thread"])
        found.response = self.response
        return found

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Margin notes"), self.notes_url)]

    def next_url(self) -> str:
        return self.notes_url

    def back_url(self) -> str:
        return self.notes_url


class MarginReplyView(BelowThread, ServiceFormView):
    form_class = MarginReplyForm
    title = gettext_lazy("Reply to a margin note")
    template_name = "questionnaires/margin/reply.html"
    submit_label = gettext_lazy("Reply")
    success_message = gettext_lazy("The note is written.")
    keeps = True

    def get_form_kwargs(self) -> dict[str, Any]:
        people = mentionable(self.user, self.response, self.thread.participation_id)
        return {**super().get_form_kwargs(), "people": people}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(thread=self.thread, **kwargs)

    def perform(self, form: MarginReplyForm) -> MarginNote:
        text = form.cleaned_data["text"]
        return reply_in_thread(actor=self.user, thread=self.thread, text=text, mentioned=form.mentioned)


class MarginEditView(BelowThread, ServiceFormView):
    form_class = MarginEditForm
    title = gettext_lazy("Change your note")
    template_name = "questionnaires/margin/edit.html"
    success_message = gettext_lazy("The note is changed.")
    is_outdated = False

    @cached_property
    def own(self) -> MarginNote:
        return get_own_note(self.user, self.thread, self.kwargs["note"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(own=self.own, is_outdated=self.is_outdated, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.own.text, "shown": self.own.as_shown}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        if isinstance(error, OutdatedError):
            self.own.refresh_from_db()
            self.is_outdated = True
            form.carry(shown=self.own.as_shown)

    def perform(self, form: MarginEditForm) -> None:
        self.own.thread = self.thread
        edit_note(actor=self.user, note=self.own, text=form.cleaned_data["text"], shown=form.cleaned_data["shown"])


class MarginResolveView(BelowThread, ResolveView):
    def resolve(self, *, is_resolved: bool, seen: int) -> bool:
        return resolve_thread(actor=self.user, thread=self.thread, is_resolved=is_resolved)


class MarginListView(BelowResponse, TemplateView):
    """All margin notes that the reader sees, by question: the open ones, or all (``?show=all``)."""

    policy_action = ResponseAction.VIEW_DRAFT
    title = gettext_lazy("Margin notes")
    template_name = "questionnaires/margin/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shows_all = self.request.GET.get("show") == "all"
        everything = threads_by_question(self.user, self.response)
        still_open = [narrowed for each in everything if (narrowed := each.still_open).threads]
        look_at_mentions(self.user, self.response, None if shows_all else _threads(still_open))
        return super().get_context_data(
            shows_all=shows_all,
            questions=everything if shows_all else still_open,
            number_open=len(_threads(still_open)),
            number=len(_threads(everything)),
            **kwargs,
        )


def _threads(questions: Iterable[QuestionThreads]) -> list[MarginThread]:
    return [thread for question in questions for thread in question.threads]
