from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from core.errors import OutdatedError, ServiceError
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from core.web.views import ServiceActionView, ServiceFormView
from questionnaires.assignments import contributors_of, readers_by_leave
from questionnaires.definitions import instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.ministries.enums import PartState
from questionnaires.ministries.forms import HandOnForm, PartAnswerForm
from questionnaires.ministries.left import left_behind
from questionnaires.ministries.selectors import (
    get_own_part,
    get_part,
    matrix_of,
    number_kept,
    shown_of,
    silent_parts,
)
from questionnaires.ministries.services import HandedOn, answer_assignment, check_part, hand_on, remind_ministry
from questionnaires.responses import BelowResponse, ResponsePage, ResponseSection
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import SectionAssignment


class MinistriesView(BelowResponse, TemplateView):
    """Who has what, how far it is, and who is late: sections × ministries."""

    policy_action = ResponseAction.RENDER_DRAFT
    title = gettext_lazy("Ministries")
    template_name = "questionnaires/ministries/ministries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        matrix, assign = matrix_of(self.response), self.decision(ResponseAction.ASSIGN)
        kept = number_kept(self.response)
        wanted = self.request.GET.get("state", "")
        return super().get_context_data(
            matrix=matrix,
            kept=kept,
            kept_in_all=sum(kept.values()),
            rows=[row for row in matrix.rows if _is_shown(row, wanted)],
            wanted=wanted,
            states=[(state, state.label, number) for state, number in matrix.counts.items()],
            instruments=instrument_names(row.place.part.instrument for row in matrix.rows),
            assign=assign,
            left=[each.participation.user.full_name for each in left_behind(self.response)] if assign else [],
            let_read=self.decision(ResponseAction.LET_READ),
            readers=readers_by_leave(self.response),
            remind=self.decision(ResponseAction.REMIND),
            check=self.decision(ResponseAction.ANSWER),
            **kwargs,
        )


LATE, NOT_SENT = "late", "not_sent"


def _is_shown(row: Any, wanted: str) -> bool:
    """Whether a section has what the filter asks for; any other word shows all."""
    parts = [part for cell in row.cells for part in cell]
    if wanted == NOT_SENT:
        return not parts
    if wanted == LATE:
        return any(part.is_late for part in parts)
    return wanted not in set(PartState) or any(part.state == wanted for part in parts)


class MinistryRemindView(ResponsePage, ServiceActionView):
    policy_action = ResponseAction.REMIND

    def perform(self) -> str:
        number = remind_ministry(actor=self.user, response=self.response, participation=self.kwargs["holder"])
        if not number:
            return _("No mail was sent: nothing is waited for.")
        words = ngettext(
            "A mail about %(number)s part is on its way; at most one a day is sent.",
            "A mail about %(number)s parts is on its way; at most one a day is sent.",
            number,
        )
        return words % {"number": number}

    def next_url(self) -> str:
        return reverse("questionnaires:ministries", args=self.address)


class PartCheckView(ResponsePage, ServiceActionView):
    policy_action = ResponseAction.ANSWER
    takes = {"shown": forms.CharField()}

    def perform(self) -> str:
        part, shown = get_part(self.response, self.kwargs["part"]), self.request.POST.get("shown", "")
        check_part(actor=self.user, assignment=part, shown=shown)
        return _("It is noted as checked.")

    def next_url(self) -> str:
        return reverse("questionnaires:ministries", args=self.address)


class PartAnswerView(BelowResponse, ServiceFormView):
    """A contributor says of a part that it is done, or that it is for another ministry."""

    policy_action = ResponseAction.PROPOSE
    form_class = PartAnswerForm
    title = gettext_lazy("Done, or not for you?")
    template_name = "questionnaires/ministries/part_answer.html"
    success_message = gettext_lazy("Your focal point has been told.")

    part: SectionAssignment
    others: list[SectionAssignment]

    def find_part(self) -> None:
        self.part = get_own_part(self.user, self.response, self.kwargs["part"])
        self.others = list(silent_parts(self.part))

    def get_policy_target(self) -> ResponseSection:
        super().get_policy_target()
        self.find_part()
        return ResponseSection(self.response, self.part.section_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.part, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"shown": self.part.as_shown, "rest": shown_of(self.others)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "number": len(self.others)}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        if isinstance(error, OutdatedError):
            self.find_part()
            form.carry(**self.get_initial())

    def perform(self, form: PartAnswerForm) -> None:
        given = form.cleaned_data
        answer_assignment(
            actor=self.user,
            assignment=self.part,
            said=AssignmentWord(given["said"]),
            word=given["word"],
            shown=given["shown"],
            rest=given["rest"] if given.get("with_rest") else None,
        )

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)


class HandOnView(BelowResponse, ServiceFormView):
    """What somebody had who takes part no longer goes to another contributor, who goes on with it."""

    policy_action = ResponseAction.ASSIGN
    form_class = HandOnForm
    title = gettext_lazy("Hand on to another contributor")
    template_name = "questionnaires/ministries/hand_on.html"
    lead = gettext_lazy(
        "Whom you choose gets what was sent, with its date and remark, and the proposals with their history, which "
        "he or she reads and goes on with. A mail says so."
    )
    submit_label = gettext_lazy("Hand on")

    def get_form_kwargs(self) -> dict[str, Any]:
        people = contributors_of(self.response.review).order_by("user__organization", "pk")
        return {**super().get_form_kwargs(), "left": left_behind(self.response), "contributors": list(people)}

    def perform(self, form: HandOnForm) -> HandedOn:
        given = form.cleaned_data
        return hand_on(actor=self.user, response=self.response, left_by=given["left_by"], to=given["to"])

    def success_message_for(self, result: HandedOn) -> str:
        words = _("Handed on to %(person)s. Parts: %(parts)s. Proposals: %(proposals)s.") % {
            "person": isolated(result.person.full_name),
            "parts": result.parts,
            "proposals": result.proposals,
        }
        if not result.kept:
            return words
        kept = ngettext(
            "%(number)s proposal stays where it is: there is one of the new contributor’s own.",
            "%(number)s proposals stay where they are: there are some of the new contributor’s own.",
            result.kept,
        )
        return f"{words} {kept % {'number': result.kept}}"

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:ministries", args=self.address)
