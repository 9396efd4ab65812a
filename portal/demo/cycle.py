"""A second cycle: a State whose review of the first cluster is closed answers on it anew, with its earlier answers."""

from collections.abc import Callable

from accounts.people.models import User
from portal.demo.plan import PlannedReview
from questionnaires.definitions import index_of
from questionnaires.responses.models import Response
from questionnaires.reuse import ChosenAnswer, all_offers, take_earlier
from questionnaires.reuse.enums import Reuse
from reviews.cases.models import Review
from reviews.programme.enums import EvidenceMark
from reviews.programme.models import Phase

AGAIN = "XTU"
_KEPT = 3  # questions; the other offers stand beside their boxes
_PLAN = PlannedReview(
    state=AGAIN,
    same_group="XMI",
    other_group="XWX",
    languages=("en",),
    started_weeks_ago=9,
    until="opened",
)


def begin_second_cycle(first: Phase, build: Callable[[PlannedReview, Phase], Review]) -> Review:
    """Open its review in a phase after all others, which is invented for the demo, and keep some earlier answers."""
    last = Phase.objects.filter(mechanism=first.mechanism).latest("number")
    note = "A second cycle, invented for the demo."
    known = {"cluster": first.cluster, "evidence_mark": EvidenceMark.INFERENCE, "evidence_note": note}
    phase = Phase.objects.create(mechanism=first.mechanism, number=last.number + 1, **known)
    review = build(_PLAN, phase)
    response = Response.objects.select_related("review__mechanism", "review__step", "review__state_under_review").get(
        review=review
    )
    expert = review.participations.filter(side="under_review", role="governmental_expert")[0]
    keep_some(response, expert.user)
    return review


def keep_some(response: Response, expert: User) -> None:
    """The first ones that fit and hang on nothing."""
    offers = [offer for section in all_offers(response) for offer in section.offers]
    chosen = [offer for offer in offers if offer.can_be_kept and not offer.hangs][:_KEPT]
    take_earlier(
        actor=expert,
        response=response,
        version=index_of(response.version_id).number,
        how=Reuse.KEPT,
        chosen=[ChosenAnswer(offer.item.code, offer.key, offer.seen) for offer in chosen],
    )
