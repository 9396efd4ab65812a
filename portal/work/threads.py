"""Messages of the dialogue: to release, and to read."""

from collections.abc import Iterator

from django.utils.translation import gettext as _, ngettext

from dialogue.asides import unseen_asides
from dialogue.threads import PERMISSIONS, MessagesWaiting, ThreadFacts, messages_waiting
from dialogue.threads.enums import ThreadAction
from portal.work.tasks import ReviewPlace, Task, Workload
from reviews.capacities import EXCHANGE_KINDS
from reviews.cases.enums import Grant


def messages(workload: Workload) -> Iterator[Task]:
    """One task for all drafts of a review, for those who may release them, and a light one for what is new.

    One query.
    """
    places = {place.review.pk: place for place in workload.readers_at(*EXCHANGE_KINDS)}
    own = {review: place.capacity.state_party_id for review, place in places.items()}
    for review, waiting in (messages_waiting(workload.user, own) if places else {}).items():
        place = places[review]
        url = place.url("dialogue:thread-list")
        if waiting.drafts and _may_release(place, waiting):
            what = ngettext("Release %(number)d message", "Release %(number)d messages", waiting.drafts)
            why = _("They are drafted for %(state)s, and nobody else reads them before.") % {"state": place.state}
            facts = {"number": waiting.drafts}
            yield place.task(what % facts, url=url, button=_("Read and release"), why=why)
        if waiting.new:
            what = ngettext("Read %(number)d new message", "Read %(number)d new messages", waiting.new)
            why = _("Another State has released it in a thread of this review.")
            facts = {"number": waiting.new}
            yield place.task(what % facts, url=url, button=_("See the messages"), why=why, due=None, is_light=True)


def internal(workload: Workload) -> Iterator[Task]:
    """Internal notes that mention the reader, who writes for the State, one line for each review; one query."""
    at_step = workload.readers_at(*EXCHANGE_KINDS)
    places = {place.review.pk: place for place in at_step if place.capacity.has(Grant.DRAFT)}
    for review, number in (unseen_asides(workload.user, places) if places else {}).items():
        place = places[review]
        what = ngettext(
            "Look at %(number)d internal note that mentions you",
            "Look at %(number)d internal notes that mention you",
            number,
        )
        why = _("Somebody of %(state)s has written it for you in an internal thread.") % {"state": place.state}
        url, button = f"{place.url('dialogue:aside-list')}?show=all", _("See the internal threads")
        yield place.task(what % {"number": number}, url=url, button=button, why=why)


def _may_release(place: ReviewPlace, waiting: MessagesWaiting) -> bool:
    facts = ThreadFacts(
        capacity=place.capacity,
        kind=place.kind,
        state_party_id=place.capacity.state_party_id,
        by_experts=waiting.by_experts,
    )
    return PERMISSIONS.decide(ThreadAction.RELEASE, facts).allowed
