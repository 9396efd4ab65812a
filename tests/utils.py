"""The world of the tests: a cast of people around reviews of fictional States, built through the services."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.http import Http404
from django.test import Client

from accounts.people import backends
from accounts.people.models import User
from accounts.states.models import StateParty
from accounts.terms.selectors import accepted_terms_number, newest_terms_number
from core.policy import PolicyRefusedError, SystemActor
from questionnaires.answers.services import AnswerInput, SaveResult, save_answer
from questionnaires.definitions.conditions import asked_codes
from questionnaires.definitions.definition import Item
from questionnaires.definitions.enums import QuestionKind
from questionnaires.definitions.selectors import index_of
from questionnaires.progress.selectors.answers import answer_values
from questionnaires.responses.models import Response, ResponseSubmission
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import (
    clear_response,
    open_response,
    return_response,
    submit_response_for_clearance,
)
from reviews.capacities.capacities import forget_capacities
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.cases.models import Participation, Review
from reviews.opening.services.reviews import Reviewer, open_review
from reviews.programme.models import Phase, ReviewGroup
from reviews.registration.services.participation import register_participant
from reviews.rooms.services import set_own_room
from tests import journey
from tests.factories.accounts import AdministratorFactory, AuditorFactory, OfficerFactory, UserFactory

MECHANISM = "untoc"
STARTS_ON = dt.date(2021, 11, 1)
SYSTEM = SystemActor("tests")

# How far ``make_review`` takes a review: its steps, with two stages of the self-assessment between them.
STAGES = (
    "consultations",
    "self_assessment",
    "in_clearance",
    "returned",
    "written_feedback",
    "dialogue",
    "observations",
    "summary",
    "closed",
)
_SENT = STAGES[4:]

# State under review -> reviewing State of the same group, of another group. Both are party to all four instruments;
# XVE is not party to UNCAC, so that its review asks all 82 questions of cluster I, and XHV is.
NOT_PARTY_TO_UNCAC = "XVE"
PARTY_TO_UNCAC = "XHV"
REVIEWERS = {"XVE": ("XLE", "XAL"), "XHV": ("XLE", "XLV"), "XMB": ("XPE", "XSK"), "XAL": ("XSK", "XVE")}
BYSTANDER_STATE = "XMB"


@dataclass
class Cast:
    """Everybody who may stand before a page; ``review`` is that of ``state``."""

    review: Review
    state: StateParty
    same_group_state: StateParty
    other_group_state: StateParty
    focal_point: User
    expert: User
    second_expert: User
    contributor: User
    observer: User
    same_group_focal_point: User
    same_group_expert: User
    same_group_observer: User
    other_group_focal_point: User
    other_group_expert: User
    other_group_observer: User
    officer: User
    administrator: User
    auditor: User
    bystander: User
    bystander_state: StateParty
    bystander_review: Review
    stranger: User
    participations: dict[str, Participation] = field(default_factory=dict)
    response: Response | None = None

    @property
    def people(self) -> dict[str, User]:
        """Everybody by name of the part played."""
        named = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in named if isinstance(value, User)}

    @property
    def own_side(self) -> dict[str, User]:
        return {
            name: self.people[name] for name in ("focal_point", "expert", "second_expert", "contributor", "observer")
        }

    @property
    def reviewing_side(self) -> dict[str, User]:
        return {name: user for name, user in self.people.items() if name.startswith(("same_group_", "other_group_"))}


_OWN_SIDE = {
    "focal_point": ParticipationRole.FOCAL_POINT,
    "expert": ParticipationRole.GOVERNMENTAL_EXPERT,
    "second_expert": ParticipationRole.GOVERNMENTAL_EXPERT,
    "contributor": ParticipationRole.NATIONAL_CONTRIBUTOR,
    "observer": ParticipationRole.OBSERVER,
}
_REVIEWING_SIDE = {
    "focal_point": ParticipationRole.FOCAL_POINT,
    "expert": ParticipationRole.GOVERNMENTAL_EXPERT,
    "observer": ParticipationRole.OBSERVER,
}


def make_cast(stage: str = "self_assessment", *, state: str = NOT_PARTY_TO_UNCAC) -> Cast:
    """Build everybody, and the review of ``state`` (a key of ``REVIEWERS``) up to ``stage``."""
    officer = OfficerFactory()
    people = {name: _person(name) for name in _OWN_SIDE}
    people |= {
        f"{side}_{name}": _person(f"{side}_{name}")
        for side in ("same_group", "other_group")
        for name in _REVIEWING_SIDE
    }
    review = _open(state, officer)
    same_group, other_group = (fictional_state(iso3) for iso3 in REVIEWERS[state])
    bystander, bystander_review = _person("bystander"), _open(BYSTANDER_STATE, officer)
    register(bystander_review, bystander, bystander_review.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    cast = Cast(
        review=review,
        state=review.state_under_review,
        same_group_state=same_group,
        other_group_state=other_group,
        officer=officer,
        administrator=AdministratorFactory(),
        auditor=AuditorFactory(),
        bystander=bystander,
        bystander_state=bystander_review.state_under_review,
        bystander_review=bystander_review,
        stranger=_person("stranger"),
        **people,
    )
    for name, role in _OWN_SIDE.items():
        cast.participations[name] = register(review, people[name], cast.state, role)
    for side, reviewing_state in (("same_group", same_group), ("other_group", other_group)):
        for name, role in _REVIEWING_SIDE.items():
            part = f"{side}_{name}"
            cast.participations[part] = register(review, people[part], reviewing_state, role)
    cast.response = take_to(stage, review, cast.focal_point, cast.expert)
    return cast


def make_review(stage: str = "consultations", *, state: str = PARTY_TO_UNCAC, phase: int = 1) -> Review:
    """A review alone, with a focal point and an expert of its State (made on the way)."""
    review = _open(state, phase=phase)
    number = next(_counter)
    focal_point, expert = _person(f"focal_point_{number}"), _person(f"expert_{number}")
    register(review, focal_point, review.state_under_review, ParticipationRole.FOCAL_POINT)
    register(review, expert, review.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    take_to(stage, review, focal_point, expert)
    return review


def take_to(stage: str, review: Review, focal_point: User, expert: User) -> Response | None:
    """Take a review that was just opened to one of ``STAGES``; give its response if it has one then."""
    if stage not in STAGES:
        raise ValueError(f"unknown stage {stage!r}")
    if stage == "consultations":
        return None
    response = open_response(SYSTEM, review)
    _take_on(stage, response, focal_point, expert)
    if stage in _SENT[1:]:
        journey.take_on(stage, review)
    review.refresh_from_db()
    return response


def take_cast_to(stage: str, cast: Cast) -> Cast:
    """Take the cast's review on from a self-assessment that was just opened."""
    assert cast.response is not None
    _take_on(stage, cast.response, cast.focal_point, cast.expert)
    if stage in _SENT[1:]:
        journey.take_on(stage, cast.review)
    return fresh(cast)


def _take_on(stage: str, response: Response, focal_point: User, expert: User) -> None:
    if stage in {"in_clearance", "returned", *_SENT}:
        answer_some(response, expert)
        submit_response_for_clearance(expert, response)
    if stage == "returned":
        return_response(focal_point, response, reason="Please cite the new law.")
    if stage in _SENT:
        clear_answers(focal_point, response)
    response.refresh_from_db()


def fresh(cast: Cast) -> Cast:
    """Forget what people and objects remember of the database, as a new request does."""
    for user in cast.people.values():
        forget_capacities(user)
    cast.review.refresh_from_db()
    if cast.response is not None:
        cast.response.refresh_from_db()
    return cast


def fictional_state(iso3: str) -> StateParty:
    return StateParty.objects.get(iso3=iso3, is_fictional=True)


def register(review: Review, user: User, state: StateParty, role: ParticipationRole) -> Participation:
    return register_participant(actor=SYSTEM, review=review, user=user, state_party=state, role=role)


def save(
    response: Response, actor: User, code: str, *, choices: tuple[str, ...] = (), text: str = "", **more: object
) -> SaveResult:
    """Save one answer through the service."""
    return save_answer(actor=actor, response=response, given=AnswerInput(code, choices, text, **more))


def clear_answers(focal_point: User, response: Response) -> ResponseSubmission:
    """Clear and send the answers as they stand now."""
    return clear_response(focal_point, response, sha256=hash_of_draft(response), number=response.next_number)


def answer_some(response: Response, actor: User, count: int = 6) -> list[str]:
    """Answer the first items that are asked; give their codes."""
    return [code for code, _answer in itertools.islice(answer_all(response, actor), count)]


def answer_all(response: Response, actor: User, *, first: int = 0) -> Iterator[tuple[str, SaveResult]]:
    """Answer item after item with its first option or with words that name the item; yields what was saved.

    ``first``: the place of the first section, counted from zero, that is answered.
    """
    places = index_of(response.version_id).applicable_sections(response.party_to)
    items = [item for place in places for item in place.section.items]
    for item in (item for place in places[first:] for item in place.section.items):
        if item.kind == QuestionKind.GROUP or item.code not in asked_codes(items, answer_values(response)):
            continue
        yield item.code, save(response, actor, item.code, **first_answer(item))


def first_answer(item: Item) -> Mapping[str, Any]:
    return {"choices": (item.options[0],)} if item.options else {"text": f"Words on {item.code}."}


def login_as(client: Client, user: User) -> Client:
    """Sign a person in without the passphrase (that way in has tests of its own)."""
    client.force_login(user, backend=backends.PATH)
    if accepted := accepted_terms_number(user):
        session = client.session
        session["terms_accepted"] = accepted  # as after the first page, so that pages are counted without it
        session.save()
    newest_terms_number()
    return client


def _open(state: str, officer: User | None = None, *, phase: int = 1) -> Review:
    bases = (ReviewingBasis.SAME_GROUP, ReviewingBasis.OTHER_GROUP)
    return open_review(
        actor=SYSTEM,
        phase=Phase.objects.select_related("mechanism", "cluster").get(mechanism__slug=MECHANISM, number=phase),
        state_under_review=fictional_state(state),
        reviewers=[Reviewer(fictional_state(iso3), basis) for iso3, basis in zip(REVIEWERS[state], bases, strict=True)],
        starts_on=STARTS_ON,
        review_group=ReviewGroup.objects.get(mechanism__slug=MECHANISM, number=2),
        officer=officer,
    )


def _person(part: str) -> User:
    return UserFactory(full_name=part.replace("_", " ").title())


_counter = itertools.count(1)


def set_common_room(review: Review, *, shared: bool = True) -> None:
    """Each reviewing State opens its room to the others; or the first one keeps its own to itself again."""
    rooms = Participation.objects.filter(
        review=review, side="reviewing", role=ParticipationRole.FOCAL_POINT, ended_at=None
    ).select_related("user")
    for part in rooms if shared else rooms[:1]:
        set_own_room(actor=part.user, review=Review.objects.get(pk=review.pk), shared=shared)


def who_may(cast: Cast, act: Callable[[User], object]) -> set[str]:
    """Those of the cast whom the policy lets do it; each tries, and what was done is undone."""
    allowed = set()
    for name, user in cast.people.items():
        try:
            with transaction.atomic():
                act(user)
                transaction.set_rollback(True)
            allowed.add(name)
        except (PolicyRefusedError, Http404):
            pass
    return allowed
