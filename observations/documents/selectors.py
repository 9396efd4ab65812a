"""Of which text a document is, and where it was asked for."""

from django.urls import reverse

from core.jobs import PageOfOrigin
from core.models import Job
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from reviews.cases.models import Review
from reviews.navigation import origin_in
from reviews.programme.enums import StepKind
from reviews.symbols import ReviewDocument
from reviews.symbols.enums import DocumentKind
from reviews.visibility import kinds_of_steps


def find_text(job: Job) -> AgreedText | None:
    """The text whose document a job makes; None when it is gone."""
    return (
        AgreedText.objects.filter(pk=job.target_id)
        .select_related("review__mechanism", "review__step", "review__state_under_review", "review__phase__cluster")
        .select_related("review__review_group", "instrument")
        .first()
    )


def documents_of(review: Review) -> list[ReviewDocument]:
    """Of each kind of text on which the States agree, one for every instrument with articles under review."""
    instruments = {article.instrument for article in review.articles.select_related("instrument")}
    steps = kinds_of_steps(review).count(StepKind.AGREED_TEXT)
    return [
        ReviewDocument(DocumentKind(kind), instrument)
        for kind in list(TextKind)[:steps]
        for instrument in sorted(instruments, key=lambda each: each.order)
    ]


def page_of_text(text: AgreedText) -> PageOfOrigin:
    """Where a document of a text was asked for."""
    place = [text.review.mechanism.slug, text.review.code, text.instrument.slug, text.kind]
    return origin_in(text.review, reverse("observations:text-detail", args=place), text.get_kind_display())
