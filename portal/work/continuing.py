"""Where a person stopped writing: the way back to it stands first on the page of what there is to do."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from core.policy import can
from dialogue.exchange.enums import FeedbackStatus
from dialogue.exchange.models import FeedbackComment
from observations.texts.models import ObservationRevision
from portal.work.tasks import Workload, address
from questionnaires.definitions import index_of
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import target_of
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Answer, Proposal, Response, ResponseSubmission
from questionnaires.wording import anchor, full_number
from reviews.cases.models import Review


@dataclass(frozen=True, slots=True)
class LeftOff:
    """What was written last, in words that name no content, and the page on which to go on."""

    what: str
    review: Review
    url: str
    at: dt.datetime


def left_off(workload: Workload) -> LeftOff | None:
    """The last place where the reader saved something that is not sent yet; six queries at most, none for others."""
    reviews = {place.review.pk: place.review for place in workload.places}
    if not reviews:
        return None
    kinds: tuple[Callable[[Workload, Mapping[UUID, Review]], LeftOff | None], ...] = (_answer, _comment, _observation)
    found = [each for kind in kinds if (each := kind(workload, reviews))]
    return max(found, key=lambda each: each.at, default=None)


def _answer(workload: Workload, reviews: Mapping[UUID, Review]) -> LeftOff | None:
    unsent = [
        row for row in workload.responses.values() if row.status != ResponseStatus.SENT and row.review_id in reviews
    ]
    written = [_newest(model, workload, unsent) for model in _written(workload)] if unsent else []
    answer = max((each for each in written if each), key=lambda each: each.updated_at, default=None)
    if answer is None:
        return None
    index, code = index_of(answer.response.version_id), answer.question.code
    answer.response.review = reviews[answer.response.review_id]
    if not can(
        workload.user, ResponseAction.VIEW_DRAFT, target_of(answer.response, code)
    ):  # it is with another ministry by now
        return None
    what = _("Answer to question %(number)s") % {"number": full_number(index.items[code])}
    return _at_question(what, "questionnaires:section-detail", reviews[answer.response.review_id], index, code, answer)


def _written(workload: Workload) -> list[type[Answer] | type[Proposal]]:
    """Where the reader writes: official answers, and as a contributor proposals."""
    return [Answer, Proposal] if workload.contributes_as else [Answer]


def _newest(model: type[Answer] | type[Proposal], workload: Workload, unsent: list[Response]) -> Any:
    """What the reader saved last among those; a proposal only while it is the reader's own participation's."""
    of_reader = {"participation__in": workload.contributes_as} if model is Proposal else {}
    own = model._default_manager.filter(
        response__in=unsent, saved_by=workload.user, question__version=F("response__version"), **of_reader
    )
    return own.select_related("response", "question").order_by("-updated_at").first()


def _comment(workload: Workload, reviews: Mapping[UUID, Review]) -> LeftOff | None:
    saved = FeedbackComment.objects.filter(
        feedback__review__in=reviews, feedback__status=FeedbackStatus.DRAFT, saved_by=workload.user
    )
    comment = saved.select_related("feedback").order_by("-updated_at").first()
    if comment is None:
        return None
    review = reviews[comment.feedback.review_id]
    sent = ResponseSubmission.objects.filter(review=review).select_related("response").order_by("-sent_at").first()
    if not comment.question_code or sent is None:
        return LeftOff(_("Written feedback on an article"), review, address(review, "portal:desk"), comment.updated_at)
    index = index_of(sent.response.version_id)
    what = _("Feedback on question %(number)s") % {"number": full_number(index.items[comment.question_code])}
    return _at_question(what, "portal:desk-section", review, index, comment.question_code, comment)


def _observation(workload: Workload, reviews: Mapping[UUID, Review]) -> LeftOff | None:
    saves = ObservationRevision.objects.filter(
        observation__review__in=reviews, observation__withdrawn_at=None, saved_by=workload.user
    ).exclude(observation__room=None)
    save = saves.select_related("observation").order_by("-created_at").first()
    if save is None:
        return None
    review = reviews[save.observation.review_id]
    url = f"{address(review, 'observations:observation-list')}#observation-{save.observation_id}"
    return LeftOff(_("Drafted observation"), review, url, save.created_at)


def _at_question(what: str, name: str, review: Review, index: Any, code: str, written: Any) -> LeftOff:
    page = address(review, name, *index.section_of[code].address)
    return LeftOff(what, review, f"{page}#{anchor(code)}", written.updated_at)
