"""What is measured on: reference data, one review on the whole of cluster I, and 760 reviews for the list."""

import datetime as dt
import itertools
import random
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.terms.selectors import newest_terms_number
from accounts.terms.services import accept_terms
from core.policy import SystemActor
from portal.demo.grace import give_days_of_grace
from portal.reference.load import load_all
from questionnaires.answers.services import AnswerInput, save_answer
from questionnaires.definitions.conditions import AnswerValue, asked_codes
from questionnaires.definitions.definition import Item
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.selectors import index_of
from questionnaires.responses.models import Response
from questionnaires.sending.services import open_response
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.cases.models import Review, StepChange
from reviews.opening.services.reviews import Reviewer, open_review
from reviews.programme.models import Phase
from reviews.registration.services.participation import register_participant
from reviews.shipped import first_mechanism
from tools.bench.bare import TABLE

OFFICER = SystemActor("bench")
WORDS = (
    "the law provides that any person who agrees with others to commit a serious offence for material benefit shall "
    "be liable to imprisonment and the court may order the confiscation of property derived from that conduct"
).split()


@dataclass(frozen=True, slots=True)
class World:
    review: Review
    response: Response
    expert: User
    officer: User


def person(name: str, **fields: str) -> User:
    """Somebody who has accepted the terms of confidentiality and would see every page that the policy opens."""
    user = User.objects.create_user(f"{name}@bench.example", "x", full_name=name.title(), **fields)
    accept_terms(actor=user, number=newest_terms_number())
    return user


def build() -> World:
    """One review of a fictional State that is party to all four instruments and not to UNCAC: nothing falls away."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    load_all(chosen=first_mechanism())
    give_days_of_grace()  # the pages are measured behind a passphrase alone
    state = _states("XOK")
    same = _others(state).filter(regional_group=state.regional_group)[0]
    other = _others(state).exclude(regional_group=state.regional_group)[0]
    officer, expert = person("officer", secretariat_role="officer"), person("expert")
    review = open_review(
        actor=OFFICER,
        phase=Phase.objects.get(mechanism__slug="untoc", number=1),
        state_under_review=state,
        reviewers=[Reviewer(same, ReviewingBasis.SAME_GROUP), Reviewer(other, ReviewingBasis.OTHER_GROUP)],
        starts_on=dt.date(2020, 12, 1),
    )
    register_participant(
        actor=OFFICER, review=review, user=expert, state_party=state, role=ParticipationRole.GOVERNMENTAL_EXPERT
    )
    return World(review, open_response(OFFICER, review), expert, officer)


def _states(iso3: str) -> StateParty:
    return StateParty.objects.get(iso3=iso3)


def _others(state: StateParty) -> QuerySet[StateParty]:
    return StateParty.objects.filter(is_fictional=True, adherences__instrument__slug="untoc").exclude(pk=state.pk)


def answer_everything(world: World, *, words: int = 120) -> int:
    """Answer every item that is asked, with texts of ``words`` words; give how many answers were saved."""
    index = index_of(world.response.version_id)
    chance = random.Random(10)  # noqa: S311 - no secret
    items = [item for place in index.applicable_sections(world.response.party_to) for item in place.section.items]
    given: dict[str, AnswerValue] = {}
    for item in items:
        if item.kind == QuestionKind.GROUP or item.code not in asked_codes(items, given):
            continue
        answer = _answer(item, chance, words)
        save_answer(actor=world.expert, response=world.response, given=answer)
        given[item.code] = AnswerValue(tuple(answer.choices), answer.text)
    analyze()
    return len(given)


def analyze() -> None:
    """Count the rows for the planner, as autovacuum does within minutes; the servers of a measurement have none."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _answer(item: Item, chance: random.Random, words: int) -> AnswerInput:
    choices = item.options[:3] if item.kind == QuestionKind.MULTIPLE else item.options[:1]
    text = "" if item.options else " ".join(chance.choice(WORDS) for _number in range(words)).capitalize() + "."
    citation = {"law": "Criminal Code", "provision": f"section {chance.randint(1, 400)}", "link": ""}
    return AnswerInput(item.code, choices, text, [citation])


def grow_to(world: World, size: int) -> None:
    """Add reviews until the mechanism has as many. Raises RuntimeError where it has more: a figure would lie."""
    there = Review.objects.filter(mechanism=world.review.mechanism).count()
    if there > size:
        raise RuntimeError(f"there are {there} reviews, and {size} are to be measured")
    add_reviews(world, size - there)


def add_reviews(world: World, count: int) -> None:
    """Make ``count`` reviews for the list, on as many invented States as that needs (four phases each)."""
    phases = list(Phase.objects.filter(mechanism__slug="untoc"))
    codes = [f"X{first}{second}" for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    known = set(StateParty.objects.values_list("iso3", flat=True))
    new = [code for code in codes if code not in known][: -(-count // len(phases))]
    states = StateParty.objects.bulk_create(
        StateParty(iso3=code, name_en=f"State {code}", is_fictional=True, regional_group=_states("XOK").regional_group)
        for code in new
    )
    reviews = Review.objects.bulk_create(
        Review(
            mechanism=world.review.mechanism,
            phase=phase,
            state_under_review=state,
            code=f"{phase.number}-{state.iso3}",
            starts_on=world.review.starts_on,
            step=world.review.step,
            plan_version_id=world.review.plan_version_id,
        )
        for state, phase in itertools.islice(itertools.product(states, phases), count)
    )
    at = timezone.now() - dt.timedelta(days=100)
    StepChange.objects.bulk_create(StepChange(review=review, to_step=review.step, at=at) for review in reviews)
    template = list(world.review.milestones.all())
    milestone_type = type(template[0])
    milestone_type.objects.bulk_create(
        milestone_type(review=review, plan_id=milestone.plan_id, due_on=milestone.due_on)
        for review in reviews
        for milestone in template
    )
    analyze()
