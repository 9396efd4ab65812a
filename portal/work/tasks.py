"""One thing to do, or to wait for, and where a person stands."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states.models import StateParty
from portal.work.handover import LED_THERE_FOR
from portal.work.in_hand import predecessors_of
from portal.work.selectors import for_work, reviews_in_charge_of
from questionnaires.assignments import SentToMinistry, returned_proposals, sent_to_ministries
from questionnaires.responses import responses_visible_to
from questionnaires.responses.models import Response
from reviews.capacities import Capacity, capacity_of, remember_capacities
from reviews.cases.enums import Grant, ParticipationRole
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.due import next_act, today_where_owed
from reviews.participation import participations_of
from reviews.programme.enums import StepKind
from reviews.speakers import NominatingState, states_spoken_for
from reviews.visibility import reviews_visible_to

NEAR_DAYS = 60  # what is due later is told in one line
DRAFTING_ROLES = {ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT}  # who opens the handover page


@dataclass(frozen=True, slots=True)
class NamedCapacity:
    """In what capacity: for which State and as what; ``key`` is its name in addresses."""

    key: str
    state: StateParty | None
    role: str

    def __str__(self) -> str:
        if self.state is None:
            return self.role
        return _("%(role)s of %(state)s") % {"role": self.role, "state": self.state}


@dataclass(frozen=True, slots=True)
class DueDay:
    """An indicative date, and which day it is where it is owed, for the words of how far it is."""

    on: dt.date
    today: dt.date


def due_of(review: Review, milestone: ReviewMilestone, now: dt.datetime) -> DueDay:
    """``review`` best with its reviewing States prefetched."""
    return DueDay(milestone.due_on, today_where_owed(review, milestone.plan.owed_by, now))


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, in words, with the button that does it, or what is waited for.

    ``review`` is None for what is not about one review. ``why`` says why it is the reader's. A task that is waited for
    names ``waits_for`` and since when. For one that ``is_light`` nobody waits by a day. It names codes and States, and
    never content.
    """

    what: str
    capacity: NamedCapacity
    url: str
    button: str | Promise
    why: str = ""
    review: Review | None = None
    due: DueDay | None = None
    waits_for: str = ""
    since: dt.datetime | None = None
    taken_over_from: Participation | None = None
    is_light: bool = False

    @property
    def is_own(self) -> bool:
        return not self.waits_for

    @property
    def is_later(self) -> bool:
        """Of a review that has not begun: it may be done ahead, and nobody waits for it yet."""
        return self.review is not None and not self.review.has_begun

    @property
    def is_far(self) -> bool:
        """Due so late that it is told in one line."""
        return self.due is not None and (self.due.on - self.due.today).days > NEAR_DAYS

    @property
    def is_brief(self) -> bool:
        """Told in one line, so that it does not bury what is near: it is far away, or nobody waits for it by a day."""
        return self.is_far or self.is_light

    @property
    def due_on(self) -> dt.date | None:
        return self.due.on if self.due else None

    @property
    def describe(self) -> str:
        """Words after the button's for screen readers: of what."""
        return f"{self.review}: {self.what}" if self.review else self.what

    @property
    def order(self) -> tuple[Any, ...]:
        """Own first, then by date; what has no date after what has one."""
        code = self.review.code if self.review else ""
        return (not self.is_own, self.due_on is None, self.due_on or dt.date.max, code, self.what)


@dataclass(frozen=True, slots=True)
class ReviewPlace:
    """The reader in one review. ``milestone`` is what the review waits for."""

    review: Review
    capacity: Capacity
    state: StateParty
    acts_as: NamedCapacity
    milestone: ReviewMilestone | None
    due: DueDay | None
    taken_over_from: Participation | None = None

    @property
    def kind(self) -> StepKind:
        return StepKind(self.review.step.kind)

    @property
    def since(self) -> dt.datetime | None:
        return getattr(self.review, "at_step_since", None)

    def url(self, name: str, *args: Any) -> str:
        return address(self.review, name, *args)

    def task(self, what: str, *, url: str, button: str | Promise, why: str, **more: Any) -> Task:
        """Something to do here; by default until the review's next date."""
        given = {"due": self.due, "taken_over_from": self.taken_over_from, **more}
        return Task(what, self.acts_as, url, button, why, self.review, **given)

    def waiting(self, what: str, for_whom: str, **more: Any) -> Task:
        """Something that others are to do; by default since the review came to its step, with the way to its page."""
        given = {
            "due": self.due,
            "since": self.since,
            "url": self.url("portal:review-detail"),
            "button": _("Open the review"),
            **more,
        }
        return Task(what, self.acts_as, review=self.review, waits_for=for_whom, **given)


def address(review: Review, name: str, *args: Any) -> str:
    return reverse(name, args=[review.mechanism.slug, review.code, *args])


@dataclass
class Workload:
    """A person with all of his or her reviews: what the kinds of task look at, looked up once."""

    user: User
    now: dt.datetime
    secretariat: NamedCapacity = field(init=False)

    def __post_init__(self) -> None:
        self.secretariat = NamedCapacity("secretariat", None, _("Secretariat"))

    @cached_property
    def places(self) -> Sequence[ReviewPlace]:
        participations = {row.review_id: row for row in participations_of(self.user)}
        if not participations:
            return []
        remember_capacities(self.user)
        before = self._predecessors(list(participations.values()))
        reviews = for_work(reviews_visible_to(self.user).filter(pk__in=participations)).order_by("code")
        taking_part = [(review, capacity) for review in reviews if (capacity := capacity_of(self.user, review))]
        return [self._place(review, capacity, participations[review.pk], before) for review, capacity in taking_part]

    def _place(
        self, review: Review, capacity: Capacity, row: Participation, before: Mapping[Any, Participation]
    ) -> ReviewPlace:
        acts_as = NamedCapacity(f"{row.state_party.iso3}-{row.role}".lower(), row.state_party, row.get_role_display())
        milestone = next_act(review)
        due = due_of(review, milestone, self.now) if milestone else None
        return ReviewPlace(review, capacity, row.state_party, acts_as, milestone, due, before.get(row.pk))

    def _predecessors(self, rows: list[Participation]) -> dict[Any, Participation]:
        new = [row for row in rows if row.started_at > self.now - LED_THERE_FOR and row.role in DRAFTING_ROLES]
        return predecessors_of(new) if new else {}

    def at(self, *kinds: StepKind) -> list[ReviewPlace]:
        return [place for place in self.places if place.kind in kinds]

    def readers_at(self, *kinds: StepKind) -> list[ReviewPlace]:
        return [place for place in self.at(*kinds) if place.capacity.has(Grant.READ)]

    @cached_property
    def in_charge(self) -> Sequence[Review]:
        """For an officer, the open reviews of which he or she is in charge."""
        if not self.user.secretariat_role:
            return []
        reviews = list(reviews_in_charge_of(self.user))
        remember_capacities(self.user, reviews)
        return reviews

    @cached_property
    def mechanism(self) -> str:
        """The short name of the one mechanism that all these reviews are of; empty where they are of several."""
        names = {review.mechanism.slug for review in (*(place.review for place in self.places), *self.in_charge)}
        return names.pop() if len(names) == 1 else ""

    @cached_property
    def responses(self) -> dict[Any, Response]:
        """By review: the self-assessments in the rooms of the reader's States."""
        return {row.review_id: row for row in responses_visible_to(self.user)}

    @cached_property
    def contributes_as(self) -> list[Any]:
        """Keys of the reader's participations as a national contributor."""
        contributors = (p for p in self.places if p.capacity.role == ParticipationRole.NATIONAL_CONTRIBUTOR)
        return [place.capacity.participation_id for place in contributors]

    @cached_property
    def sent_to_ministry(self) -> dict[Any, SentToMinistry]:
        """By participation of a national contributor: what was sent to him or her."""
        return sent_to_ministries(self.contributes_as) if self.contributes_as else {}

    @cached_property
    def returned(self) -> dict[Any, int]:
        """By participation of a national contributor: how many proposals came back and are not answered."""
        return returned_proposals(self.contributes_as) if self.contributes_as else {}

    @cached_property
    def spoken_for(self) -> Sequence[NominatingState]:
        """The States whose people the reader names."""
        return [] if self.user.secretariat_role else states_spoken_for(self.user)


Kind = Callable[[Workload], Iterable[Task]]
