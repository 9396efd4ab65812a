"""Pages on which the States say that the dialogue is concluded."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import OutdatedError, ServiceError
from core.templatetags.components import names
from core.web.forms import AccessibleForm
from core.web.views import ServiceFormView
from dialogue.conclusion.forms import ConclusionForm, ConclusionRecordForm
from dialogue.conclusion.selectors import Conclusion, conclusion_for
from dialogue.conclusion.services import answer_conclusion, record_conclusion
from reviews.cases.enums import ReviewAction
from reviews.meetings import DialoguePage, meetings_of
from reviews.programme.enums import StepKind
from reviews.visibility import step_changes_of


class ConclusionFormView(DialoguePage, ServiceFormView):
    """What was said so far and the requests that are open, over a form that rests on them."""

    template_name = "dialogue/conclusion/conclude.html"
    says_when = gettext_lazy("The dialogue is concluded as soon as all States agree. What happens then:")
    says = (
        gettext_lazy("The list of observations is drafted and agreed next."),
        gettext_lazy(
            "Requests for clarification, supplementary information and records of meetings stay open until "
            "the review is closed."
        ),
        gettext_lazy("The focal points of all States are told by mail."),
    )

    def said_before(self) -> Sequence[str | Promise]:
        return [self.says_when, *self.says]

    @cached_property
    def conclusion(self) -> Conclusion:
        return conclusion_for(self.user, self.review)

    def get_initial(self) -> dict[str, Any]:
        return {"shown": self.conclusion.shown}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "conclusion": self.conclusion}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(conclusion=self.conclusion, meetings=meetings_of(self.review).count(), **kwargs)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        if isinstance(error, OutdatedError):
            form.carry(shown=error.now)
        super().rest(form, error)

    def back_url(self) -> str:
        return self.dialogue_url()

    def success_url_for(self, result: Any) -> str:
        """To what comes next, or back to where the words of the States stand."""
        is_concluded = result is None or result.is_agreed
        return reverse("observations:observation-list", args=self.address) if is_concluded else self.dialogue_url()

    def success_message_for(self, result: Conclusion) -> str:
        if result.is_agreed:
            return _("The dialogue is concluded. The list of observations is drafted and agreed next.")
        if result.is_refused:
            return _("It is noted that the dialogue is not concluded yet. The other States are told by mail.")
        return _("It is noted. The dialogue is concluded as soon as these agree too: %(states)s.") % {
            "states": names(result.missing)
        }


class DialogueConcludeView(ConclusionFormView):
    """The word of the reader's State. The second press of an impatient finger leads on as well."""

    policy_action = ReviewAction.CONCLUDE_DIALOGUE
    form_class = ConclusionForm
    title = gettext_lazy("Conclude the dialogue")
    submit_label = gettext_lazy("Answer for your State")

    def was_done_by_reader(self) -> bool:
        """Whether the last move of the review was this person's, and the end of the dialogue."""
        last = step_changes_of(self.review).first()
        if last is None or last.from_step is None or last.actor_id != self.user.pk:
            return False
        return last.from_step.kind == StepKind.DIALOGUE

    def perform(self, form: ConclusionForm) -> Conclusion:
        return answer_conclusion(actor=self.user, review=self.review, **form.cleaned_data)


class ConclusionRecordView(ConclusionFormView):
    policy_action = ReviewAction.RECORD_CONCLUSION
    form_class = ConclusionRecordForm
    title = gettext_lazy("Record that a State agreed elsewhere")
    submit_label = gettext_lazy("Record it")

    def perform(self, form: ConclusionRecordForm) -> Conclusion:
        return record_conclusion(actor=self.user, review=self.review, **form.cleaned_data)
