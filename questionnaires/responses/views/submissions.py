from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from core import jobs
from core.language.i18n import language
from core.policy import explain
from core.web.views import PolicyView
from questionnaires.definitions import index_of, instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses.jobs import SUBMISSION_PDF
from questionnaires.responses.models import ResponseSubmission
from questionnaires.responses.selectors.reading import get_submission, sent_parts
from reviews.cases import get_review_for


class SubmissionPage(PolicyView):
    """A page of the answers that were sent; before that there is none."""

    policy_action = ResponseAction.VIEW_SUBMISSION
    policy_target: ResponseSubmission

    @property
    def user(self) -> Any:
        return self.request.user

    @property
    def address(self) -> list[str]:
        return [self.kwargs["mechanism"], self.kwargs["code"]]

    def get_policy_target(self) -> ResponseSubmission:
        return get_submission(get_review_for(self.user, *self.address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.policy_target
        parts = sent_parts(submission)
        return super().get_context_data(  # type: ignore[misc]
            submission=submission,
            review=submission.review,
            address=self.address,
            parts=parts,
            instruments=instrument_names(part.part.instrument for part in parts),
            official=language(index_of(submission.response.version_id).definition.language),
            answers_language=submission.language,
            **kwargs,
        )


class SubmissionDetailView(SubmissionPage, TemplateView):
    """What was sent, by whom it was cleared, its hash, and the ways into it."""

    template_name = "questionnaires/responses/submission_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.policy_target
        return super().get_context_data(
            version=submission.response.version,
            render=explain(self.user, ResponseAction.RENDER_SUBMISSION, submission),
            job=jobs.latest_for(submission, self.user.pk, [SUBMISSION_PDF]),
            **kwargs,
        )


class SubmissionPartView(SubmissionPage, TemplateView):
    """The answers on one instrument."""

    template_name = "questionnaires/responses/submission_part.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        slugs = [part.part.instrument for part in context["parts"]]
        if self.kwargs["instrument"] not in slugs:
            raise Http404
        here = slugs.index(self.kwargs["instrument"])
        return {
            **context,
            "shown": context["parts"][here],
            "previous": slugs[here - 1] if here else None,
            "next": slugs[here + 1] if here + 1 < len(slugs) else None,
        }
