"""Who is to be reminded of what, by the rules of the mechanism and the say of the people.

``dues`` streams, ordered by the person who is written to, so that planning needs no memory for those before.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.people.models import User
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism
from reviews.reminders.models import ReminderRule

# The rule moves by a weekend, and places of the world by a day (see ``portal.reminders.days``).
_SLACK = dt.timedelta(days=3)
_CHUNK = 2000


RuleSet = frozenset[tuple[str, int]]
"""The rules of a mechanism: to which audience, how many days after the indicative date (before it, if negative)."""


class DueReminder(NamedTuple):
    """One act, one rule (``days`` is None where a postponed reminder comes back), one way to a person.

    ``owner`` is who is reminded by the rules, ``addressee`` who is written to: the same where ``way`` is "own", a
    colleague who has taken the act on ("colleague"), or the deputy of somebody who is away ("deputy"). ``run`` is the
    day of the planner's run for which it was found.
    """

    addressee: UUID
    way: str
    owner: UUID
    milestone: UUID
    review: UUID
    due_on: dt.date
    audience: str
    state: UUID | None
    days: int | None
    snoozed_until: dt.date | None
    is_muted: bool
    colleague: UUID | None
    deputy: UUID | None
    away_from: dt.date | None
    away_until: dt.date | None
    run: dt.date = dt.date.min


class PlannerRun(NamedTuple):
    """A day (UTC) on which the planner runs, and from when to when it looks for reminders."""

    day: dt.date
    first: dt.date
    last: dt.date


class DraftRules(NamedTuple):
    """Rules of one mechanism in place of those in force."""

    mechanism: UUID
    rules: RuleSet


_RUNS = """
    run AS (
        SELECT day AS run, first, last
        FROM unnest(%(days)s::date[], %(firsts)s::date[], %(lasts)s::date[]) AS each (day, first, last)
    ),
    rule AS (
        SELECT mechanism_id, audience, days FROM reviews_reminderrule
        WHERE is_active AND mechanism_id IS DISTINCT FROM %(drafted)s::uuid
        UNION ALL
        SELECT %(drafted)s::uuid, audience, days
        FROM unnest(%(draft_audiences)s::text[], %(draft_days)s::int[]) AS each (audience, days)
    )"""
_NEXT_ACTS = """
    open_act AS (
        SELECT DISTINCT ON (milestone.review_id) milestone.id AS milestone, milestone.review_id AS review,
            milestone.due_on, milestone.quiet_through, plan.owed_by,
            review.mechanism_id, review.officer_id, review.state_under_review_id
        FROM reviews_reviewmilestone milestone
        JOIN reviews_stepplan plan ON plan.id = milestone.plan_id
        JOIN reviews_step step_of_plan ON step_of_plan.id = plan.step_id
        JOIN reviews_review review ON review.id = milestone.review_id
        JOIN reviews_step step ON step.id = review.step_id
        WHERE milestone.reached_on IS NULL AND step_of_plan."order" >= step."order" AND step.kind <> %(closing)s
        ORDER BY milestone.review_id, plan."order"
    ),
    next_act AS (SELECT open_act.*, run.* FROM open_act CROSS JOIN run)"""
# Of whom an act is asked, and who stands above them.
_OWED = """
    owed AS (
        SELECT act.*, part.user_id AS owner, part.state_party_id AS state,
            CASE part.role WHEN 'focal_point' THEN 'focal_points' ELSE 'experts' END AS audience
        FROM next_act act
        JOIN reviews_participation part ON part.review_id = act.review AND part.ended_at IS NULL
            AND part.role IN ('focal_point', 'governmental_expert') AND act.owed_by IN ('all', CASE part.side
                WHEN 'under_review' THEN 'state_under_review' ELSE 'reviewing_states' END)
        UNION ALL
        SELECT act.*, mission.user_id, mission.state_party_id, 'permanent_missions'
        FROM next_act act
        JOIN (
            SELECT id AS review_id, state_under_review_id AS state, 'state_under_review' AS owner FROM reviews_review
            UNION ALL SELECT review_id, state_party_id, 'reviewing_states' FROM reviews_reviewingstate
        ) place ON place.review_id = act.review AND act.owed_by IN ('all', place.owner)
        JOIN accounts_affiliation mission ON mission.state_party_id = place.state AND mission.is_permanent_mission
            AND mission.starts_on <= act.last AND (mission.ends_on IS NULL OR mission.ends_on > act.run)
        UNION ALL
        SELECT act.*, act.officer_id, NULL, 'secretariat' FROM next_act act WHERE act.officer_id IS NOT NULL
        UNION ALL
        SELECT act.*, act.officer_id, NULL, 'focal_points'
        FROM next_act act WHERE act.officer_id IS NOT NULL AND act.owed_by = 'secretariat'
    )"""
_TOLD = """
    told AS (
        SELECT owed.*, rule.days::int AS days
        FROM owed
        JOIN rule ON rule.mechanism_id = owed.mechanism_id AND rule.audience = owed.audience
            AND owed.due_on + rule.days BETWEEN owed.first AND owed.last
            AND (owed.quiet_through IS NULL OR owed.due_on > owed.quiet_through)
        UNION ALL
        SELECT owed.*, NULL
        FROM owed
        JOIN reviews_snooze snooze ON snooze.milestone_id = owed.milestone AND snooze.user_id = owed.owner
            AND snooze.until BETWEEN owed.first AND owed.last
    ),
    said AS (
        SELECT told.*, snooze.until AS snoozed_until, mute.id IS NOT NULL AS is_muted,
            colleague.user_id AS colleague, away.deputy, away.starts_on AS away_from, away.ends_on AS away_until
        FROM told
        LEFT JOIN reviews_snooze snooze ON snooze.milestone_id = told.milestone AND snooze.user_id = told.owner
        LEFT JOIN reviews_mute mute ON mute.review_id = told.review AND mute.user_id = told.owner
        LEFT JOIN reviews_taskdelegation delegation
            ON delegation.milestone_id = told.milestone AND delegation.user_id = told.owner
        LEFT JOIN reviews_participation colleague ON colleague.user_id = delegation.colleague_id
            AND colleague.review_id = told.review AND colleague.ended_at IS NULL
            AND colleague.state_party_id = told.state
        LEFT JOIN LATERAL (
            SELECT coalesce(part.user_id, officer.id) AS deputy, absence.starts_on, absence.ends_on
            FROM reviews_absence absence
            LEFT JOIN reviews_participation part ON part.user_id = absence.deputy_id AND part.ended_at IS NULL
                AND part.review_id = told.review AND part.state_party_id = told.state
            LEFT JOIN accounts_user officer ON officer.id = absence.deputy_id AND told.state IS NULL
                AND officer.secretariat_role IN ('officer', 'administrator') AND officer.is_active
            WHERE absence.user_id = told.owner
                AND greatest(coalesce(told.due_on + told.days, snooze.until), told.run)
                    BETWEEN absence.starts_on - 3 AND absence.ends_on + 3
            ORDER BY absence.starts_on LIMIT 1
        ) away ON true
    ),
    addressed AS (
        SELECT said.*, owner AS addressee, 'own' AS way FROM said
        UNION ALL SELECT said.*, colleague, 'colleague' FROM said WHERE colleague IS NOT NULL
        UNION ALL SELECT said.*, deputy, 'deputy' FROM said WHERE deputy IS NOT NULL AND colleague IS NULL
    )"""
_COLUMNS = ", ".join(DueReminder._fields)
_DUES = f"""
    WITH {_RUNS}, {_NEXT_ACTS}, {_OWED}, {_TOLD}
    SELECT {_COLUMNS} FROM addressed
    JOIN accounts_user person ON person.id = addressee AND person.is_active
    WHERE %(person)s::uuid IS NULL OR addressee = %(person)s::uuid
    ORDER BY addressee, run, due_on, milestone, days
"""  # noqa: S608 - names of columns, no values


def dues(first: dt.date, last: dt.date, *, today: dt.date, person: User | None = None) -> Iterator[DueReminder]:
    """What may be due from ``first`` to ``last`` (and some days around), for everybody or one ``person``, by addressee.

    The caller decides on the day and on what people have said: this is what the pure rule needs to know.
    """
    return dues_of_runs([PlannerRun(today, first, last)], person=person)


def dues_of_runs(
    runs: Sequence[PlannerRun], *, person: User | None = None, draft: DraftRules | None = None
) -> Iterator[DueReminder]:
    """The same for several runs of the planner, in one query: by addressee, and then by ``run``."""
    values: dict[str, Any] = {
        "closing": StepKind.CLOSING.value,
        "days": [run.day for run in runs],
        "firsts": [run.first - _SLACK for run in runs],
        "lasts": [run.last + _SLACK for run in runs],
        "person": str(person.pk) if person else None,
        "drafted": str(draft.mechanism) if draft else None,
        "draft_audiences": [audience for audience, _days in draft.rules] if draft else [],
        "draft_days": [days for _audience, days in draft.rules] if draft else [],
    }
    with connection.chunked_cursor() as cursor:
        cursor.execute(_DUES, values)
        while rows := cursor.fetchmany(_CHUNK):
            yield from (DueReminder(*row) for row in rows)


def reminder_rules(mechanism: Mechanism) -> QuerySet[ReminderRule]:
    """Those in use, in the order of time."""
    return ReminderRule.objects.filter(mechanism=mechanism, is_active=True).order_by("days", "audience")


def rule_set_of(mechanism: Mechanism) -> RuleSet:
    return frozenset(reminder_rules(mechanism).values_list("audience", "days"))
