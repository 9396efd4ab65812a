"""The version of a text that stands: what the States have said of it."""

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.people.models import User
from observations.texts import texts_visible_to
from observations.texts.models import AgreedText, TextVersion
from reviews.bringing.models import BroughtPiece
from reviews.cases.models import Clearance, Review


def standing_version(text: AgreedText) -> TextVersion | None:
    """The version that is under consideration, or agreed."""
    related = ("proposed_by", "proposed_for", "brought_piece__brought_by", "brought_piece__checked_by")
    return text.versions.filter(cancelled_at=None).select_related(*related).first()


def versions_visible_to(user: User, review: Review) -> QuerySet[TextVersion]:
    """All versions of the texts that the reader may read, each text's in their order, with who proposed them."""
    rows = TextVersion.objects.filter(agreed_text__in=texts_visible_to(user, review))
    related = rows.select_related("agreed_text__instrument", "proposed_for", "brought_piece")
    return related.order_by("agreed_text__kind", "agreed_text__instrument__order", "number")


def clearances_to(versions: Collection[TextVersion]) -> QuerySet[Clearance]:
    """Those of these versions, the taken back too; the caller has obtained the versions for their reader."""
    given = {version.sha256 for version in versions}
    texts = {version.agreed_text_id for version in versions}
    rows = Clearance.objects.filter(document_id__in=texts, sha256__in=given)
    return rows.select_related("state_party", "focal_point").order_by("cleared_at")


def pieces_of_version(version: TextVersion | None) -> list[BroughtPiece]:
    """Of a version that was brought in, the pieces of the States that agreed on it, the State under review first."""
    if version is None or version.brought_piece is None:
        return []
    mark = version.brought_piece
    rows = BroughtPiece.objects.filter(review=mark.review_id, file=mark.file_id)
    rows = rows.select_related("state_party", "word_by", "brought_by", "checked_by")
    return sorted(rows, key=lambda piece: (piece.pk != mark.pk, str(piece.state_party)))


def clearances_of(text: AgreedText, version: TextVersion) -> QuerySet[Clearance]:
    """Those that count."""
    return _given_to(text, version).filter(taken_back_at=None).order_by("cleared_at")


def clearances_taken_back(text: AgreedText, version: TextVersion) -> QuerySet[Clearance]:
    rows = _given_to(text, version).exclude(taken_back_at=None)
    return rows.select_related("taken_back_by").order_by("taken_back_at")


def _given_to(text: AgreedText, version: TextVersion) -> QuerySet[Clearance]:
    rows = Clearance.objects.filter(document_id=text.pk, version=version.number, sha256=version.sha256)
    return rows.select_related("state_party", "focal_point")
