"""What a file of steps and dates would do to the reviews that it names; and doing it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.people.models import User
from accounts.states import codes_by_name
from core.errors import ServiceError
from core.hashes import document_hash
from core.institution.facts import home_zone
from core.jobs.making import Tell
from core.language.i18n import UN_LANGUAGES
from core.time.dates import latest_day
from reviews.bringing.enums import BroughtKind, StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.selectors import courses_brought_in
from reviews.bringing.services import mark_brought_in
from reviews.bringing.sheet import (
    CourseRow,
    KnownMilestone,
    KnownProgramme,
    KnownReview,
    KnownStep,
    checked,
    packed,
    unpacked,
)
from reviews.cases import lock_review
from reviews.cases.models import Review, ReviewingState, ReviewMilestone
from reviews.clock import NO_DAYS_OFF, compute_due_dates
from reviews.programme import steps_of
from reviews.programme.enums import DayRule, StepKind
from reviews.programme.models import Mechanism, Step, StepPlan
from reviews.schedule import days_off_of, events_of, holidays_of, planned_milestones, with_agreed_changes
from reviews.steps import PastCourse, may_be_taken_over, take_over_course
from reviews.visibility import STEPS_BEFORE_ANSWERS

_LANGUAGES = dict(UN_LANGUAGES)
_TEXTS = (BroughtKind.LIST, BroughtKind.SUMMARY)  # in the order of the steps at which they are agreed


@dataclass(frozen=True, slots=True)
class CourseEffect:
    """What becomes of one review. ``steps``: each step that it has passed or reached, and on which day, if it is known.

    ``done``: the milestones that are over, with the day of each. ``assumed``: those of them that count as done on the
    day of the next step, since their own day is not given. ``languages``: names of those that the file sets. The next
    act with its date, and whether that has passed; none where the review is closed. ``differs``: its own first day.
    ``replaces``: a course that was brought in before, to which the State objects.
    """

    row: CourseRow
    review: Review
    opened_on: dt.date
    languages: Sequence[str | Promise]
    steps: Sequence[tuple[Step, dt.date | None]]
    done: Sequence[tuple[StepPlan, dt.date]]
    assumed: Sequence[StepPlan]
    next_act: StepPlan | None
    due_on: dt.date | None
    is_past: bool
    differs: dt.date | None
    replaces: bool


def known_programme(mechanism: Mechanism, *, today: dt.date | None = None) -> KnownProgramme:
    """What a file may speak of; a constant number of queries."""
    steps = list(steps_of(mechanism).order_by("order"))
    reviews = Review.objects.filter(mechanism=mechanism)
    today = today or latest_day(home_zone())
    obstacles = _obstacles(reviews, today)
    least = _least_places(reviews, steps)
    rows = reviews.values_list("pk", "code", "state_under_review__iso3", "phase__number", "plan_version")
    planned = {key: _slugs_of(key) for key in {plan for *_row, plan in rows}}
    return KnownProgramme(
        steps=[KnownStep(step.slug, _words_of(step, steps), partial(getattr, step, "name")) for step in steps],
        plan=_plan_of(mechanism, steps),
        reviews={
            code: KnownReview(state, str(phase), obstacles.get(key, ""), planned[plan], least.get(key, 0))
            for key, code, state, phase, plan in rows
        },
        states=codes_by_name(),
        today=today,
    )


def _least_places(reviews: QuerySet[Review], steps: Sequence[Step]) -> dict[UUID, int]:
    """By review the place of the first step at which it can stand, as something is brought in that was agreed there."""
    of_texts = [place for place, step in enumerate(steps) if step.kind == StepKind.AGREED_TEXT]
    after_answers = next((place for place, step in enumerate(steps) if step.kind not in STEPS_BEFORE_ANSWERS), 0)
    places = {BroughtKind.ANSWERS: after_answers} | dict(zip(_TEXTS, of_texts, strict=False))
    least: dict[UUID, int] = {}
    pieces = BroughtPiece.objects.filter(review__in=reviews, kind__in=places).values_list("review_id", "kind")
    for key, kind in pieces.distinct():
        least[key] = max(least.get(key, 0), places[BroughtKind(kind)])
    return least


def _obstacles(reviews: QuerySet[Review], today: dt.date) -> dict[UUID, str]:
    """Why nothing is brought in for a review, where that is so."""
    free = set(may_be_taken_over(reviews).values_list("pk", flat=True))
    moved = _("This review has moved on in the portal, or its consultations have begun: nothing is brought in.")
    ahead = _("This review begins on a day that lies ahead in the portal.")
    found = dict.fromkeys(reviews.filter(starts_on__gt=today).values_list("pk", flat=True), ahead)
    found |= dict.fromkeys(reviews.exclude(pk__in=free).values_list("pk", flat=True), moved)
    for key, piece in courses_brought_in(reviews).items():
        if piece.word != StateWord.OBJECTED:
            found.setdefault(key, _brought_in_before())
    return found


def _brought_in_before() -> str:
    return _("Steps and dates are brought in already. Others can be brought in where the State objects to these.")


def _words_of(step: Step, steps: Iterable[Step]) -> frozenset[str]:
    """Short name, names in all languages of the pages, and the kind, which may lead to several steps."""
    words = {step.slug, step.kind}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words |= {str(step.name), str(step.get_kind_display())}
    own = {word.casefold() for word in words}
    # The short name of a step leads to it alone, also where it is a kind as well.
    return frozenset(own - {other.slug.casefold() for other in steps if other != step})


def _plan_of(mechanism: Mechanism, steps: Sequence[Step]) -> list[KnownMilestone]:
    """Of the newest published plan; a review by another one has those of them that it knows."""
    newest = mechanism.plan_versions.exclude(published_at=None).order_by("-number").first()
    if newest is None:
        return []
    rows, _plan = planned_milestones(newest.pk)
    places = {step.pk: place for place, step in enumerate(steps)}
    return [KnownMilestone(row.slug, places[row.step_id], partial(getattr, row, "name")) for row in rows.values()]


def _slugs_of(plan_version: UUID) -> frozenset[str]:
    return frozenset(planned_milestones(plan_version)[0])


def rows_now(file: BroughtFile, known: KnownProgramme | None = None) -> list[CourseRow]:
    """The rows of a file that was read before, with what stands against them by now."""
    return checked(unpacked(file.content["rows"]), known or known_programme(file.mechanism))


def seen_of_courses(file: BroughtFile) -> str:
    rows = rows_now(file)
    if any(row.problems for row in rows):
        return ""
    return fingerprint_of(effects_of(rows, file.mechanism))


def fingerprint_of(effects: Sequence[CourseEffect]) -> str:
    """Of all that is shown and does not change by itself from one day to the next."""
    facts = [
        [
            packed([each.row]),
            each.opened_on.isoformat(),
            [(step.slug, day.isoformat() if day else "") for step, day in each.steps],
            [(milestone.slug, day.isoformat()) for milestone, day in each.done],
            [milestone.slug for milestone in each.assumed],
            each.next_act.slug if each.next_act else "",
            each.due_on.isoformat() if each.due_on else "",
        ]
        for each in effects
    ]
    return document_hash({"effects": facts})


def place_of_course(piece: BroughtPiece) -> str:
    """Where the steps of a review are seen."""
    return reverse("portal:review-detail", args=[piece.review.mechanism.slug, piece.review.code])


def address_of_courses(file: BroughtFile) -> str:
    return reverse("reviews:bringing-courses-file", args=[file.mechanism.slug, file.pk])


def effects_of(rows: Sequence[CourseRow], mechanism: Mechanism) -> list[CourseEffect]:
    """What would follow for each review of rows in which nothing is wrong; a constant number of queries."""
    steps = list(steps_of(mechanism).order_by("order"))
    codes = [row.review for row in rows]
    found = Review.objects.filter(mechanism=mechanism, code__in=codes).select_related("state_under_review", "step")
    found = found.prefetch_related(
        "milestones__plan",
        Prefetch("reviewing_states", ReviewingState.objects.select_related("state_party")),
        with_agreed_changes(),
    )
    reviews = {review.code: review for review in found}
    plans = {key: planned_milestones(key) for key in {review.plan_version_id for review in reviews.values()}}
    objected = _days_undone(found, steps, plans)
    holidays, today = holidays_of(mechanism.pk), timezone.localdate()
    effects = []
    for row in rows:
        review = reviews[row.review]
        by_slug, plan = plans[review.plan_version_id]
        done, assumed = milestones_of(row, steps, by_slug)
        milestones = _milestones_after(review, done, objected.get(review.pk, {}))
        events = events_of(review, milestones, review.agreed_time_changes)  # type: ignore[attr-defined]
        moves = any(each.version.day_rule == DayRule.NEXT_WORKING_DAY for each in by_slug.values())
        days_off = days_off_of(review, holidays) if moves else NO_DAYS_OFF
        due = compute_due_dates(plan, review.starts_on, events, days_off)
        here = next(step for step in steps if step.slug == row.step)
        ahead = [each for each in by_slug.values() if each.slug not in events.reached and each.step.order >= here.order]
        act = ahead[0] if ahead else None
        due_on = due[act.slug].due_on if act else None
        opened = opened_on(row, review)
        effects.append(
            CourseEffect(
                row,
                review,
                opened_on=opened,
                languages=[_LANGUAGES[code] for code in row.languages],
                steps=_days_of(row, steps),
                done=[(each, done[slug]) for slug, each in by_slug.items() if slug in done],
                assumed=[by_slug[slug] for slug in assumed],
                next_act=act,
                due_on=due_on,
                is_past=due_on is not None and due_on < today,
                differs=review.starts_on if opened != review.starts_on else None,
                replaces=review.pk in objected,
            )
        )
    return effects


def _milestones_after(
    review: Review, done: Mapping[str, dt.date], undone: Mapping[str, dt.date]
) -> list[ReviewMilestone]:
    """As ``take_over_course`` would leave them; nothing is stored."""
    found = [copy(each) for each in review.milestones.all()]
    for each in found:
        slug = each.plan.slug
        if undone.get(slug) == each.reached_on:
            each.reached_on = None
        each.reached_on = done.get(slug, each.reached_on)
    return found


def _days_undone(
    reviews: QuerySet[Review], steps: Sequence[Step], plans: Mapping[UUID, tuple[dict[str, StepPlan], Any]]
) -> dict[UUID, dict[str, dt.date]]:
    """By review: the milestones that a course reached which was brought in before, and which goes now."""
    pieces = courses_brought_in(reviews)
    files = BroughtFile.objects.in_bulk({piece.file_id for piece in pieces.values()})
    rows = {key: {row.review: row for row in unpacked(file.content["rows"])} for key, file in files.items()}
    undone = {}
    for review in reviews:
        if piece := pieces.get(review.pk):
            row = rows[piece.file_id][review.code]
            undone[review.pk] = milestones_of(row, steps, plans[review.plan_version_id][0])[0]
    return undone


def _days_of(row: CourseRow, steps: Sequence[Step]) -> list[tuple[Step, dt.date | None]]:
    here = next(place for place, step in enumerate(steps) if step.slug == row.step)
    return [
        (step, dt.date.fromisoformat(row.reached[step.slug]) if step.slug in row.reached else None)
        for step in steps[1 : here + 1]
    ]


def milestones_of(
    row: CourseRow, steps: Sequence[Step], plan: dict[str, StepPlan]
) -> tuple[dict[str, dt.date], list[str]]:
    """The day of each milestone that is over, and those of them whose own day is not given.

    What belongs to a step that is over was done at the latest when the next step began of which the day is known.
    """
    moves = [(step.order, day) for step, day in _days_of(row, steps) if day is not None]
    done = {slug: dt.date.fromisoformat(day) for slug, day in row.milestones.items()}
    assumed = []
    for slug, each in plan.items():
        later = next((day for order, day in moves if order > each.step.order), None)
        if slug not in done and later is not None:
            done[slug] = later
            assumed.append(slug)
    return done, assumed


def carry_out_courses(actor: User, file: BroughtFile, tell: Tell) -> None:
    """Put the reviews of a file where they stood; raises ServiceError where one of them has moved meanwhile."""
    steps = list(steps_of(file.mechanism).order_by("order"))
    rows = unpacked(file.content["rows"])
    reviews = Review.objects.filter(mechanism=file.mechanism, code__in=[row.review for row in rows])
    by_code = {review.code: review for review in reviews.select_related("mechanism", "step", "state_under_review")}
    plans = {key: planned_milestones(key) for key in {review.plan_version_id for review in by_code.values()}}
    undone = _days_undone(reviews, steps, plans)
    # In one order, so that two files that name the same reviews wait for each other.
    for number, row in enumerate(sorted(rows, key=lambda row: by_code[row.review].pk), start=1):
        review = by_code[row.review]
        lock_review(review)
        before = courses_brought_in(Review.objects.filter(pk=review.pk)).get(review.pk)
        if before and before.word != StateWord.OBJECTED:  # another file came first, or the State has confirmed
            raise ServiceError(f"{review.code}: {_brought_in_before()}")
        done, _assumed = milestones_of(row, steps, plans[review.plan_version_id][0])
        course = PastCourse(
            opened_on=opened_on(row, review),
            moves=[(step, day) for step, day in _days_of(row, steps) if day is not None],
            milestones=done,
            languages=row.languages,
            undone=undone.get(review.pk, {}),
        )
        take_over_course(actor=actor, review=review, course=course)
        mark_brought_in(file=file, review=review, checked_by=actor, state=review.state_under_review)
        tell(number)


def opened_on(row: CourseRow, review: Review) -> dt.date:
    """Where no day of the opening is given: that on which the review begins, or its first move if that is earlier."""
    if row.opened_on:
        return dt.date.fromisoformat(row.opened_on)
    return min([review.starts_on, *(dt.date.fromisoformat(day) for day in row.reached.values())])
