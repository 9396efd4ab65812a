"""A new version of answers that were sent: begun, and given up."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.errors import ServiceError
from core.web.forms import AccessibleForm
from core.web.views import ServiceFormView, ToldWhenDone
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import BelowResponse
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.forms import GiveUpForm, ReviseForm
from questionnaires.sending.services import begin_revision, give_up_revision
from questionnaires.submissions import latest_submission


class RevisionActView(ToldWhenDone, BelowResponse, ServiceFormView):
    """An act after which a second press leads to what the first one did, as long as the version that it saw stands."""

    undone_by: ResponseAction
    done_words: Any

    def done_before(self) -> str:
        self.response = self.find_response()
        is_done = self.decision(self.undone_by)
        self.__dict__.pop("stands", None)
        return str(self.done_words) if is_done and self.request.POST.get("number") == str(self.number_shown) else ""

    def done_url(self) -> str:
        return self.success_url_for(None)

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows what stands by now."""
        self.__dict__.pop("stands", None)
        form.carry(**self.get_initial())

    @cached_property
    def stands(self) -> ResponseSubmission | None:
        return latest_submission(self.review)

    @property
    def number_shown(self) -> int:
        return self.stands.number if self.stands else 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(stands=self.stands, next_number=self.response.next_number, **kwargs)


class ResponseReviseView(RevisionActView):
    """Begin the next version while the one that was sent stands."""

    policy_action = ResponseAction.REVISE
    undone_by = ResponseAction.GIVE_UP
    done_words = gettext_lazy("The new version has been begun.")
    form_class = ReviseForm
    title = gettext_lazy("Prepare a new version")
    template_name = "questionnaires/sending/response_revise.html"
    success_message = gettext_lazy("The answers are open to your State again. The version that was sent stands.")

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.number_shown}

    def perform(self, form: ReviseForm) -> object:
        given = form.cleaned_data
        return begin_revision(self.user, self.response, reason=given["reason"], number=given["number"])


class ResponseGiveUpView(RevisionActView):
    """Give the new version up: the answers go back to what stands."""

    policy_action = ResponseAction.GIVE_UP
    undone_by = ResponseAction.REVISE
    done_words = gettext_lazy("The new version has been given up.")
    form_class = GiveUpForm
    title = gettext_lazy("Give the new version up")
    template_name = "questionnaires/sending/response_give_up.html"
    success_message = gettext_lazy("The new version is given up. The answers are what the version that stands says.")

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": hash_of_draft(self.response), "number": self.number_shown}

    def perform(self, form: GiveUpForm) -> object:
        given = form.cleaned_data
        return give_up_revision(self.user, self.response, sha256=given["sha256"], number=given["number"] or 0)
