"""The end of the dialogue: to say whether it is concluded, or to wait for the words of others."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.policy import can
from core.templatetags.components import names
from dialogue.conclusion import Conclusion, conclusions_of
from portal.work.tasks import ReviewPlace, Task, Workload
from reviews.cases.enums import ReviewAction
from reviews.programme.enums import StepKind


def conclusions(workload: Workload) -> Iterator[Task]:
    """From the moment at which a State holds that it can be concluded."""
    places = workload.readers_at(StepKind.DIALOGUE)
    found = conclusions_of([place.review for place in places]) if places else {}
    for place in places:
        conclusion = found[place.review.pk]
        if conclusion.is_asked and (conclusion.missing or conclusion.is_agreed):
            yield _task(workload, place, conclusion)


def _task(workload: Workload, place: ReviewPlace, conclusion: Conclusion) -> Task:
    may_answer = can(workload.user, ReviewAction.CONCLUDE_DIALOGUE, place.review)
    if may_answer and (conclusion.waits_for(place.capacity.state_party_id) or conclusion.is_agreed):
        why = _("Another State holds that it can be, and you speak for %(state)s.") % {"state": place.state}
        url, button = place.url("dialogue:dialogue-conclude"), _("Answer for your State")
        return place.task(_("Say whether the dialogue is concluded"), url=url, button=button, why=why)
    what, url = _("Agreement that the dialogue is concluded"), place.url("dialogue:dialogue")
    return place.waiting(what, names(conclusion.missing) or _("the focal points"), url=url, button=_("See the answers"))
