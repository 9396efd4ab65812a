"""A note verbale on its way through the one door: its page, and its approval."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import isolated
from reviews.access.forms import AnswerForm
from reviews.access.models import AccessRequest
from reviews.access.notes import approve_note, is_word_of_the_state, take_note_on_alone
from reviews.access.selectors import IN_EFFECT_AT
from reviews.nominations import (
    ApproveForm,
    NoteActView,
    NotePage,
    fingerprint_of,
    nominations_of,
    people_of as rows_of_people,
)
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.models import NoteVerbale


class NoteDetailView(NotePage, TemplateView):
    """The note beside the people whom it names."""

    policy_action = NominationAction.VIEW
    template_name = "reviews/access/note_detail.html"

    def get_title(self) -> str:
        return _("Note verbale %(number)s") % {"number": isolated(self.note.number)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = rows_of_people(self.user, self.note)
        return super().get_context_data(
            people=people,
            problems=sum(bool(row.problem) for row in people),
            statuses=NoteStatus,
            waiting_request=self._waiting_request(),
            **kwargs,
        )

    def _waiting_request(self) -> AccessRequest | None:
        is_waiting = self.note.status == NoteStatus.WAITING
        return self.note.requests.filter(status__in=IN_EFFECT_AT).first() if is_waiting else None


class NoteApproveView(NoteActView):
    policy_action = NominationAction.APPROVE
    form_class = ApproveForm
    title = gettext_lazy("Approve the note verbale")
    outcomes = (NoteStatus.APPROVED, NoteStatus.WAITING)

    def get_consequences(self) -> tuple[Any, ...]:
        when = gettext_lazy("Everybody whom it names takes part at once; those who are new are invited by mail.")
        if not is_word_of_the_state(self.note):
            when = gettext_lazy(
                "Where somebody represents the State, all of its people are told first, and it takes effect when one "
                "of them confirms, or after the waiting time without a refusal."
            )
        return (
            when,
            gettext_lazy("Those who are replaced lose access at the same moment. What they wrote stays."),
            gettext_lazy("The note can no longer be changed."),
        )

    def get_initial(self) -> dict[str, Any]:
        return {"seen": fingerprint_of(self.note, list(nominations_of(self.note)))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(people=rows_of_people(self.user, self.note), **kwargs)

    def perform(self, form: ApproveForm) -> NoteVerbale:
        return approve_note(actor=self.user, note=self.note, seen=form.cleaned_data["seen"])

    def success_message_for(self, result: NoteVerbale) -> str:
        if result.status == NoteStatus.WAITING:
            message = _("Note verbale %(number)s is approved. The State has been told; nobody takes part before.")
            return message % {"number": result.number}
        return _("Note verbale %(number)s is approved. Everybody whom it names takes part now.") % {
            "number": result.number
        }


class NoteAloneView(NoteActView):
    policy_action = NominationAction.ALONE
    form_class = AnswerForm
    title = gettext_lazy("Take it on alone")
    consequences = (
        gettext_lazy("This is for when no other officer is left who could check the note."),
        gettext_lazy("All of the State's people are told, and every State's focal points and the administrators."),
        gettext_lazy("It takes effect after seven days, unless the State refuses it. Nobody makes that shorter."),
    )
    is_warning = True
    success_message = gettext_lazy("The State has been told, and so have all focal points and administrators.")

    def perform(self, form: AnswerForm) -> NoteVerbale:
        return take_note_on_alone(actor=self.user, note=self.note, reason=form.cleaned_data["reason"])
