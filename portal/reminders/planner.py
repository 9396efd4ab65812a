"""Plans the digests: one for each person and day, at an hour that suits where the person is; doing it again adds none.

Streams by person. What a batch owes is committed at once with its keys, so that a planner that dies leaves whole
batches behind and the next one finds the rest: no second row for the same person and day can be (docs/adr/0018). It
notes the days on which it ran to its end: what fell into a gap between them is sent after it, each act once.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.people.models import User
from core.institution.facts import home_zone
from core.mail.notifications import newest_keys, queue_many
from core.models import Notification, RecordRoot
from core.time.task_days import days_of, note_day
from portal.reminders.days import CATCH_UP, due_today, gap_began, local_time
from portal.reminders.digest import DigestFacts, compose, facts_for, still_owed
from portal.reminders.roots import root_line, roots_told
from reviews.preferences.models import ReminderHour
from reviews.programme.models import Limit
from reviews.reminders import DueReminder, PlannerRun, dues_of_runs

TEMPLATE = "portal/digest"
TASK = "portal.plan_reminders"
BATCH = 500  # people
_DEFAULT_HOUR = 8

PersonsDues = tuple[UUID, list[DueReminder]]


def digest_key(user_id: UUID, day: dt.date) -> str:
    return f"digest:{user_id}:{day.isoformat()}"


def plan_reminders(now: dt.datetime | None = None) -> int:
    """Owe the digests that are due at ``now``; give how many are new."""
    now = now or timezone.now()
    hour, gap = default_hour(), _gap_at(now)
    known: DigestFacts | None = None
    queued = 0
    for batch in _batches(_dues_at(now, gap)):
        with transaction.atomic():
            known = facts_for((due for _person, rows in batch for due in rows), known=known)
            queued += queue_many(_digests(batch, known, now, hour, gap))
    if now <= timezone.now():  # a moment to come is only tried out
        note_day(TASK, _day_of(now))
    return queued


def digests_at(now: dt.datetime) -> list[Notification]:
    """The digests that ``plan_reminders`` would owe at ``now``, unsaved; nobody is written to."""
    gap = _gap_at(now)
    batch = list(_by_person(_dues_at(now, gap)))
    return _digests(batch, facts_for(due for _person, rows in batch for due in rows), now, default_hour(), gap)


def _day_of(now: dt.datetime) -> dt.date:
    return now.astimezone(dt.UTC).date()


def _gap_at(now: dt.datetime) -> dt.date | None:
    return gap_began(_day_of(now), days_of(TASK))


def run_on(today: dt.date, gap: dt.date | None) -> PlannerRun:
    """What a run of the planner on this day looks for."""
    return PlannerRun(today, (gap or today) - CATCH_UP, today)


def _dues_at(now: dt.datetime, gap: dt.date | None) -> Iterator[DueReminder]:
    return dues_of_runs([run_on(_day_of(now), gap)])


def _by_person(stream: Iterator[DueReminder]) -> Iterator[PersonsDues]:
    return ((person, list(rows)) for person, rows in groupby(stream, key=attrgetter("addressee")))


def _batches(stream: Iterator[DueReminder]) -> Iterator[list[PersonsDues]]:
    batch: list[PersonsDues] = []
    for person_dues in _by_person(stream):
        batch.append(person_dues)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _digests(
    batch: Sequence[PersonsDues], facts: DigestFacts, now: dt.datetime, default: int, gap: dt.date | None
) -> list[Notification]:
    keys = [person for person, _rows in batch]
    roots, hours, last = roots_told(keys), hours_of(keys), last_digests(keys, now)
    digests = []
    for key, rows in batch:
        person = facts.people[key]
        here = local_time(now, zone_of(person, rows, facts), home_zone().key)
        if here.hour < hours.get(key, default) or last.get(key, dt.date.min) >= here.date():
            continue
        if chosen := chosen_on(here.date(), rows, facts, last.get(key), gap):
            digests.append(_digest(person, chosen, facts, here.date(), root=roots.get(key)))
    return digests


def chosen_on(
    day: dt.date, rows: Sequence[DueReminder], facts: DigestFacts, last_digest: dt.date | None, gap: dt.date | None
) -> list[DueReminder]:
    """What somebody's digest of a day says, if anything: the one place where that is decided."""
    return [due for due in due_today(rows, day, last_digest, gap) if still_owed(due, facts)]


def zone_of(person: User, rows: Sequence[DueReminder], facts: DigestFacts) -> str:
    """Somebody's own zone, or that of the State that is written to, the first where there are several."""
    of_state = next((facts.zones.get(due.state, "") for due in rows if due.state is not None), "")
    return person.time_zone or of_state


def hours_of(people: Sequence[UUID]) -> dict[UUID, int]:
    """From which hour these people want their digest, those who have said it."""
    return dict(ReminderHour.objects.filter(user__in=people).values_list("user", "hour"))


def _digest(
    person: User, chosen: list[DueReminder], facts: DigestFacts, day: dt.date, *, root: RecordRoot | None
) -> Notification:
    context = {**compose(chosen, facts, person), "root": root_line(root, person)}
    return Notification(
        recipient=person,
        key=digest_key(person.pk, day),
        template=TEMPLATE,
        context=context,
        about=sorted({item["code"] for item in context["items"]}),
    )


def last_digests(people: Sequence[UUID], now: dt.datetime) -> dict[UUID, dt.date]:
    """The day of the last digest of each of these people, if there was one."""
    latest = now.date() + dt.timedelta(days=1)  # wherever they are
    ranges = [(digest_key(person, dt.date.min), digest_key(person, latest)) for person in people]
    parts = (key.split(":") for key in newest_keys(ranges))
    return {UUID(person): dt.date.fromisoformat(day) for _word, person, day in parts}


def default_hour() -> int:
    """The hour that the rules set, the earliest of all mechanisms: a person has one digest for all of them."""
    found = Limit.objects.filter(key="reminder_hour").order_by("value").values_list("value", flat=True).first()
    return _DEFAULT_HOUR if found is None else found
