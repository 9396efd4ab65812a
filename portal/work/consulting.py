"""The consultations: to propose, to confirm, or to wait for the words of others."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.policy import can
from core.templatetags.components import names
from portal.work.tasks import ReviewPlace, Task, Workload, due_of
from reviews.cases.enums import ReviewAction
from reviews.consultations import StandingWords, standing_words_in
from reviews.due import open_milestones
from reviews.programme.enums import MilestoneKind, StepKind, StepOwner


def consultations(workload: Workload) -> Iterator[Task]:
    places = workload.at(StepKind.CONSULTATION)
    standing = standing_words_in([place.review for place in places]) if places else {}
    for place in places:
        yield _task(workload, place, standing.get(place.review.pk))


def _task(workload: Workload, place: ReviewPlace, words: StandingWords | None) -> Task:
    url = place.url("reviews:consultation")
    confirms = can(workload.user, ReviewAction.CONFIRM_CONSULTATION, place.review)
    held = next((row for row in open_milestones(place.review) if row.plan.kind == MilestoneKind.CONSULTATION), None)
    due = due_of(place.review, held, workload.now) if held else place.due
    why = _("You are the focal point of %(state)s: you speak for it in the consultations.") % {"state": place.state}
    if words is None:
        what, button = _("Propose working languages and dates"), _("Agree on languages and dates")
        if confirms:
            return place.task(what, url=url, button=button, why=why, due=due)
        return place.waiting(what, _("the focal points"), url=url, button=_("See the consultations"), due=due)
    facts = {"number": words.proposal.number}
    if confirms and place.state in words.missing:
        what, button = _("Confirm proposal %(number)d, or propose otherwise") % facts, _("Agree on languages and dates")
        return place.task(what, url=url, button=button, why=why, due=due)
    more = {"url": url, "button": _("See the consultations"), "due": due, "since": words.proposal.created_at}
    if words.missing:
        return place.waiting(_("Confirmation of proposal %(number)d") % facts, names(words.missing), **more)
    what = _("Opening of the self-assessment: languages and dates are agreed")
    return place.waiting(what, str(StepOwner.SECRETARIAT.label), **more | {"due": None})
