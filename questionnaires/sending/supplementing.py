"""What the State under review sends beside its answers becomes part of the next version of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from core import audit
from questionnaires.responses import lock_response
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.services import freeze
from questionnaires.submissions import last_submission, supplements_of
from reviews.cases import lock_review
from reviews.cases.models import Review


@transaction.atomic
def add_beside(actor: User, review: Review, piece: Mapping[str, Any]) -> ResponseSubmission | None:
    """Lay a version on the table that says what the one before says, and carries what has just been sent besides.

    ``piece``: a ``kind``, the ``code`` of the question that it belongs to (or ""), the ``language``, and its words. The
    act that has sent it has asked the policy. Of answers that are being changed at this time nothing goes in: the next
    version of those follows on this one. None where no answers stand, or none that were given here.
    """
    lock_review(review)
    response = Response.objects.filter(review=review, is_brought_in=False).first()
    if response is None:
        return None
    locked = lock_response(response)
    stands = last_submission(locked)
    if stands is None:
        return None
    number, day = locked.next_number, timezone.localdate().isoformat()
    document = {
        **stands.document,
        "supplements": [*supplements_of(stands.document), {**piece, "number": number, "sent_on": day}],
        "revises": {"number": stands.number, "sha256": stands.sha256, "reason": "", "is_beside": True},
    }
    submission = freeze(actor, locked, document)
    locked.sent_at = submission.sent_at
    locked.save(update_fields=["sent_at", "updated_at"])
    after = {"version": number, "sha256": submission.sha256}
    audit.record(actor, "questionnaires.response.supplemented", locked, after=after)
    return submission
