"""What a job that makes a document of a response is about, and the page from which it was asked for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.jobs import PageOfOrigin
from core.models import Job
from questionnaires.responses.models import Response, ResponseSubmission
from reviews.cases.models import Review
from reviews.navigation import origin_in

_RELATED = ("review__mechanism", "review__step", "review__state_under_review")


def find_response(job: Job) -> Response | None:
    """The response whose draft a job prints; None when it is gone."""
    return Response.objects.filter(pk=job.target_id).select_related(*_RELATED).first()


def find_submission(job: Job) -> ResponseSubmission | None:
    """The submission that a job prints; None when it is gone."""
    related = (*_RELATED, "response__version", "cleared_by", "brought_piece__brought_by", "brought_piece__checked_by")
    return ResponseSubmission.objects.filter(pk=job.target_id).select_related(*related).first()


def page_of_response(response: Response) -> PageOfOrigin:
    return _page(response.review, "questionnaires:response-detail", _("Self-assessment"))


def page_of_submission(submission: ResponseSubmission) -> PageOfOrigin:
    return _page(submission.review, "questionnaires:submission-detail", _("Answers to the questionnaire"))


def _page(review: Review, url_name: str, label: str) -> PageOfOrigin:
    return origin_in(review, reverse(url_name, args=[review.mechanism.slug, review.code]), label)
