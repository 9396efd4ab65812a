"""190 reviews over two years, each with its own course of events, drawn from a fixed seed and done by the services."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core.policy import SystemActor
from reviews.cases.enums import ParticipationRole, ReviewingBasis, TimeChangeStatus
from reviews.cases.models import Review, ReviewMilestone, TimeChange
from reviews.dates.services import answer_time_change, ask_extension, ask_pause
from reviews.opening.services.reviews import Reviewer, open_review
from reviews.programme.enums import StepKind
from reviews.programme.models import Adherence, Phase
from reviews.registration.services.participation import register_participant
from reviews.steps.services.advancing import advance, advance_to_next, reach_row
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.simulation.plain import DAY, Milestone, PlainReview

SYSTEM = SystemActor("tests.simulation")
SEED = 2026
# Where it is afternoon of the same day when the simulation looks.
ZONES = ("Europe/Vienna", "Africa/Nairobi", "Asia/Kolkata", "America/Sao_Paulo")
OFFICERS = 6


@dataclass
class Course:
    """One review: the row, the plain one beside it, and what chance has in store for it."""

    review: Review
    plain: PlainReview
    naming: dict[dt.date, list[tuple[StateParty, ParticipationRole]]] = field(default_factory=dict)
    planned_for: str = ""  # the milestone that ``acts_on`` is about
    acts_on: dt.date = dt.date.max
    asks_on: dt.date = dt.date.max
    pauses_on: dt.date = dt.date.max
    pause_days: int = 0


@dataclass
class World:
    rng: random.Random
    courses: list[Course]
    focal_points: dict[str, User]
    experts: dict[str, User]
    missions: list[tuple[str, str]]
    zones: dict[str, str]

    @property
    def plain(self) -> list[PlainReview]:
        return [course.plain for course in self.courses]


def build(count: int, begins: dt.date) -> World:
    """Open the reviews of ``count`` States: each is reviewed by the next of its own group and of another one."""
    rng = random.Random(SEED)
    parties = Adherence.objects.filter(instrument__slug="untoc", deposited_on__lt=begins).values("state_party")
    states = list(StateParty.objects.filter(is_fictional=False, pk__in=parties).order_by("iso3")[:count])
    officers = [OfficerFactory(time_zone="Europe/Vienna") for _number in range(OFFICERS)]
    people = [
        {state.iso3: UserFactory(time_zone=rng.choice(ZONES)) for state in states} for _kind in ("focal", "expert")
    ]
    missions = []
    for state in states[::3]:
        member = UserFactory(time_zone=rng.choice(ZONES))
        Affiliation.objects.create(
            user=member, state_party=state, is_permanent_mission=True, starts_on=begins - 30 * DAY
        )
        missions.append((state.iso3, str(member.pk)))
    phase = Phase.objects.get(mechanism__slug="untoc", number=1)
    courses = [_course(rng, phase, _team(states, place), officers[place % OFFICERS], begins) for place in range(count)]
    zones = {state.iso3: state.time_zone for state in states}
    return World(rng, courses, people[0], people[1], missions, zones)


def _team(states: list[StateParty], place: int) -> list[StateParty]:
    """A State and its reviewers: one of its own group (an organization has none, so any), and one of another."""
    own, following = states[place], [*states[place + 1 :], *states[:place]]
    same = next((each for each in following if each.regional_group_id == own.regional_group_id), following[0])
    other = next(each for each in following if each.regional_group_id not in {None, same.regional_group_id})
    return [own, same, other]


def _course(rng: random.Random, phase: Phase, states: list[StateParty], officer: User, begins: dt.date) -> Course:
    starts_on = begins + rng.randrange(120) * DAY
    review = open_review(
        actor=SYSTEM,
        phase=phase,
        state_under_review=states[0],
        reviewers=[
            Reviewer(states[1], ReviewingBasis.SAME_GROUP),
            Reviewer(states[2], ReviewingBasis.OTHER_GROUP),
        ],
        starts_on=starts_on,
        officer=officer,
        drawn_with={states[0].pk: states[1].regional_group_id},
    )
    plain = PlainReview(
        review.code, starts_on, plan_of(review), [state.iso3 for state in states], str(officer.pk), review.step.order
    )
    course = Course(review, plain)
    for state in states:
        for role in (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT):
            day = starts_on + rng.randrange(0, 45) * DAY
            course.naming.setdefault(day, []).append((state, role))
    if rng.random() < 0.3:
        course.pauses_on = starts_on + rng.randrange(60, 500) * DAY
        course.pause_days = rng.randrange(10, 60)
    return course


def plan_of(review: Review) -> list[Milestone]:
    rows = review.milestones.select_related("plan__step", "plan__counted_from").order_by("plan__order")
    return [
        Milestone(
            row.plan.slug,
            row.plan.order,
            row.plan.step.order,
            row.plan.amount,
            row.plan.unit,
            row.plan.counted_from.slug if row.plan.counted_from else "",
            row.plan.owed_by,
            row.plan.clock_stops,
        )
        for row in rows
    ]


def live(world: World, today: dt.date) -> int:
    """What happens on a day; give how many acts."""
    return sum(1 for course in world.courses for _act in _acts(world, course, today))


def _acts(world: World, course: Course, today: dt.date) -> Iterator[None]:
    yield from _name_people(world, course, today)
    if today >= course.pauses_on:
        yield from _pause(world, course, today)
    act = course.plain.next_act()
    if act is None or course.naming:
        return
    if act.slug != course.planned_for:
        _plan(world.rng, course, act, today)
    if today == course.asks_on:
        yield from _extend(world, course, act, today)
    if today >= course.acts_on:
        yield from _reach(course, act, today)


def _name_people(world: World, course: Course, today: dt.date) -> Iterator[None]:
    for state, role in course.naming.pop(today, []):
        is_focal_point = role == ParticipationRole.FOCAL_POINT
        user = (world.focal_points if is_focal_point else world.experts)[state.iso3]
        register_participant(actor=SYSTEM, review=course.review, user=user, state_party=state, role=role)
        named = course.plain.focal_points if is_focal_point else course.plain.experts
        named.append((state.iso3, str(user.pk)))
        if len(named) == 3:
            slug = "focal_points_appointed" if is_focal_point else "experts_designated"
            course.plain.reached[slug] = today
        yield


def _plan(rng: random.Random, course: Course, act: Milestone, today: dt.date) -> None:
    """When somebody will act: early, in time or late; who sees that it will be late may ask for more time before."""
    course.planned_for = act.slug
    due_on = course.plain.due(act)
    course.acts_on = max(today + DAY, due_on + rng.randrange(-40, 60) * DAY)
    is_late = course.acts_on > due_on + 15 * DAY
    course.asks_on = due_on - 10 * DAY if is_late and rng.random() < 0.5 else dt.date.max
    if course.asks_on <= today:
        course.asks_on = dt.date.max


def _extend(world: World, course: Course, act: Milestone, today: dt.date) -> Iterator[None]:
    until = course.plain.due(act) + world.rng.randrange(20, 60) * DAY
    states = course.plain.owing(act) or list(course.plain.states)
    milestone = ReviewMilestone.objects.get(review=course.review, plan__slug=act.slug)
    asker = world.focal_points[states[0]]
    change = ask_extension(
        actor=asker, review=course.review, milestone=milestone, until=until, reason="The translation takes longer."
    )
    yield from _agree(world, course, change, states[0])
    course.plain.extensions.append((act.slug, until, today))


def _pause(world: World, course: Course, today: dt.date) -> Iterator[None]:
    course.pauses_on = dt.date.max
    if course.naming or course.plain.next_act() is None:
        return
    last = today + course.pause_days * DAY
    asker = course.plain.states[0]
    change = ask_pause(
        actor=world.focal_points[asker], review=course.review, starts_on=today, until=last, reason="Elections are held."
    )
    yield from _agree(world, course, change, asker)
    course.plain.pauses.append((today, last))


def _agree(world: World, course: Course, change: TimeChange, asker: str) -> Iterator[None]:
    yield
    for state in course.plain.states:
        if state != asker:
            answer_time_change(actor=world.focal_points[state], change=change, agrees=True)
            yield
    change.refresh_from_db()
    assert change.status == TimeChangeStatus.AGREED


def _reach(course: Course, act: Milestone, today: dt.date) -> Iterator[None]:
    review = course.review
    reach_row(ReviewMilestone.objects.select_related("review").get(review=review, plan__slug=act.slug), today)
    course.plain.reached[act.slug] = today
    review.refresh_from_db(fields=["step"])
    following = course.plain.next_act()
    if following is None:
        while review.step.kind != StepKind.CLOSING:
            advance_to_next(SYSTEM, review)
    elif following.step > review.step.order:
        advance(SYSTEM, review, review.milestones.get(plan__slug=following.slug).plan.step.slug)
    course.plain.step = review.step.order
    course.plain.is_closed = review.step.kind == StepKind.CLOSING
    yield
