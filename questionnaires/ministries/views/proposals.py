from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import OutdatedError, ServiceError
from core.language.i18n import in_own_order, language
from core.web.forms import AccessibleForm
from core.web.numbers import posted_number
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ServiceActionView, ServiceFormView
from questionnaires.definitions import Item
from questionnaires.definitions.enums import QuestionKind, ResponseAction
from questionnaires.ministries.forms import AdoptForm, ProposalReturnForm, ReturnAnswerForm
from questionnaires.ministries.selectors import (
    get_proposal,
    get_returned,
    kept_on,
    official_answer,
    proposals_on,
    shown_beside,
)
from questionnaires.ministries.services import AdoptedText, adopt_proposal, answer_return, return_proposal
from questionnaires.progress import EMPTY
from questionnaires.responses import BelowResponse, ResponseSection, find_item, target_of
from questionnaires.responses.models import Proposal
from questionnaires.wording import anchor, full_number


class QuestionPage(BelowResponse):
    """A page about one question of the self-assessment."""

    policy_action = ResponseAction.RENDER_DRAFT

    def get_policy_target(self) -> Any:
        super().get_policy_target()
        find_item(self.index, self.kwargs["question"])
        return self.response

    @property
    def item(self) -> Item:
        return self.index.items[self.kwargs["question"]]

    @property
    def section_url(self) -> str:
        place = self.index.section_of[self.item.code]
        page = reverse("questionnaires:section-detail", args=[*self.address, *place.address])
        return f"{page}#{anchor(self.item.code)}"

    @property
    def proposals_url(self) -> str:
        return reverse("questionnaires:proposals", args=[*self.address, self.item.code])

    def get_caption(self) -> str:
        return _("Question %(number)s") % {"number": in_own_order(full_number(self.item))}

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.get_caption(), self.section_url)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.item, section_url=self.section_url, **kwargs)


class ProposalsView(QuestionPage, TemplateView):
    """What ministries propose on one question, beside the official answer."""

    title = gettext_lazy("Proposals of ministries")
    template_name = "questionnaires/ministries/proposals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        official = official_answer(self.response, self.item.code) or EMPTY
        return super().get_context_data(
            answer=official,
            shown=shown_beside(official, proposals_on(self.response, self.item.code)),
            kept=kept_on(self.response, self.item.code),
            write=self.decision(ResponseAction.ANSWER, target_of(self.response, self.item.code)),
            returns=self.decision(ResponseAction.RETURN_PROPOSAL),
            **kwargs,
        )


class ProposalPage(QuestionPage):
    """An act on one proposal, by who writes the official answer."""

    policy_action = ResponseAction.ANSWER

    @cached_property
    def proposal(self) -> Proposal:
        return get_proposal(self.response, self.kwargs["question"], self.kwargs["proposal"])

    def success_url_for(self, result: object) -> str:
        return self.proposals_url

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Proposals of ministries"), self.proposals_url)]


class ProposalAdoptWholeView(ProposalPage, ServiceActionView):
    takes = {"number": forms.IntegerField(min_value=0), "base": forms.IntegerField(min_value=0)}

    def perform(self) -> str:
        number, base = (posted_number(self.request.POST.get(name)) for name in ("number", "base"))
        adopt_proposal(actor=self.user, proposal=self.proposal, number=number, base=base)
        return _("The proposal is the official answer now.")

    def next_url(self) -> str:
        return self.proposals_url


class ProposalAdoptView(ProposalPage, ServiceFormView):
    """The official answer and the proposal are put together in one box, which is saved as the official answer."""

    form_class = AdoptForm
    title = gettext_lazy("Adopt into the text")
    template_name = "questionnaires/ministries/proposal_adopt.html"
    success_message = gettext_lazy("The official answer is saved.")
    keeps = True

    def get_form_kwargs(self) -> dict[str, Any]:
        is_multiple = self.item.kind == QuestionKind.MULTIPLE
        official = language(self.index.definition.language)
        options = {"options": self.item.options, "is_multiple": is_multiple, "official": official}
        return {**super().get_form_kwargs(), **options}

    def get_initial(self) -> dict[str, Any]:
        official, proposal = official_answer(self.response, self.item.code) or EMPTY, self.proposal
        return {
            "base": official.revision,
            "number": proposal.revision,
            "choices": proposal.choices or list(official.choices),
            "text": "\n\n".join(filter(None, [official.text, proposal.text])),
            "with_citations": True,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        official = official_answer(self.response, self.item.code) or EMPTY
        shown = shown_beside(official, proposals_on(self.response, self.item.code).filter(pk=self.proposal.pk))
        return super().get_context_data(shown=shown, answer=official, **kwargs)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """What was typed stays, above it stands what holds by now: who was told so presses again on that."""
        if isinstance(error, OutdatedError):
            now = self.get_initial()
            form.carry(base=now["base"], number=now["number"])

    def perform(self, form: AdoptForm) -> object:
        given = form.cleaned_data
        instead = AdoptedText(given.get("choices", []), given["text"], given["with_citations"])
        return adopt_proposal(
            actor=self.user, proposal=self.proposal, number=given["number"], base=given["base"], instead=instead
        )


class ProposalReturnView(ProposalPage, ServiceFormView):
    policy_action = ResponseAction.RETURN_PROPOSAL
    form_class = ProposalReturnForm
    title = gettext_lazy("Return a proposal")
    template_name = "questionnaires/ministries/proposal_return.html"
    lead = gettext_lazy("The contributor is told by mail, and finds your words at the question until it is answered.")
    submit_label = gettext_lazy("Return it")
    success_message = gettext_lazy("The proposal is with the ministry again.")
    keeps = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposal=self.proposal, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.proposal.revision}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """Above what was typed stands the proposal as it is by now."""
        if isinstance(error, OutdatedError):
            form.carry(number=self.proposal.revision)

    def perform(self, form: ProposalReturnForm) -> None:
        number, reason = form.cleaned_data["number"], form.cleaned_data["reason"]
        return_proposal(actor=self.user, proposal=self.proposal, number=-1 if number is None else number, reason=reason)


class ReturnAnswerView(QuestionPage, ConfirmedActView):
    """The contributor says that a returned proposal is looked at once more."""

    policy_action = ResponseAction.PROPOSE
    form_class = ReturnAnswerForm
    title = gettext_lazy("I have answered this")
    template_name = "questionnaires/ministries/return_answer.html"
    consequences = (
        gettext_lazy("Your proposal as it is now goes to your focal point once more, who is told by mail."),
    )
    success_message = gettext_lazy("Your focal point has been told.")

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        return target_of(self.response, self.item.code)

    @cached_property
    def proposal(self) -> Proposal:
        return get_returned(self.user, self.response, self.item.code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposal=self.proposal, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"returned_at": self.proposal.returned_at.isoformat() if self.proposal.returned_at else ""}

    def perform(self, form: ReturnAnswerForm) -> None:
        answer_return(actor=self.user, proposal=self.proposal, returned_at=form.cleaned_data["returned_at"])

    def success_url_for(self, result: object) -> str:
        return self.section_url
