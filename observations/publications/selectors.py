"""What the States under review have made public: for everybody to find, and how far its files are."""

import datetime as dt

from django.db.models import QuerySet

from accounts.states import sorted_by_name
from accounts.states.models import StateParty
from core.errors import found
from observations.texts.models import AgreedText, Publication, TextVersion
from observations.wording import document_from
from reviews.cases.models import Review
from reviews.programme.models import Instrument

LATE_AFTER = dt.timedelta(minutes=15)  # then the work is taken for lost


def publications() -> QuerySet[Publication]:
    """Everything that is public now, for everybody."""
    return (
        Publication.objects.filter(ended_at=None)
        .select_related("agreed_text__instrument", "agreed_text__review__mechanism", "version")
        .select_related("agreed_text__review__state_under_review", "agreed_text__review__phase__cluster")
        .order_by("-published_at")
    )


def public_of(review: Review) -> QuerySet[Publication]:
    """Of one review."""
    return publications().filter(agreed_text__review=review)


def get_publication(mechanism: str, code: str, instrument: str, kind: str) -> Publication:
    """A text that is public now. Raises Http404 for all others, whether there are such or not."""
    return found(
        publications()
        .filter(
            agreed_text__review__mechanism__slug=mechanism,
            agreed_text__review__code=code,
            agreed_text__instrument__slug=instrument,
            agreed_text__kind=kind,
        )
        .first()
    )


def publication_of(text: AgreedText) -> Publication | None:
    return text.publications.filter(ended_at=None).select_related("published_by").first()


def listed(rows: QuerySet[Publication]) -> QuerySet[Publication]:
    """In the order of a list: by mechanism, the latest first."""
    return rows.order_by("agreed_text__review__mechanism__slug", "-published_at")


def published_states() -> list[StateParty]:
    """The States of which something is public, by name."""
    keys = publications().order_by().values("agreed_text__review__state_under_review")
    return sorted_by_name(StateParty.objects.filter(pk__in=keys))


def published_instruments() -> QuerySet[Instrument]:
    """The instruments on which something is public."""
    keys = publications().order_by().values("agreed_text__instrument")
    return Instrument.objects.filter(pk__in=keys).order_by("order")


def has_experts(version: TextVersion) -> bool:
    """Whether a version names experts, so that there is something to leave out."""
    return any(block.public_text for block in document_from(version.document).blocks)


def has_files(publication: Publication) -> bool:
    return bool(publication.pdf and publication.docx)


def is_late(publication: Publication, now: dt.datetime) -> bool:
    """Whether the files are missing for longer than such work takes, and nobody is at it just now."""
    is_left_alone = now - publication.updated_at > dt.timedelta(minutes=1)
    return not has_files(publication) and now - publication.published_at > LATE_AFTER and is_left_alone
