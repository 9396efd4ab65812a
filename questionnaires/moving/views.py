"""A later version of the questionnaire is there: what moving to it would mean for the State's answers, and the move."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView
from questionnaires.definitions.enums import ItemFate, ResponseAction
from questionnaires.moving.services import MovePlan, move_response, plan_of
from questionnaires.responses import BelowResponse
from questionnaires.responses.models import Response


class MoveVersionForm(AccessibleForm):
    """``seen``: what it means, as the page has shown it."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class ResponseMoveView(BelowResponse, ConfirmedActView):
    policy_action = ResponseAction.MOVE
    form_class = MoveVersionForm
    template_name = "questionnaires/moving/response_move.html"
    title = gettext_lazy("Move to the next version")

    @cached_property
    def plan(self) -> MovePlan | None:
        return plan_of(self.response)

    def get_consequences(self) -> list[str]:
        plan = self.plan
        if plan is None:
            return []
        carried, kept, lost = plan.number_carried, len(plan.kept), len(plan.lost)
        found = [
            ngettext(
                "%(number)s answer goes with its question, with all that was saved before.",
                "%(number)s answers go with their questions, with all that was saved before.",
                carried,
            )
            % {"number": carried}
        ]
        if kept:
            words = ngettext(
                "%(number)s answer has no place there. It is kept, is not sent, and is listed until somebody has "
                "looked at it.",
                "%(number)s answers have no place there. They are kept, are not sent, and are listed until somebody "
                "has looked at them.",
                kept,
            )
            found.append(words % {"number": kept})
        if proposals := len(plan.kept_proposals):
            words = ngettext(
                "%(number)s proposal of a ministry has no place there. It is kept and listed, and cannot be adopted "
                "any more.",
                "%(number)s proposals of ministries have no place there. They are kept and listed, and cannot be "
                "adopted any more.",
                proposals,
            )
            found.append(words % {"number": proposals})
        if lost:
            words = ngettext(
                "%(number)s section does not stay with the ministry to which it was sent.",
                "%(number)s sections do not stay with the ministries to which they were sent.",
                lost,
            )
            found.append(words % {"number": lost})
        if hidden := len(plan.hidden):
            words = ngettext(
                "%(number)s part stays with its ministry, which does not read the official answers to it any more: "
                "there would be some that it was not shown.",
                "%(number)s parts stay with their ministries, which do not read the official answers to them any "
                "more: there would be some that they were not shown.",
                hidden,
            )
            found.append(words % {"number": hidden})
        return [*found, _("There is no way back to the version before.")]

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.plan.seen if self.plan else ""}

    def rest(self, form: Any, error: Any) -> None:
        self.__dict__.pop("plan", None)
        super().rest(form, error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        counts = [(fate.label, plan.counts[fate]) for fate in ItemFate if plan.counts[fate]] if plan else []
        return super().get_context_data(plan=plan, counts=counts, **kwargs)

    def perform(self, form: MoveVersionForm) -> Response:
        return move_response(self.user, self.response, seen=form.cleaned_data["seen"])

    def back_url(self) -> str:
        return reverse("questionnaires:response-detail", args=self.address)

    def success_message_for(self, result: Response) -> str:
        number = result.version.number
        return _("The self-assessment is on version %(number)s of the questionnaire now.") % {"number": number}

    def success_url_for(self, result: Any) -> str:
        return reverse("questionnaires:response-kept", args=self.address)
