"""Answers that had no place in the version to which the State has moved its self-assessment."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.web.views import ServiceActionView
from questionnaires.answers.history import steps_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.moving import kept_answers, kept_proposals, settle_kept_answer
from questionnaires.responses import BelowResponse, ResponsePage


class KeptAnswersView(BelowResponse, TemplateView):
    """Each with all its saves; first those at which nobody has looked, last those that were emptied before the move,
    and what ministries had proposed. For readers of the whole draft.
    """

    policy_action = ResponseAction.RENDER_DRAFT
    title = gettext_lazy("Answers to an earlier version")
    template_name = "questionnaires/answers/kept_answers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(each, steps_of(each.answer.revisions.all())) for each in kept_answers(self.response)]
        proposals = [(each, steps_of(each.answer.revisions.all())) for each in kept_proposals(self.response)]
        said = [row for row in rows if not row[0].answer.is_emptied]
        return super().get_context_data(
            waiting=[row for row in said if row[0].answer.settled_by is None],
            settled=[row for row in said if row[0].answer.settled_by is not None],
            proposals=proposals,
            emptied=[row for row in rows if row[0].answer.is_emptied],
            settle=self.decision(ResponseAction.ASSIGN),
            **kwargs,
        )


class KeptAnswerSettleView(ResponsePage, ServiceActionView):
    policy_action = ResponseAction.ASSIGN

    def perform(self) -> str:
        settle_kept_answer(self.user, self.response, answer=self.kwargs["answer"])
        return _("The answer is kept, and listed below as looked at.")

    def next_url(self) -> str:
        return reverse("questionnaires:response-kept", args=self.address)
