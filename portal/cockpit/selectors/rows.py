"""What a row of the cockpit says besides the review itself: which States are waited for, and when one was reminded."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, Max
from django.utils import timezone

from accounts.people.models import User
from accounts.states.models import StateParty
from core.enums import NotificationStatus
from core.mail.reports import unreached
from core.models import Notification
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review
from reviews.due import next_act, shares_done, states_owing
from reviews.participation import EXPECTED_MILESTONES
from reviews.visibility import states_of

# Mails that remind of an act: by hand, and the digests that the planner sends.
_REMINDERS = ("reviews/due", "portal/digest")
_REMEMBERED = dt.timedelta(days=365)
_ROLES_BY_MILESTONE = {kind: role for role, kind in EXPECTED_MILESTONES.items()}


@dataclass(frozen=True, slots=True)
class RowFacts:
    """``awaited``: the States whose word or act is missing, none where the secretariat owes or nothing is owed.

    ``without_focal_point``: States that have none; ``unreached``: people for a State whom mails do not reach.
    """

    awaited: list[StateParty]
    reminded_on: dt.date | None
    without_focal_point: list[StateParty]
    unreached: list[User]


def facts_of(reviews: Sequence[Review]) -> Mapping[Any, RowFacts]:
    """By key; ``reviews`` of ``for_table``. A constant number of queries."""
    people = _people_in(reviews)
    done = shares_done([review.pk for review in reviews]) if reviews else set()
    reminded = _last_reminders(reviews, people)
    lost = set(unreached().values_list("recipient", flat=True))
    found = {}
    for review in reviews:
        own = people[review.pk]
        present = {(row.state_party_id, row.role) for row in own}
        found[review.pk] = RowFacts(
            awaited=_awaited(review, present, done),
            reminded_on=reminded.get(review.pk),
            without_focal_point=[
                state for state in states_of(review) if (state.pk, ParticipationRole.FOCAL_POINT) not in present
            ],
            unreached=[row.user for row in own if row.user_id in lost],
        )
    return found


def _people_in(reviews: Sequence[Review]) -> Mapping[Any, list[Participation]]:
    people: dict[Any, list[Participation]] = defaultdict(list)
    rows = Participation.objects.filter(review__in=[review.pk for review in reviews], ended_at=None)
    for row in rows.select_related("user").order_by("user__full_name", "pk"):
        people[row.review_id].append(row)
    return people


def _awaited(review: Review, present: set[tuple[Any, str]], done: set[tuple[Any, Any]]) -> list[StateParty]:
    """Of the States that owe the next act, those whose share is missing; all of them where none is known apart."""
    milestone = next_act(review)
    if milestone is None:
        return []
    owing = states_owing(review, milestone.plan.owed_by)
    role = _ROLES_BY_MILESTONE.get(milestone.plan.kind)  # type: ignore[call-overload]
    if role is not None:
        missing = [state for state in owing if (state.pk, role) not in present]
    else:
        missing = [state for state in owing if (review.pk, state.pk) not in done]
    return missing or owing


def _last_reminders(reviews: Sequence[Review], people: Mapping[Any, Sequence[Participation]]) -> Mapping[Any, dt.date]:
    """The day on which somebody who takes part for a State was last reminded of the review, by hand or by the rules.

    In the last year: what is older says nothing of the act that is waited for now.
    """
    codes = {review.code: review.pk for review in reviews}
    taking_part = {(row.review_id, row.user_id) for rows in people.values() for row in rows}
    mails = Notification.objects.filter(
        template__in=_REMINDERS,
        status=NotificationStatus.SENT,
        sent_at__gte=timezone.now() - _REMEMBERED,
        about__overlap=list(codes),
        recipient__in={user for _review, user in taking_part},
    )
    # One row for each review and person, however many mails there were.
    code = Func(F("about"), function="unnest", output_field=CharField())
    rows = mails.order_by().annotate(code=code).values("code", "recipient").annotate(last=Max("sent_at"))
    last: dict[Any, dt.date] = {}
    for row in rows.order_by("last"):
        key = codes.get(row["code"])
        if (key, row["recipient"]) in taking_part:
            last[key] = timezone.localdate(row["last"])
    return last
