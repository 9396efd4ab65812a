"""What the States under review have made public: for everybody to find, and how far its files are."""

import datetime as dt

from django.db.models import QuerySet

from accounts.states import sorted_by_name
from accounts.states.models import StateParty
from observations.texts import document_from, publications
from observations.texts.models import Publication, TextVersion
from reviews.programme.models import Instrument

LATE_AFTER = dt.timedelta(minutes=15)  # then the work is taken for lost


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
