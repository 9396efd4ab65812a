"""Builds the demo through the services, in one transaction."""

import datetime as dt
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.access import ask_for_access
from portal.demo.contacts import add_missions
from portal.demo.course import reach_first_milestones, take_on
from portal.demo.cycle import AGAIN, begin_second_cycle
from portal.demo.dates import ask_for_time
from portal.demo.elsewhere import bring_in_from_elsewhere
from portal.demo.notes import record_notes
from portal.demo.plan import LARGE, STEPS, Person, PlannedReview, planned_reviews, short_demo
from portal.demo.questionnaires import draft_a_questionnaire
from portal.demo.reminders import show_reminders
from portal.demo.short import load_short_demo
from portal.demo.status import AGREES, open_public_status
from portal.demo.teams import ACTOR, register_people, register_teams
from portal.demo.views import save_views
from reviews.cases.enums import ReviewingBasis
from reviews.cases.models import Review
from reviews.opening import Reviewer, open_review
from reviews.programme.models import Phase


@transaction.atomic
def load_demo(until: str, seed: int, progress: Path | None = None) -> list[str]:
    """Build what is not there yet of the demo up to a step; give the codes of the reviews that were built.

    The same seed draws the same answers; dates are counted back from today. The file ``progress`` says meanwhile how
    many reviews are built, and of how many ("3 24").
    """
    if (short := short_demo()) is not None:
        return load_short_demo(short, Random(seed), progress)
    phase = Phase.objects.select_related("mechanism", "cluster").get(mechanism__slug=LARGE, number=1)
    present = set(Review.objects.filter(mechanism=phase.mechanism).values_list("code", flat=True))
    missing = [planned for planned in planned_reviews(until) if f"{phase.number}-{planned.state}" not in present]
    if not missing:
        return []
    users = register_people()
    states = {state.iso3: state for state in StateParty.objects.filter(is_fictional=True)}
    built = bring_in_from_elsewhere(phase, states, users) if until == STEPS[-1] else []
    for number, planned in enumerate(missing):
        if progress:
            progress.write_text(f"{number} {len(missing)}", encoding="utf-8")
        built.append(_build(planned, phase, states, users, Random(f"{seed}:{planned.state}")).code)
    if f"{phase.number}-{AGAIN}" in built:
        built.append(
            begin_second_cycle(phase, lambda plan, later: _build(plan, later, states, users, Random(seed))).code
        )
    record_notes(built, users)
    ask_for_access(built, users)
    if f"{phase.number}-{AGREES}" in built:
        open_public_status(users)
    save_views(phase.mechanism, users)
    add_missions(states, users)
    draft_a_questionnaire(phase.mechanism, users)
    show_reminders(built, users)
    return built


def _build(
    planned: PlannedReview, phase: Phase, states: dict[str, StateParty], users: dict[Person, User], random: Random
) -> Review:
    review = open_review(
        actor=ACTOR,
        phase=phase,
        state_under_review=states[planned.state],
        reviewers=[
            Reviewer(states[planned.same_group], ReviewingBasis.SAME_GROUP),
            Reviewer(states[planned.other_group], ReviewingBasis.OTHER_GROUP),
        ],
        starts_on=timezone.localdate() - dt.timedelta(weeks=planned.started_weeks_ago),
        officer=next(user for person, user in users.items() if person.role == SecretariatRole.OFFICER),
    )
    reach_first_milestones(planned, review)
    teams = register_teams(review, planned, states, users)
    take_on(planned, review, teams, random)
    ask_for_time(planned, review, teams)
    return review
