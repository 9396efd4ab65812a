from dataclasses import replace
from itertools import groupby
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy, pgettext
from django.views.generic import TemplateView

from core.files.receiving import serve_received
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, PolicyView
from dialogue.conclusion import conclusion_for
from dialogue.exchange import (
    PAGE_OF,
    answer_shown_to,
    get_clarification_for,
    get_supplement_for,
    open_clarifications,
    supplements_visible_to,
)
from dialogue.exchange.enums import ExchangeAction, SupplementKind
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest, SupplementaryInformation
from dialogue.supplements.forms import FORM_OF, WRITTEN, OfAnswerForm, SupplementForm
from dialogue.supplements.services import (
    add_supplement,
    discard_supplement,
    edit_supplement,
    send_supplement,
)
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Participation, Review
from reviews.drafts import SendsToTable, Shown, WritingForm, WritingView, shown_in_room, shown_of
from reviews.meetings import DialoguePage, meetings_of, planned_rows
from reviews.meetings.enums import MeetingAction
from reviews.meetings.models import DialogueMeeting
from reviews.minutes import NotesRow, notes_rows
from reviews.polls import poll_rows
from reviews.polls.enums import PollAction
from reviews.programme.enums import StepKind

_BEFORE = frozenset({StepKind.CONSULTATION, StepKind.QUESTIONNAIRE, StepKind.FEEDBACK})


class DialogueView(DialoguePage, TemplateView):
    """What the experts exchanged beyond questionnaire and feedback: sources, meetings, open requests."""

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Dialogue")
    template_name = "dialogue/supplements/dialogue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.review.step.kind
        polls = poll_rows(self.user, self.review)
        return super().get_context_data(
            supplements=supplements_visible_to(self.user, self.review),
            meetings=self._meetings(),
            planned=planned_rows(self.user, self.review),
            planning=MeetingAction,
            polls=polls,
            polled={row.poll.meeting_id: str(row.poll.pk) for row in polls if row.poll.meeting_id},
            polling=PollAction,
            is_before=kind in _BEFORE,
            is_now=kind == StepKind.DIALOGUE,
            **self._standing(),
            actions=ReviewAction,
            acts=ExchangeAction,
            **kwargs,
        )

    def _meetings(self) -> list[tuple[DialogueMeeting, list[tuple[str, list[Participation]]], NotesRow]]:
        """Those that were held, with who took part by State, and the notes of each."""
        meetings = list(meetings_of(self.review))
        notes = notes_rows(self.user, self.review, meetings)
        return [(meeting, _by_state(meeting), notes[meeting.pk]) for meeting in meetings]

    def _standing(self) -> dict[str, Any]:
        """What is open, and at its step what the States have said on the end."""
        if self.review.step.kind != StepKind.DIALOGUE:
            return {"open_requests": len(open_clarifications([self.review])[self.review.pk])}
        conclusion = conclusion_for(self.user, self.review)
        return {"open_requests": len(conclusion.open_requests), "conclusion": conclusion}


_LEADS = {
    SupplementKind.SOURCE: gettext_lazy(
        "A source beyond the answers, for instance a law, a decision or statistics. It is seen by your State only "
        "until the focal point sends it; the list of observations names what was sent."
    ),
    SupplementKind.LAW: gettext_lazy(
        "A law, or a decision of a higher court, that helps the experts to understand the legal system of your State. "
        "It is seen by your State only until the focal point sends it; the list of observations names what was sent."
    ),
    SupplementKind.VOLUNTARY: gettext_lazy(
        "What your State gives of its own accord, outside the official numbering of the questionnaire. It counts as no "
        "answer, and is seen by your State only until the focal point sends it."
    ),
}


_LEAD_OF_ANSWER = gettext_lazy(
    "The answer stays where it is; the list of observations names it among its sources, by the title that you give. A "
    "link or a file may go with it."
)
# Of each kind: the title of the page that changes it, that of the one that sends it, and what is said afterwards.
_WORDS = {
    SupplementKind.SOURCE: (
        gettext_lazy("Change supplementary information"),
        gettext_lazy("Send the supplementary information"),
        gettext_lazy("The supplementary information has been sent to the reviewing States."),
    ),
    SupplementKind.LAW: (
        gettext_lazy("Change the law or decision"),
        gettext_lazy("Send the law or decision"),
        gettext_lazy("The law or decision has been sent to the reviewing States."),
    ),
    SupplementKind.VOLUNTARY: (
        gettext_lazy("Change the voluntary information"),
        gettext_lazy("Send the voluntary information"),
        gettext_lazy("The voluntary information has been sent to the reviewing States."),
    ),
}


class GivenPage(DialoguePage):
    """A page of what the State under review gives: a source below the dialogue, anything else below the preparation."""

    kind: str = SupplementKind.SOURCE

    @property
    def words_of(self) -> SupplementKind:
        """The kind whose words a page has: a decision is offered like a law."""
        return SupplementKind.LAW if self.kind == SupplementKind.DECISION else SupplementKind(self.kind)

    def dialogue_url(self) -> str:
        return reverse(PAGE_OF[self.kind], args=self.address)

    def get_trail(self) -> list[Crumb]:
        trail = super().get_trail()
        if self.kind == SupplementKind.SOURCE:
            return trail
        return [*trail[:-1], Crumb(pgettext("page of a review", "Preparation"), self.dialogue_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_source = self.kind == SupplementKind.SOURCE
        back = _("Back to the dialogue") if is_source else _("Back to the preparation")
        return super().get_context_data(lead=_LEADS[self.words_of], back_label=back, **kwargs)


class SupplementAddView(GivenPage, WritingView):
    policy_action = ReviewAction.ADD_SUPPLEMENT
    read_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Add supplementary information")
    template_name = "dialogue/supplements/supplement_form.html"

    def get_form_class(self) -> type[SupplementForm]:
        return FORM_OF[self.kind]

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, self.review.state_under_review_id)

    def perform(self, form: SupplementForm) -> SupplementaryInformation:
        shown = form.cleaned_data["shown"]
        return add_supplement(actor=self.user, review=self.review, given=form.given, shown=shown)

    def success_message_for(self, result: object) -> str:
        return _supplement_saved(self.review)


class OfAnswerView(SupplementAddView):
    """What was answered to a request for clarification becomes a source that the list of observations names."""

    title = gettext_lazy("Give the answer as supplementary information")

    @cached_property
    def clarification(self) -> ClarificationRequest:
        return get_clarification_for(self.user, self.review, self.kwargs["clarification"])

    @cached_property
    def answer(self) -> ClarificationAnswer:
        answer = answer_shown_to(self.user, self.clarification)
        if answer is None or answer.sent_at is None:
            raise Http404
        return answer

    def get_form_class(self) -> type[SupplementForm]:
        return OfAnswerForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        list_url = reverse(PAGE_OF[self.clarification.subject], args=self.address)
        context = super().get_context_data(clarification=self.clarification, answer=self.answer, **kwargs)
        return {**context, "list_url": list_url, "lead": _LEAD_OF_ANSWER}

    def perform(self, form: SupplementForm) -> SupplementaryInformation:
        given = replace(form.given, of_answer=self.answer)
        shown = form.cleaned_data["shown"]
        return add_supplement(actor=self.user, review=self.review, given=given, shown=shown)


class OfferAddView(SupplementAddView):
    policy_action = ReviewAction.OFFER
    title = gettext_lazy("Offer a law or a decision")
    kind = SupplementKind.LAW


class VoluntaryAddView(SupplementAddView):
    policy_action = ReviewAction.OFFER
    title = gettext_lazy("Add voluntary information")
    kind = SupplementKind.VOLUNTARY


class SupplementPage(GivenPage):
    """A page of one source; one that was not sent is there for the State under review only."""

    policy_target: SupplementaryInformation

    def get_policy_target(self) -> SupplementaryInformation:
        return get_supplement_for(self.user, self.find_review(), self.kwargs["supplement"])

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.supplement.kind

    @property
    def supplement(self) -> SupplementaryInformation:
        return self.policy_target

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(supplement=self.supplement, **kwargs)


class SupplementEditView(SupplementPage, WritingView):
    policy_action = ExchangeAction.EDIT_SUPPLEMENT
    read_action = ExchangeAction.VIEW_SUPPLEMENT
    template_name = "dialogue/supplements/supplement_form.html"

    def get_form_class(self) -> type[SupplementForm]:
        return OfAnswerForm if self.supplement.of_answer_id else FORM_OF[self.kind]

    def get_title(self) -> Promise:
        return _WORDS[self.words_of][0]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "supplement": self.supplement}

    def shown_now(self) -> Shown:
        return shown_of(self.supplement)

    def get_initial(self) -> dict[str, Any]:
        written = {name: getattr(self.supplement, name) for name in WRITTEN}
        return {**super().get_initial(), **written, "base": self.supplement.revision}

    def perform(self, form: SupplementForm) -> None:
        carried = {name: form.cleaned_data[name] for name in ("base", "shown")}
        edit_supplement(actor=self.user, supplement=self.supplement, given=form.given, **carried)

    def success_message_for(self, result: object) -> str:
        return _supplement_saved(self.review)


class SupplementActView(SupplementPage, ConfirmedActView):
    form_class = WritingForm
    template_name = "dialogue/supplements/supplement_act.html"

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.supplement.revision}


class SupplementSendView(SendsToTable, SupplementActView):
    policy_action = ExchangeAction.SEND_SUPPLEMENT

    def get_title(self) -> Promise:
        return _WORDS[self.words_of][1]

    def success_message_for(self, result: object) -> str:
        return str(_WORDS[self.words_of][2])

    def get_consequences(self) -> list[str | Promise]:
        named = _("The list of observations names it among its sources.")
        return [
            *super().get_consequences(),
            _("The focal points of the reviewing States are told by mail that it has come."),
            *([] if self.kind == SupplementKind.VOLUNTARY else [named]),
            _("It can no longer be changed."),
        ]

    def perform(self, form: WritingForm) -> SupplementaryInformation:
        return send_supplement(actor=self.user, supplement=self.supplement, **form.cleaned_data)


class SupplementDiscardView(SupplementActView):
    policy_action = ExchangeAction.EDIT_SUPPLEMENT
    title = gettext_lazy("Discard the draft")
    consequences = (
        gettext_lazy("The draft is deleted, and its file with it. Nobody outside of your State has seen it."),
    )
    is_warning = True
    success_message = gettext_lazy("The draft has been discarded.")

    def perform(self, form: WritingForm) -> None:
        discard_supplement(actor=self.user, supplement=self.supplement, base=form.cleaned_data["base"])


class SupplementFileView(SupplementPage, PolicyView):
    policy_action = ExchangeAction.VIEW_SUPPLEMENT

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        return serve_received(request.user, self.policy_action, self.supplement, self.supplement.file)


def _by_state(meeting: DialogueMeeting) -> list[tuple[str, list[Participation]]]:
    """Those who took part, by State; the State under review first, as in the list of participants."""
    rows = sorted(meeting.participants.all(), key=lambda row: row.state_party.iso3)
    rows.sort(key=lambda row: row.side, reverse=True)
    return [(state.name, list(same)) for state, same in groupby(rows, key=lambda row: row.state_party)]


def _supplement_saved(review: Review) -> str:
    message = _("The draft is saved. Nobody outside of %(state)s sees it until the focal point sends it.")
    return message % {"state": review.state_under_review}
