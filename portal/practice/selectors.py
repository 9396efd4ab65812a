"""Who practises, in the portal; whose exercise a session plays, in the practice portal."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import at_the_door, identified_as, looking_past_rooms
from core.mail.messages import MailMessage, render
from core.models import Notification
from portal.practice.models import Exercise, Learner

# A worker does what it is asked for within seconds. Who asks again before only makes the queue longer.
ASKED_AGAIN_AFTER = dt.timedelta(minutes=2)


def own_learner(user: User) -> Learner | None:
    return Learner.objects.filter(user=user).first()


def learners() -> QuerySet[Learner]:
    """Everybody who has gone over, those who went last first. The caller asks the policy."""
    return Learner.objects.select_related("user")


def exercise_of(learner: str | None) -> Exercise | None:
    """The exercise of a learner, by the alias that the session keeps; None where there is none (any more)."""
    if not learner:
        return None
    with at_the_door():
        return Exercise.objects.filter(learner=UUID(learner), dropped_at=None).first()


def is_asked(exercise: Exercise) -> bool:
    """Whether a worker was asked a moment ago, and has not done it yet."""
    return exercise.asked_at is not None and exercise.asked_at > timezone.now() - ASKED_AGAIN_AFTER


def finished_before(learner: str) -> Exercise | None:
    """The exercise that the learner finished first, dropped since or not."""
    with at_the_door():
        return Exercise.objects.filter(learner=UUID(learner)).exclude(finished_at=None).order_by("finished_at").first()


def dropped_since(learner: str, moment: dt.datetime) -> int:
    """How many exercises the learner has let go since then."""
    with at_the_door():
        return Exercise.objects.filter(learner=UUID(learner), dropped_at__gt=moment).count()


def first_of(learner: str) -> Exercise | None:
    """The first exercise of the learner, dropped since or not."""
    with at_the_door():
        return Exercise.objects.filter(learner=UUID(learner)).first()


def mails_of(exercise: Exercise) -> list[MailMessage]:
    """The mails to the cast of an exercise, the newest first, as they would have been sent."""
    people = {str(person.pk): person for person in User.objects.filter(pk__in=exercise.cast.values())}
    if not people:
        return []
    with identified_as(next(iter(people.values()))), looking_past_rooms():
        rows = list(
            Notification.objects.filter(recipient__in=people.values(), is_private=False)
            .select_related("recipient")
            .order_by("-created_at")
        )
    return [render(row) for row in rows]
