from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import language
from core.web.pages import Crumb
from core.web.views import ConfirmedActView
from dialogue.clarifications.forms import ClarificationAnswerForm, ClarificationForm, LegalSystemForm
from dialogue.clarifications.rows import AskedQuestion, Questions, group_requests
from dialogue.clarifications.services import (
    ask_about_legal_system,
    close_clarification,
    discard_clarification,
    draft_answer,
    draft_clarification,
    edit_clarification,
    send_answer,
    send_clarification,
)
from dialogue.desk import BoxPage, CommentBox, Desk, request_box
from dialogue.exchange import (
    PAGE_OF,
    answer_shown_to,
    clarifications_visible_to,
    get_clarification_for,
    instruments_covered_by,
)
from dialogue.exchange.enums import ClarificationStatus, ClarificationSubject, ExchangeAction
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from questionnaires.submissions import get_submission, latest_submission
from reviews.capacities import capacity_of, require_capacity
from reviews.cases import language_of
from reviews.cases.enums import ReviewAction
from reviews.drafts import SendsToTable, Shown, WritingForm, WritingView, shown_in_room, shown_of
from reviews.navigation import ReviewPage

# By subject: the page of its requests, the link back to it, and who is told of a request and of its answer.
_LISTS = {
    ClarificationSubject.QUESTION: gettext_lazy("Clarifications"),
    ClarificationSubject.LEGAL_SYSTEM: pgettext_lazy("page of a review", "Preparation"),
}
_BACK = {
    ClarificationSubject.QUESTION: gettext_lazy("Back to the requests"),
    ClarificationSubject.LEGAL_SYSTEM: gettext_lazy("Back to the preparation"),
}
_TOLD_OF_REQUEST = {
    ClarificationSubject.QUESTION: gettext_lazy(
        "The focal point of the State under review is told by mail that a request has come."
    ),
    ClarificationSubject.LEGAL_SYSTEM: gettext_lazy(
        "The focal point and the experts of the State under review are told by mail that there is something new."
    ),
}
_TOLD_OF_ANSWER = {
    ClarificationSubject.QUESTION: gettext_lazy(
        "The focal point and the experts of the State that asked are told by mail that it has come."
    ),
    ClarificationSubject.LEGAL_SYSTEM: gettext_lazy(
        "The focal point and the experts of the State that asked are told by mail that there is something new."
    ),
}


class QuestionsPage(ReviewPage):
    """A page of what is asked: about questions of the form, which it shows with the answers to them, or beyond it.

    ``questions`` are there once the answers have been sent, and asked for where the subject is one of them.
    """

    @cached_property
    def questions(self) -> Questions:
        return Questions(Desk(self.user, self.review, get_submission(self.review), look_up=self.look_up))

    def look_up(self, desk: Desk) -> object:
        """Raises Http404 where the address leads to nothing on the desk."""
        return None

    @property
    def subject(self) -> ClarificationSubject:
        return ClarificationSubject.QUESTION

    def list_url(self, request: ClarificationRequest | None = None) -> str:
        url = reverse(PAGE_OF[self.subject], args=self.address)
        return f"{url}#request-{request.pk}" if request is not None else url

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_LISTS[self.subject], self.list_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.subject == ClarificationSubject.QUESTION:
            desk = self.questions.desk
            kwargs |= {
                "official": language(desk.index.definition.language),
                "answers_language": desk.submission.language,
                "brought_piece": desk.submission.brought_piece,
            }
        return super().get_context_data(list_url=self.list_url(), back_label=_BACK[self.subject], **kwargs)


class ClarificationListView(ReviewPage, TemplateView):
    """All requests that the reader may read, by instrument and question; ``?status=`` keeps those of one status."""

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Clarifications")
    template_name = "dialogue/clarifications/clarification_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = latest_submission(self.review)
        if submission is None:
            return super().get_context_data(**kwargs)
        questions = Questions(Desk(self.user, self.review, submission))
        requests = list(clarifications_visible_to(self.user, self.review))
        counts = Counter(request.status for request in requests)
        chosen = self.request.GET.get("status", "")
        shown = [request for request in requests if request.status == chosen] if chosen in counts else requests
        statuses = [(status, counts[status]) for status in ClarificationStatus if counts[status]]
        return super().get_context_data(
            groups=group_requests(shown, questions, self.user, capacity_of(self.user, self.review)),
            total=len(requests),
            statuses=statuses,
            chosen=chosen if chosen in counts else "",
            covered=questions.desk.covered,
            official=language(questions.desk.index.definition.language),
            history=questions.desk.history,
            **kwargs,
        )


class ClarificationAskView(QuestionsPage, WritingView):
    """A question back to the State under review, with the answer that it is about before one's eyes."""

    policy_action = ReviewAction.ADD_CLARIFICATION
    read_action = ReviewAction.READ_TABLE
    form_class = ClarificationForm
    title = gettext_lazy("Ask for clarification")
    template_name = "dialogue/clarifications/clarification_ask.html"

    def look_up(self, desk: Desk) -> AskedQuestion:
        return Questions(desk).get_to_ask_about(self.kwargs["question"])

    @cached_property
    def question(self) -> AskedQuestion:
        return self.look_up(self.questions.desk)

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, require_capacity(self.user, self.review).state_party_id)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": language_of(self.review)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question
        earlier = clarifications_visible_to(self.user, self.review).filter(question_code=question.state.item.code)
        return super().get_context_data(question=question, earlier=earlier, **kwargs)

    def perform(self, form: ClarificationForm) -> ClarificationRequest:
        slug = self.question.section.place.part.instrument
        capacity = capacity_of(self.user, self.review)
        covered = instruments_covered_by(self.review, capacity.state_party_id) if capacity is not None else []
        return draft_clarification(
            actor=self.user,
            review=self.review,
            instrument=next(instrument for instrument in covered if instrument.slug == slug),
            question_code=self.question.state.item.code,
            text=form.cleaned_data["text"],
            shown=form.cleaned_data["shown"],
        )

    def success_message_for(self, result: ClarificationRequest) -> str:
        return _draft_saved(result)

    def success_url_for(self, result: ClarificationRequest) -> str:
        return self.next_page or self.list_url(result)


class LegalSystemAskView(QuestionsPage, WritingView):
    """A question about the legal system of the State under review, from the first day."""

    policy_action = ReviewAction.ASK_ABOUT_LEGAL_SYSTEM
    read_action = ReviewAction.READ_TABLE
    form_class = LegalSystemForm
    title = gettext_lazy("Ask about the legal system")
    template_name = "dialogue/clarifications/clarification_edit.html"
    subject = ClarificationSubject.LEGAL_SYSTEM

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, require_capacity(self.user, self.review).state_party_id)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": language_of(self.review)}

    def perform(self, form: LegalSystemForm) -> ClarificationRequest:
        given = {name: form.cleaned_data[name] for name in ("text", "shown")}
        return ask_about_legal_system(actor=self.user, review=self.review, **given)

    def success_message_for(self, result: ClarificationRequest) -> str:
        return _draft_saved(result)

    def success_url_for(self, result: ClarificationRequest) -> str:
        return self.list_url(result)


class ClarificationPage(QuestionsPage):
    """A page of one request; a draft of another State is not there."""

    policy_target: ClarificationRequest

    def get_policy_target(self) -> ClarificationRequest:
        return get_clarification_for(self.user, self.find_review(), self.kwargs["clarification"])

    @property
    def subject(self) -> ClarificationSubject:
        return ClarificationSubject(self.clarification.subject)

    @property
    def clarification(self) -> ClarificationRequest:
        return self.policy_target

    @cached_property
    def answer(self) -> ClarificationAnswer | None:
        return answer_shown_to(self.user, self.clarification)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            clarification=self.clarification,
            answer=self.answer,
            question=self._question(),
            **kwargs,
        )

    def _question(self) -> AskedQuestion | None:
        """None where the request is about none."""
        code = self.clarification.question_code
        return self.questions.find(code) if code else None

    def success_url_for(self, result: Any) -> str:
        return self.list_url(self.clarification)


class ClarificationEditView(ClarificationPage, BoxPage):
    """A draft, on a page of its own and in a box on the desk."""

    previewed = ""

    policy_action = ExchangeAction.EDIT_CLARIFICATION
    read_action = ExchangeAction.VIEW_CLARIFICATION
    title = gettext_lazy("Change the request")
    template_name = "dialogue/clarifications/clarification_edit.html"

    def get_form_class(self) -> type[ClarificationForm]:
        return ClarificationForm if self.subject == ClarificationSubject.QUESTION else LegalSystemForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": self.clarification.language}

    def shown_now(self) -> Shown:
        return shown_of(self.clarification)

    def get_initial(self) -> dict[str, Any]:
        written = {"text": self.clarification.text, "base": self.clarification.revision}
        return {**super().get_initial(), **written}

    def stored_box(self) -> CommentBox | None:
        return request_box(self.clarification, self.address, self.shown_now().token)

    def perform(self, form: ClarificationForm) -> ClarificationRequest:
        lost = self.request.POST.getlist("lost")
        given = {name: form.cleaned_data[name] for name in ("text", "base", "shown")}
        self.policy_target = edit_clarification(actor=self.user, request=self.clarification, lost=lost, **given)
        return self.policy_target

    def saved_message(self, result: ClarificationRequest) -> str:
        return _draft_saved(result)

    def success_url_for(self, result: ClarificationRequest) -> str:
        return self.next_page or super().success_url_for(result)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(language=self.clarification.language, **kwargs)


class ClarificationAnswerView(ClarificationPage, WritingView):
    policy_action = ExchangeAction.ANSWER_CLARIFICATION
    read_action = ExchangeAction.VIEW_CLARIFICATION
    form_class = ClarificationAnswerForm
    title = gettext_lazy("Answer the request")
    template_name = "dialogue/clarifications/clarification_answer.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": self.clarification.language}

    def shown_now(self) -> Shown:
        if self.answer is not None:
            return shown_of(self.answer)
        return shown_in_room(self.review, self.review.state_under_review_id)

    def get_initial(self) -> dict[str, Any]:
        written = {"text": self.answer.text, "base": self.answer.revision} if self.answer else {"base": 0}
        return {**super().get_initial(), **written}

    def perform(self, form: ClarificationAnswerForm) -> ClarificationAnswer:
        return draft_answer(actor=self.user, request=self.clarification, **form.cleaned_data)

    def success_message_for(self, result: ClarificationAnswer) -> str:
        message = _("The draft is saved. Nobody outside of %(state)s sees it until the focal point sends it.")
        return message % {"state": self.review.state_under_review}


class ClarificationActView(ClarificationPage, ConfirmedActView):
    """``base`` is the revision of what the act is about, as the page shows it."""

    form_class = WritingForm
    template_name = "dialogue/clarifications/clarification_act.html"

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.clarification.revision}


class ClarificationSendView(SendsToTable, ClarificationActView):
    policy_action = ExchangeAction.SEND_CLARIFICATION
    title = gettext_lazy("Send the request")
    success_message = gettext_lazy("The request has been sent to the State under review.")

    def get_consequences(self) -> list[str | Promise]:
        told = _TOLD_OF_REQUEST[self.subject]
        return [*super().get_consequences(), told, _("It can no longer be changed.")]

    def perform(self, form: WritingForm) -> ClarificationRequest:
        return send_clarification(actor=self.user, request=self.clarification, **form.cleaned_data)


class ClarificationDiscardView(ClarificationActView):
    policy_action = ExchangeAction.EDIT_CLARIFICATION
    title = gettext_lazy("Discard the draft")
    consequences = (gettext_lazy("The draft is deleted. It was not sent to the State under review."),)
    is_warning = True
    success_message = gettext_lazy("The draft has been discarded.")

    def perform(self, form: WritingForm) -> None:
        discard_clarification(actor=self.user, request=self.clarification, base=form.cleaned_data["base"])

    def success_url_for(self, result: object) -> str:
        return self.list_url()


class ClarificationAnswerSendView(SendsToTable, ClarificationActView):
    policy_action = ExchangeAction.SEND_ANSWER
    title = gettext_lazy("Send the answer")
    success_message = gettext_lazy("The answer has been sent to the reviewing States.")

    def get_consequences(self) -> list[str | Promise]:
        told = _TOLD_OF_ANSWER[self.subject]
        return [*super().get_consequences(), told, _("It can no longer be changed.")]

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.answer.revision if self.answer else 0}

    def perform(self, form: WritingForm) -> ClarificationRequest:
        return send_answer(actor=self.user, request=self.clarification, **form.cleaned_data)


class ClarificationCloseView(ClarificationActView):
    policy_action = ExchangeAction.CLOSE_CLARIFICATION
    title = gettext_lazy("Close the request")
    consequences = (
        gettext_lazy("Your State has no more questions here. What was asked and answered stays readable."),
        gettext_lazy("A request that has not been answered cannot be answered any more."),
        gettext_lazy("If something is left open later, ask anew."),
    )
    success_message = gettext_lazy("The request is closed.")

    def perform(self, form: WritingForm) -> ClarificationRequest:
        return close_clarification(actor=self.user, request=self.clarification)


def _draft_saved(request: ClarificationRequest) -> str:
    if request.review.reviewers_share_room:
        return _("The draft is saved. Only the reviewing States see it until your focal point sends it.")
    message = _("The draft is saved. Nobody outside of %(state)s sees it until its focal point sends it.")
    return message % {"state": request.state_party}
