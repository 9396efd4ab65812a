"""What is open of the answers as data, the document itself among it. The fields: docs/users/audiences.md."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from questionnaires.sharing.models import AnswersShare


def as_data(share: AnswersShare) -> dict[str, Any]:
    return {
        "address": address_in(share),
        "audience": share.audience,
        "number": share.number,
        "shared_at": share.shared_at.isoformat(),
        "sha256": share.sha256,
        "document": share.document,
    }


def address_in(share: AnswersShare, *, version: bool = True) -> str:
    """The whole address of this very content, or of the page on which stands what is open at a time."""
    args = [share.review.mechanism.slug, share.review.code, share.audience]
    name, more = ("shared-answers-version", [share.number]) if version else ("shared-answers", [])
    return settings.SITE_URL.rstrip("/") + reverse(f"questionnaires:{name}", args=[*args, *more])
