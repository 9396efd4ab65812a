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
from reviews.cases import lock_review, tell
from reviews.cases.enums import News
from reviews.cases.models import Participation, Review


def ask_for_names(version: TextVersion) -> None:
    """Tell the experts whom an agreed version names that they are asked; once a review, and not who has answered.

    Nor who takes part no more: mail about a review goes to nobody outside. They are asked in *My work*.
    """
    review = version.agreed_text.review
    answered = NamingAnswer.objects.filter(review=review).values("user")
    here = Participation.objects.filter(review=review, user__in=named_in(version), ended_at=None)
    told = [each.user for each in here.exclude(user__in=answered).select_related("user")]
    tell(told, review, News.NAMING_ASKED, page="observations:naming", key=str(review.pk))


@transaction.atomic
def answer_naming(*, actor: User, review: Review, agrees: bool) -> NamingAnswer:
    """The expert's own word, which takes the place of the one before; the same again changes nothing.

    Also of who has left the review. After a no what names this expert does so no longer; what was read or copied before
    stays where it is. The record says that there was a word, and not which: all States of the review read it.
    """
    lock_review(review)
    require(actor, NamingAction.ANSWER, review)
    standing = answer_of(actor, review)
    if standing is not None and standing.agrees == agrees:
        return standing
    row = standing or NamingAnswer(review=review, user=actor)
    row.agrees, row.answered_at = agrees, timezone.now()
    if not agrees:
        row.refused_at = row.answered_at
    row.save()
    audit.record(actor, "observations.naming.answered", review)
    after_answer(review)
    return row
