"""What a ministry has goes to whoever comes to it, and to the ministry with which it is joined."""

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from core.policy import require
from questionnaires.assignments.recipients import of_ministry
from questionnaires.assignments.services import tell_sent
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import lock_response
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import Response, SectionAssignment
from reviews.cases import lock_review
from reviews.ministries import join_ministries
from reviews.ministries.models import Ministry


@transaction.atomic
def share_with_newcomers(actor: User, ministry: Ministry) -> None:
    """Whoever has come to a ministry has its parts from now on, and is told.

    Of answers that are sent, once they are opened again (``share_what_stands``).
    """
    response = Response.objects.filter(review=ministry.review_id).first()
    if response is None or response.status == ResponseStatus.SENT:
        return
    locked = lock_response(response)
    require(actor, ResponseAction.ASSIGN, locked)
    tell_sent(locked, of_ministry(locked, ministry).spread(), timezone.now())


def share_what_stands(response: Response) -> None:
    """Whoever has come to a ministry while the answers were sent has its parts now; by who opens them again."""
    sent = SectionAssignment.objects.filter(response=response)
    for ministry in Ministry.objects.filter(pk__in=sent.values("ministry")):
        tell_sent(response, of_ministry(response, ministry).spread(), timezone.now())


@transaction.atomic
def join_with(*, actor: User, response: Response, ministry: Ministry, into: Ministry) -> None:
    """Two spellings of a ministry become one: its people, and what was sent to either, are of ``into``.

    Where both have a part, that of ``into`` holds. Raises ServiceError, with the field, for one and the same.
    """
    lock_review(response.review)
    locked = lock_response(response)
    require(actor, ResponseAction.ASSIGN, locked)
    join_ministries(actor=actor, ministry=ministry, into=into)
    old, new = of_ministry(locked, ministry), of_ministry(locked, into)
    both = old.standing().keys() & new.standing().keys()
    old.of_parts(both).delete()
    old.rows.update(ministry=into)
    tell_sent(locked, new.spread(), timezone.now())
