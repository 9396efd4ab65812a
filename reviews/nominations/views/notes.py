"""Notes verbales: those of a State, one of them to record and to change, and what is done with it."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.files.receiving import serve_received
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PolicyView, ServiceFormView
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.filters import NoteFilterSet
from reviews.nominations.forms import NoteForm, ReturnNoteForm
from reviews.nominations.models import NoteVerbale
from reviews.nominations.selectors import get_nominating_state, get_note
from reviews.nominations.services.nominations import change_note, discard_note, record_note, return_note, submit_note
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism
from reviews.speakers import NominatingState


class StatePage(PolicyView):
    """A page of a State's nominations; who has nothing to do with the State finds none."""

    policy_target: NominatingState

    def get_policy_target(self) -> NominatingState:
        return get_nominating_state(self.kwargs["mechanism"], self.kwargs["iso3"])

    @property
    def place(self) -> NominatingState:
        return self.policy_target

    def state_url(self) -> str:
        return reverse("reviews:state-nominations", args=[self.kwargs["mechanism"], self.kwargs["iso3"]])

    def get_caption(self) -> str:
        return f"{self.place.state_party} · {self.place.mechanism}"

    def get_about(self) -> str:
        return str(self.place.state_party)

    def get_trail(self) -> list[Crumb]:
        state = self.place.state_party
        return [
            Crumb(_("States"), reverse("reviews:state-list")),
            Crumb(str(state), reverse("reviews:state-detail", args=[state.iso3])),
        ]

    def nominations_crumb(self) -> Crumb:
        return Crumb(_("Nominations"), self.state_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "place": self.place,
            "mechanism": self.place.mechanism,
            "state": self.place.state_party,
            "state_url": self.state_url(),
            "acts": NominationAction,
        }
        return super().get_context_data(**kwargs | context)  # type: ignore[misc]


class BelowNominations(StatePage):
    """A page under the one of a State's nominations, to which it leads back."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), self.nominations_crumb()]

    def back_url(self) -> str:
        return self.state_url()


class NoteListView(PolicyView, ListPage):
    """The notes of all States for the secretariat, those first that wait longest to be checked."""

    policy_action = NominationAction.LIST
    title = gettext_lazy("Notes verbales")
    template_name = "reviews/nominations/note_list.html"
    filter_label = gettext_lazy("Filter the notes verbales")
    unmatched_title = gettext_lazy("No note verbale matches the filter")

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_filter(self) -> NoteFilterSet:
        return NoteFilterSet(self.request.GET, mechanism=self.mechanism)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"mechanism": self.mechanism, "shows_state": True})


class NotePage(BelowNominations):
    """A page of one note."""

    policy_target: NoteVerbale  # type: ignore[assignment]

    def get_policy_target(self) -> NoteVerbale:  # type: ignore[override]
        return get_note(self.kwargs["mechanism"], self.kwargs["iso3"], self.kwargs["note"])

    @property
    def note(self) -> NoteVerbale:
        return self.policy_target

    @property
    def place(self) -> NominatingState:
        return NominatingState(self.note.mechanism, self.note.state_party)

    def note_url(self) -> str:
        return reverse("reviews:note-detail", args=[self.kwargs["mechanism"], self.kwargs["iso3"], self.note.pk])

    def get_caption(self) -> str:
        return str(self.place.state_party)

    def success_url_for(self, result: object) -> str:
        return self.note_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"note": self.note, "note_url": self.note_url()})


class BelowNote(NotePage):
    """A page under the one of a note, to which it leads back."""

    def get_caption(self) -> str:
        return f"{self.place.state_party} · {isolated(self.note.number)}"

    def get_about(self) -> str:
        return self.note.number

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.note.number, self.note_url())]

    def back_url(self) -> str:
        return self.note_url()


class NoteScanView(NotePage, PolicyView):
    policy_action = NominationAction.VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        return serve_received(request.user, self.policy_action, self.note, self.note.scan)


class NoteRecordView(BelowNominations, ServiceFormView):
    policy_action = NominationAction.RECORD
    form_class = NoteForm
    title = gettext_lazy("Record a note verbale")
    template_name = "reviews/nominations/note_form.html"
    success_message = gettext_lazy("The note is recorded. Add the people whom it names.")

    def get_caption(self) -> str:
        return str(self.place.state_party)

    def perform(self, form: NoteForm) -> NoteVerbale:
        return record_note(actor=self.user, place=self.place, given=form.given)

    def success_url_for(self, result: NoteVerbale) -> str:
        return reverse("reviews:note-detail", args=[self.kwargs["mechanism"], self.kwargs["iso3"], result.pk])


class NoteChangeView(BelowNote, ServiceFormView):
    policy_action = NominationAction.CHANGE
    form_class = NoteForm
    title = gettext_lazy("Change the note verbale")
    template_name = "reviews/nominations/note_form.html"
    success_message = gettext_lazy("The note is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "note": self.note}

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.note.number, "dated_on": self.note.dated_on}

    def perform(self, form: NoteForm) -> NoteVerbale:
        return change_note(actor=self.user, note=self.note, given=form.given)


class NoteActView(BelowNote, ConfirmedActView):
    """An act on a note. The second press of an impatient finger leads on as well."""

    template_name = "reviews/nominations/note_act.html"
    outcomes: tuple[NoteStatus, ...] = ()

    def was_done_by_reader(self) -> bool:
        if self.note.status not in self.outcomes:
            return False
        return self.note.status == NoteStatus.SUBMITTED or self.note.checked_by_id == self.user.pk


class NoteSubmitView(NoteActView):
    policy_action = NominationAction.SUBMIT
    outcomes = (NoteStatus.SUBMITTED,)
    title = gettext_lazy("Submit the note verbale")
    consequences = (
        gettext_lazy("An officer of the secretariat who has not recorded it compares the scan with the people."),
        gettext_lazy("Until it is returned or approved nobody can change it."),
        gettext_lazy("Nobody whom it names has access before it is approved."),
    )
    success_message = gettext_lazy("The note is submitted. You will be told by mail when it has been checked.")

    def perform(self, form: AccessibleForm) -> NoteVerbale:
        return submit_note(actor=self.user, note=self.note)


class NoteDiscardView(NoteActView):
    policy_action = NominationAction.CHANGE
    title = gettext_lazy("Discard the note verbale")
    consequences = (gettext_lazy("The note is deleted with its scan and the list of its people."),)
    is_warning = True
    success_message = gettext_lazy("The note has been discarded.")

    def perform(self, form: AccessibleForm) -> None:
        discard_note(actor=self.user, note=self.note)

    def success_url_for(self, result: object) -> str:
        return self.state_url()


class NoteReturnView(NoteActView):
    policy_action = NominationAction.RETURN
    outcomes = (NoteStatus.RETURNED,)
    form_class = ReturnNoteForm
    title = gettext_lazy("Return the note verbale")
    consequences = (gettext_lazy("It can be changed and submitted again. Nobody is registered meanwhile."),)
    success_message = gettext_lazy("The note is returned. Whoever recorded it has been told by mail.")

    def perform(self, form: ReturnNoteForm) -> NoteVerbale:
        return return_note(actor=self.user, note=self.note, reason=form.cleaned_data["reason"])
