"""Margin notes of the self-assessment that mention the reader, until he or she has looked at them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from core.policy import can
from portal.work.tasks import ReviewPlace, Task, Workload
from questionnaires.definitions.enums import ResponseAction
from questionnaires.margin import unseen_mentions
from reviews.cases.enums import Side


def mentions(workload: Workload) -> Iterator[Task]:
    """One line for each review of an own State in which any is."""
    own = [place for place in workload.places if place.capacity.side == Side.UNDER_REVIEW]
    numbers = unseen_mentions(workload.user, [place.review for place in own]) if own else {}
    for place in own:
        if (number := numbers.get(place.review.pk, 0)) and _reads(workload, place):
            what = ngettext(
                "Look at %(number)d margin note that mentions you",
                "Look at %(number)d margin notes that mention you",
                number,
            )
            yield place.task(
                what % {"number": number},
                url=f"{place.url('questionnaires:margin-list')}?show=all",
                button=_("See the margin notes"),
                why=_("Somebody of %(state)s has written it for you at a question.") % {"state": place.state},
            )


def _reads(workload: Workload, place: ReviewPlace) -> bool:
    """Not the contributor from whom all was taken back: the notes are beyond his or her reach."""
    response = workload.responses.get(place.review.pk)
    if response is None:
        return False
    response.review = place.review
    return can(workload.user, ResponseAction.VIEW_DRAFT, response)
