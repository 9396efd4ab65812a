"""Pages of the notes of a meeting: to read, to write, to lay before the States and to agree."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import OutdatedError, ServiceError
from core.policy import can
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ServiceFormView
from reviews.capacities import capacity_of, own_state_of
from reviews.cases import language_of
from reviews.drafts import Audience, SendsToTable, Shown, WritingForm, WritingView
from reviews.meetings import DialoguePage
from reviews.meetings.models import DialogueMeeting
from reviews.minutes.enums import NotesAction, NotesStatus
from reviews.minutes.forms import NotesAnswerForm, NotesForm
from reviews.minutes.models import MeetingNotes
from reviews.minutes.selectors import NotesRow, get_held_meeting, get_notes, notes_as_they_stand, notes_of, notes_rows
from reviews.minutes.services import answer_notes, discard_notes, lay_notes, shown_of_notes, write_notes


class _NotesPage(DialoguePage):
    """A page of the notes of one meeting that was held."""

    policy_target: MeetingNotes

    def get_policy_target(self) -> MeetingNotes:
        return get_notes(self.find_review(), self.kwargs["meeting"])

    @property
    def notes(self) -> MeetingNotes:
        return self.policy_target

    def notes_url(self) -> str:
        return reverse("reviews:notes", args=[self.kwargs["mechanism"], self.kwargs["code"], self.kwargs["meeting"]])

    def success_url_for(self, result: object) -> str:
        return self.notes_url()

    def look_anew(self) -> None:
        """Read once more what the page shows and its form carries; a draft that is gone stays as it was shown."""
        with suppress(Http404):
            self.policy_target = self.get_policy_target()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = notes_as_they_stand(self.notes) if self.notes.room_id is None else None
        kwargs["meeting"] = self.notes.meeting  # in place of its key, which the address gave
        return super().get_context_data(notes=self.notes, words=words, **kwargs)


class _BelowNotes(_NotesPage):
    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Notes of the meeting"), self.notes_url())]

    def back_url(self) -> str:
        return self.notes_url()


class NotesView(_NotesPage, TemplateView):
    policy_action = NotesAction.VIEW
    title = gettext_lazy("Notes of the meeting")
    template_name = "reviews/minutes/notes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = get_held_meeting(self.review, self.notes.meeting_id)
        row: NotesRow = notes_rows(self.user, self.review, [meeting])[meeting.pk]
        return super().get_context_data(row=row, **kwargs)


class NotesWriteView(DialoguePage, WritingView):
    """Of a meeting without notes the policy is asked about the meeting."""

    policy_action = NotesAction.WRITE
    read_action = NotesAction.VIEW
    form_class = NotesForm
    title = gettext_lazy("Write the notes of the meeting")
    template_name = "reviews/minutes/notes_form.html"
    previewed = "text"
    policy_target: DialogueMeeting | MeetingNotes

    def get_policy_target(self) -> DialogueMeeting | MeetingNotes:
        meeting = get_held_meeting(self.find_review(), self.kwargs["meeting"])
        notes = notes_of(meeting.review, meeting)
        # To who has written on, while another State began, the service says so.
        is_late = notes is not None and self.request.method == "POST" and not can(self.user, NotesAction.VIEW, notes)
        return meeting if is_late or notes is None else notes

    @property
    def notes(self) -> MeetingNotes | None:
        return self.policy_target if isinstance(self.policy_target, MeetingNotes) else None

    @cached_property
    def meeting(self) -> DialogueMeeting:
        target = self.policy_target
        return target.meeting if isinstance(target, MeetingNotes) else target

    @property
    def language(self) -> str:
        return self.notes.language if self.notes else language_of(self.review)

    def shown_now(self) -> Shown:
        return shown_of_notes(self.user, self.meeting, self.notes)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": self.language}

    def get_initial(self) -> dict[str, Any]:
        written = {"text": self.notes.text, "base": self.notes.revision} if self.notes else {"base": 0}
        return {**super().get_initial(), **written}

    def perform(self, form: NotesForm) -> MeetingNotes:
        return write_notes(actor=self.user, meeting=self.meeting, **form.cleaned_data)

    def success_message_for(self, result: MeetingNotes) -> str:
        if result.status == NotesStatus.DRAFT:
            if self.shown_now().audience == Audience.COMMON_ROOM:
                return _("The draft is saved. Only the reviewing States see it.")
            capacity = capacity_of(self.user, self.review)
            message = _("The draft is saved. Nobody outside of %(state)s sees it until the focal point lays it.")
            return message % {"state": capacity.state_party if capacity else ""}
        return _("The notes lie before the States that met; their focal points are asked by mail.")

    def success_url_for(self, result: object) -> str:
        return reverse("reviews:notes", args=[self.kwargs["mechanism"], self.kwargs["code"], self.kwargs["meeting"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["meeting"] = self.meeting
        words = notes_as_they_stand(self.notes) if self.notes and self.notes.room_id is None else None
        return super().get_context_data(notes=self.notes, words=words, **kwargs)


class NotesChangeView(NotesWriteView):
    """Of notes that lie before the States: whoever changes them agrees by that for the own State."""

    policy_action = NotesAction.CHANGE
    title = gettext_lazy("Change the notes")


class NotesLayView(SendsToTable, _BelowNotes, ConfirmedActView):
    policy_action = NotesAction.LAY
    form_class = WritingForm
    template_name = "reviews/minutes/notes_act.html"
    title = gettext_lazy("Lay the notes before the States")
    success_message = gettext_lazy("The notes lie before the States that met; their focal points are asked by mail.")
    consequences = (
        gettext_lazy("Your State has agreed by that to exactly this text."),
        gettext_lazy("The focal points of the other States that met are asked whether they agree to it, or object."),
        gettext_lazy("A change asks all of them anew. Once all have agreed, the notes never change again."),
    )

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.notes.revision}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.look_anew()
        super().rest(form, error)

    def perform(self, form: WritingForm) -> MeetingNotes:
        return lay_notes(actor=self.user, notes=self.notes, **form.cleaned_data)


class NotesDiscardView(_BelowNotes, ConfirmedActView):
    policy_action = NotesAction.DISCARD
    form_class = WritingForm
    template_name = "reviews/minutes/notes_act.html"
    title = gettext_lazy("Discard the draft")
    is_warning = True
    success_message = gettext_lazy("The draft has been discarded.")
    consequences = (gettext_lazy("The draft is deleted. Any State that met may write the notes of this meeting then."),)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.notes.revision}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.look_anew()
        super().rest(form, error)

    def perform(self, form: WritingForm) -> None:
        discard_notes(actor=self.user, notes=self.notes, base=form.cleaned_data["base"])

    def success_url_for(self, result: object) -> str:
        return self.dialogue_url()


class NotesAnswerView(_BelowNotes, ServiceFormView):
    """A form that rests on another text comes back with the one that stands."""

    policy_action = NotesAction.ANSWER
    form_class = NotesAnswerForm
    title = gettext_lazy("Agree to the notes, or object")
    template_name = "reviews/minutes/notes_answer.html"
    submit_label = gettext_lazy("Answer for your State")
    says = (
        gettext_lazy("Your State answers on exactly the text that is shown, and all States that met read its answer."),
        gettext_lazy("A change asks all of them anew. Once all have agreed, the notes never change again."),
    )

    def said_before(self) -> Sequence[str | Promise]:
        return self.says

    def get_initial(self) -> dict[str, Any]:
        said = notes_as_they_stand(self.notes).answer_of(own_state_of(self.user, self.review))
        earlier = {"agrees": "yes" if said.agrees else "no", "note": said.note} if said else {}
        return {**earlier, "sha256": self.notes.sha256}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        if isinstance(error, OutdatedError):
            self.look_anew()
            form.carry(sha256=error.now)

    def perform(self, form: NotesAnswerForm) -> MeetingNotes:
        return answer_notes(actor=self.user, notes=self.notes, **form.cleaned_data)

    def success_message_for(self, result: MeetingNotes) -> str:
        if result.status == NotesStatus.AGREED:
            return _("All States that met have agreed: the notes never change again.")
        return _("It is noted. The notes are agreed when every State that met has agreed.")
