"""Where a request, one that goes on from it, or an answer is written."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from dialogue.clarifications.forms import (
    ClarificationAnswerForm,
    ClarificationForm,
    FurtherForm,
    LegalSystemAskForm,
    LegalSystemForm,
)
from dialogue.clarifications.rows import AskedQuestion, Questions
from dialogue.clarifications.selectors import law_key, laws_to_ask_about
from dialogue.clarifications.services import (
    ask_about_legal_system,
    ask_further,
    draft_answer,
    draft_clarification,
    edit_clarification,
)
from dialogue.clarifications.views.pages import ClarificationPage, QuestionsPage
from dialogue.desk import BoxPage, CommentBox, Desk, request_box
from dialogue.exchange import clarifications_visible_to, instruments_covered_by
from dialogue.exchange.enums import ClarificationSubject, ExchangeAction
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from reviews.capacities import capacity_of, require_capacity
from reviews.cases import language_of
from reviews.cases.enums import ReviewAction
from reviews.drafts import Shown, WritingView, shown_in_room, shown_of


class DraftsRequest(QuestionsPage, WritingView):
    """A page on which a request is begun: it lies in the room of the writer's State."""

    def shown_now(self) -> Shown:
        return shown_in_room(self.review, require_capacity(self.user, self.review).state_party_id)

    def success_message_for(self, result: ClarificationRequest) -> str:
        return _draft_saved(result)

    def success_url_for(self, result: ClarificationRequest) -> str:
        return self.next_page or self.list_url(result)


class ClarificationAskView(DraftsRequest):
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


class LegalSystemAskView(DraftsRequest):
    """A question about the legal system of the State under review, from the first day."""

    policy_action = ReviewAction.ASK_ABOUT_LEGAL_SYSTEM
    read_action = ReviewAction.READ_TABLE
    form_class = LegalSystemAskForm
    title = gettext_lazy("Ask about the legal system")
    template_name = "dialogue/clarifications/clarification_edit.html"
    subject = ClarificationSubject.LEGAL_SYSTEM

    @cached_property
    def laws(self) -> dict[str, str]:
        return {law_key(law): law for law in laws_to_ask_about(self.user, self.review)}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "law": self.request.GET.get("law", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": language_of(self.review), "laws": self.laws}

    def perform(self, form: LegalSystemAskForm) -> ClarificationRequest:
        given = {name: form.cleaned_data[name] for name in ("text", "shown")}
        law = self.laws.get(form.cleaned_data["law"], "")
        return ask_about_legal_system(actor=self.user, review=self.review, law=law, **given)


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


class AskFurtherView(DraftsRequest, ClarificationPage):
    """A request that goes on from the answer to another, which stands above it."""

    policy_action = ExchangeAction.ASK_FURTHER
    read_action = ExchangeAction.VIEW_CLARIFICATION
    form_class = FurtherForm
    title = gettext_lazy("Ask further")
    template_name = "dialogue/clarifications/clarification_answer.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "language": self.clarification.language}

    def perform(self, form: FurtherForm) -> ClarificationRequest:
        given = {name: form.cleaned_data[name] for name in ("text", "shown")}
        return ask_further(actor=self.user, request=self.clarification, **given)


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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_answering=True, **kwargs)

    def perform(self, form: ClarificationAnswerForm) -> ClarificationAnswer:
        return draft_answer(actor=self.user, request=self.clarification, **form.cleaned_data)

    def success_message_for(self, result: ClarificationAnswer) -> str:
        message = _("The draft is saved. Nobody outside of %(state)s sees it until the focal point sends it.")
        return message % {"state": self.review.state_under_review}


def _draft_saved(request: ClarificationRequest) -> str:
    if request.review.reviewers_share_room:
        return _("The draft is saved. Only the reviewing States see it until your focal point sends it.")
    message = _("The draft is saved. Nobody outside of %(state)s sees it until its focal point sends it.")
    return message % {"state": request.state_party}
