"""Of which text a document is, and where it was asked for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.jobs import LabelledLink, PageOfOrigin
from core.language.i18n import in_own_order
from core.models import Job
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText
from reviews.cases.models import Review
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
    mechanism, code = text.review.mechanism.slug, text.review.code
    above = (
        LabelledLink(reverse("reviews:review-list", args=[mechanism]), _("Reviews")),
        LabelledLink(reverse("portal:review-detail", args=[mechanism, code]), in_own_order(code)),
    )
    address = reverse("observations:text-detail", args=[mechanism, code, text.instrument.slug, text.kind])
    return PageOfOrigin(address, text.get_kind_display(), above, caption=str(text.review.state_under_review), code=code)
