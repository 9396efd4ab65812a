"""An expert says whether the own name may be published, and takes the word back for the future."""

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from core import audit
from core.policy import require
from observations.naming.asked import after_answer
from observations.naming.enums import NamingAction
from observations.naming.models import NamingAnswer
from observations.naming.selectors import answer_of, named_in
from observations.texts.models import TextVersion
from reviews.capacities import require_capacity
from reviews.cases import lock_review, tell
from reviews.cases.enums import News
from reviews.cases.models import Review


def ask_for_names(version: TextVersion) -> None:
    """Tell the experts whom an agreed version names that they are asked; once a review, and not who has answered."""
    review = version.agreed_text.review
    told = [each.user for each in named_in(version).filter(naming_answer=None)]
    tell(told, review, News.NAMING_ASKED, page="observations:naming", key=str(review.pk))


@transaction.atomic
def answer_naming(*, actor: User, review: Review, agrees: bool) -> NamingAnswer:
    """The expert's own word, which takes the place of the one before; the same again changes nothing.

    After a no what names this expert does so no longer; what was read or copied before stays where it is.
    """
    lock_review(review)
    require(actor, NamingAction.ANSWER, review)
    participation = require_capacity(actor, review).participation_id
    standing = answer_of(participation)
    if standing is not None and standing.agrees == agrees:
        return standing
    row = standing or NamingAnswer(participation_id=participation)
    row.agrees, row.answered_at = agrees, timezone.now()
    row.save()
    audit.record(actor, "observations.naming.answered", review, after={"agrees": agrees})
    after_answer(review)
    return row
