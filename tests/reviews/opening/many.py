"""Many light reviews for lists at the size of a whole mechanism: rows alone, without people."""

import datetime as dt
import itertools
import string

from django.utils import timezone

from accounts.states.models import StateParty
from reviews.cases.models import Review, ReviewMilestone, StepChange
from reviews.programme.models import Phase


def add_reviews(template: Review, count: int) -> None:
    """``count`` more reviews with the plan and the step of ``template``, of as many invented States as that needs."""
    phases = list(Phase.objects.filter(mechanism=template.mechanism))
    known = set(StateParty.objects.values_list("iso3", flat=True))
    codes = ("X" + "".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=2))
    new = list(itertools.islice((code for code in codes if code not in known), -(-count // len(phases))))
    region = template.state_under_review.regional_group
    states = StateParty.objects.bulk_create(
        StateParty(iso3=code, name_en=f"State {code}", is_fictional=True, regional_group=region) for code in new
    )
    pairs = itertools.islice(itertools.product(states, phases), count)
    reviews = Review.objects.bulk_create(
        Review(
            mechanism=template.mechanism,
            phase=phase,
            state_under_review=state,
            code=f"{phase.number}-{state.iso3}",
            starts_on=template.starts_on,
            step=template.step,
            plan_version_id=template.plan_version_id,
        )
        for state, phase in pairs
    )
    plan = list(template.milestones.all())
    ReviewMilestone.objects.bulk_create(
        ReviewMilestone(review=review, plan_id=row.plan_id, due_on=row.due_on) for review in reviews for row in plan
    )
    at = timezone.now() - dt.timedelta(days=100)
    StepChange.objects.bulk_create(StepChange(review=review, to_step=review.step, at=at) for review in reviews)
