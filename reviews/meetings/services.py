"""Meetings of the experts: one invites, every State says yes or no, all are told; and it is recorded who met.

Source: the experts hold their dialogue by the means that suit them (procedures and rules, paragraph 35); how they agree
on a time it does not say, so that the ways here are the portal's.
"""

import copy
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_markdown, clean_text, is_web_address, require_text
from core.policy import require
from core.time.time_zones import DoubledTimeError, MissingTimeError, is_zone, moment_of
from reviews.agreement import StaleRevisionError, require_current
from reviews.capacities import own_state_of, require_capacity, speaker_of
from reviews.cases import language_of, lock_review, lock_with_review
from reviews.cases.enums import News, ParticipationRole, ReviewAction
from reviews.cases.models import Participation, Review
from reviews.drafts import Shown, require_shown, shown_on_table
from reviews.meetings.enums import MeetingAction, MeetingMeans, MeetingStatus
from reviews.meetings.mails import notify_meeting
from reviews.meetings.models import LONGEST, SHORTEST, DialogueMeeting, PlannedMeeting
from reviews.meetings.selectors import (
    invitation_of,
    meetings_waiting,
    people_of_asker,
    people_to_answer,
    people_who_read,
)
from reviews.opening import TeamChange
from reviews.visibility import states_taking_part

_AHEAD = dt.timedelta(days=2 * 366)  # what is further off is a slip of the pen
_MAXIMUM = 2000  # characters of a note or a reason
# Another one of these is another meeting, to which everybody is asked anew.
_ASKED_ABOUT = ("starts_at", "time_zone", "minutes", "means")


class StaleInvitationError(StaleRevisionError):
    words = gettext_lazy("The invitation was changed in the meantime. Look at it as it is now, and say so again.")


@dataclass(frozen=True, slots=True)
class MeetingInput:
    """What a person gives of a meeting to come: the local time ``at`` on a ``day`` in a zone of the IANA's database."""

    day: dt.date
    at: dt.time
    time_zone: str
    minutes: int
    means: str
    place: str = ""
    link: str = ""
    agenda: str = ""


@transaction.atomic
def invite_to_meeting(*, actor: Actor, review: Review, given: MeetingInput, shown: Shown) -> PlannedMeeting:
    """Ask all States of the review to a meeting; the actor's own has said yes by that.

    ``shown``: who reads what is written here, as the page said; ConflictError where other States do by now, also from
    the other acts on a meeting. Raises ServiceError with the field: a time that has passed, that clocks never show or
    show twice, a duration under five minutes or over a day, no place for a meeting in person, a link that does not lead
    to the web.
    """
    lock_review(review)
    require(actor, MeetingAction.INVITE, review)
    require_shown(shown, shown_on_table(review))
    person, state = speaker_of(actor, review)
    meeting = PlannedMeeting.objects.create(
        review=review,
        language=language_of(review),
        invited_by=person,
        invited_for_id=state,
        **columns_of(given),
    )
    _say_yes_by_asking(actor, meeting)
    audit.record(actor, "reviews.meeting.invited", meeting, after=_facts(meeting))
    _ask(actor, meeting, News.MEETING_INVITED)
    return meeting


@transaction.atomic
def answer_meeting(
    *, actor: User, meeting: PlannedMeeting, revision: int, agrees: bool, shown: Shown, note: str = ""
) -> PlannedMeeting:
    """Give the word of the actor's State to a revision of the invitation; the last yes makes the meeting agreed.

    As long as it is not, a State may change its word. Raises StaleInvitationError when the invitation was changed
    since, and ServiceError for a no without a word why.
    """
    meeting = _current(actor, MeetingAction.ANSWER, meeting, revision, shown)
    note = clean_text(note, maximum=_MAXIMUM, field="note").strip()
    if not agrees:
        note = require_text(note, _("Say in a word why not, so that another time can be found."), field="note")
    answer, _is_new = meeting.answers.update_or_create(
        state_party_id=require_capacity(actor, meeting.review).state_party_id,
        revision=meeting.revision,
        defaults={"agrees": agrees, "note": note, "answered_by": actor, "answered_at": timezone.now()},
    )
    facts = {"state": answer.state_party.iso3, "agrees": agrees, "revision": meeting.revision}
    audit.record(actor, "reviews.meeting.answered", meeting, after=facts)
    if _settle(actor, meeting) != MeetingStatus.AGREED:
        for user in people_of_asker(meeting.review, meeting.invited_by, meeting.invited_for_id):
            if user != actor:
                notify_meeting(
                    user, meeting, News.MEETING_ANSWERED, key=f"{answer.pk}:{answer.answered_at.timestamp()}"
                )
    return meeting


@transaction.atomic
def change_meeting(
    *, actor: Actor, meeting: PlannedMeeting, revision: int, given: MeetingInput, shown: Shown
) -> PlannedMeeting:
    """Change a meeting to come. Another time, duration, means or place to travel to is asked for anew.

    Place, link and agenda of a meeting that is not in person can be added later; the answers stand then. Where a time
    was agreed it is taken off the calendars, which is a revision of its own. Raises ServiceError as
    ``invite_to_meeting``, and StaleInvitationError when somebody else has changed it since.
    """
    meeting = _current(actor, MeetingAction.CHANGE, meeting, revision, shown)
    columns = columns_of(given)
    if all(getattr(meeting, name) == value for name, value in columns.items()):
        return meeting
    names = [*_ASKED_ABOUT, *(["place"] if given.means == MeetingMeans.IN_PERSON else [])]
    is_anew = any(getattr(meeting, name) != columns[name] for name in names)
    before = copy.copy(meeting)
    meeting.revision += 1
    if not is_anew:
        meeting.answers.filter(revision=before.revision).update(revision=meeting.revision)
    elif before.status == MeetingStatus.AGREED:
        before.revision, before.updated_at = meeting.revision, timezone.now()
        meeting.revision += 1
    for name, value in columns.items():
        setattr(meeting, name, value)
    _note_change(actor, meeting)
    if is_anew:
        meeting.status, meeting.agreed_at, meeting.asked_at = MeetingStatus.INVITED, None, timezone.now()
    meeting.save()
    audit.record(actor, "reviews.meeting.changed", meeting, after=_facts(meeting) | {"is_anew": is_anew})
    if is_anew:
        _take_off_calendars(before)
        _say_yes_by_asking(actor, meeting)
        _ask(actor, meeting, News.MEETING_CHANGED)
    return meeting


@transaction.atomic
def cancel_meeting(
    *, actor: Actor, meeting: PlannedMeeting, revision: int, reason: str, shown: Shown
) -> PlannedMeeting:
    """Give up a meeting, agreed or not.

    Raises ServiceError without a reason, and StaleInvitationError when somebody else has changed it since.
    """
    meeting = _current(actor, MeetingAction.CANCEL, meeting, revision, shown)
    meeting.reason = require_text(reason, _("Say why the meeting is cancelled."), maximum=_MAXIMUM, field="reason")
    was_agreed = meeting.status == MeetingStatus.AGREED
    meeting.status, meeting.revision = MeetingStatus.CANCELLED, meeting.revision + 1
    _note_change(actor, meeting)
    meeting.save()
    audit.record(actor, "reviews.meeting.cancelled", meeting, after={"revision": meeting.revision})
    if was_agreed:
        _tell(people_who_read(meeting), meeting, News.MEETING_CANCELLED, method="CANCEL")
    else:
        people = people_to_answer(meeting.review, states_taking_part(meeting.review))
        _tell([user for user in people if user != actor], meeting, News.MEETING_CANCELLED)
    return meeting


@transaction.atomic
def record_planned_meeting(*, actor: User, meeting: PlannedMeeting, **held: Any) -> DialogueMeeting:
    """Put a meeting that was agreed and held into the log; ``held`` is what ``log_meeting`` takes.

    Raises ServiceError as that does, and where the meeting is not agreed, not over, or in the log already.
    """
    meeting = lock_with_review(meeting)
    if meeting.record_id is not None:
        raise ServiceError(_("This meeting has been recorded already."))
    if meeting.status != MeetingStatus.AGREED or not meeting.is_over:
        raise ServiceError(_("Record a meeting when it has been held."))
    meeting.record = log_meeting(actor=actor, review=meeting.review, **held)
    meeting.save(update_fields=["record", "updated_at"])
    return meeting.record


def columns_of(given: MeetingInput) -> dict[str, Any]:
    """What is stored of the input, once all of it is in order."""
    starts_at = _moment(given)
    if not SHORTEST <= given.minutes <= LONGEST:
        raise ServiceError(_("A meeting lasts from 5 minutes to 24 hours (1440 minutes)."), field="minutes")
    if given.means not in MeetingMeans.values:
        raise ServiceError(_("Choose how the meeting will be held."), field="means")
    place = clean_text(given.place, maximum=300, field="place").strip()
    if given.means == MeetingMeans.IN_PERSON and not place:
        raise ServiceError(_("Say where the experts meet."), field="place")
    link = clean_text(given.link, maximum=1000, field="link").strip()
    if link and not is_web_address(link):
        raise ServiceError(_("A link must begin with https:// or http://."), field="link")
    return {
        "starts_at": starts_at,
        "time_zone": given.time_zone,
        "minutes": given.minutes,
        "means": given.means,
        "place": place,
        "link": link,
        "agenda": clean_markdown(given.agenda.strip(), maximum=5000, field="agenda"),
    }


def _moment(given: MeetingInput) -> dt.datetime:
    if not is_zone(given.time_zone):
        raise ServiceError(_("Choose a time zone from the list."), field="time_zone")
    now = timezone.now()
    if given.day < now.date() - dt.timedelta(days=1):  # whatever the zone; the far past has zones of its own
        raise ServiceError(_("This time has passed."), field="day")
    if given.day > (now + _AHEAD).date():
        raise ServiceError(_("Give a day within the next two years."), field="day")
    try:
        starts_at = moment_of(given.day, given.at.replace(second=0, microsecond=0, tzinfo=None), given.time_zone)
    except MissingTimeError as error:
        message = _("There is no such time on this day there: the clocks are put forward. Choose another one.")
        raise ServiceError(message, field="at") from error
    except DoubledTimeError as error:
        message = _("This time comes twice on this day there: the clocks are put back. Choose another one.")
        raise ServiceError(message, field="at") from error
    if starts_at <= now:
        raise ServiceError(_("This time has passed."), field="at")
    return starts_at


def _facts(meeting: PlannedMeeting) -> dict[str, object]:
    """For the record of acts: when and how, and nothing written."""
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "time_zone": meeting.time_zone,
        "minutes": meeting.minutes,
        "means": meeting.means,
        "revision": meeting.revision,
    }


def _current(
    actor: Actor, action: MeetingAction, meeting: PlannedMeeting, revision: int, shown: Shown
) -> PlannedMeeting:
    """The meeting, held, for an act on a ``revision`` of it. Raises StaleInvitationError where that is another."""
    meeting = lock_with_review(meeting, "invited_by")
    require(actor, action, meeting)
    require_current(meeting, StaleInvitationError(meeting.revision), revision=revision)
    require_shown(shown, shown_on_table(meeting.review))
    return meeting


def _note_change(actor: Actor, meeting: PlannedMeeting) -> None:
    person, state = speaker_of(actor, meeting.review)
    meeting.changed_by, meeting.changed_for_id, meeting.changed_at = person, state, timezone.now()


def _say_yes_by_asking(actor: Actor, meeting: PlannedMeeting) -> None:
    """Whoever asks for a time has agreed to it for his or her State; the secretariat speaks for none."""
    person, state = speaker_of(actor, meeting.review)
    if person is not None and state is not None:
        meeting.answers.create(state_party_id=state, revision=meeting.revision, agrees=True, answered_by=person)


def _settle(actor: Actor, meeting: PlannedMeeting) -> MeetingStatus:
    """The only place that says from the answers where an invitation stands. Tells all when it is agreed."""
    words = invitation_of(meeting)
    status = MeetingStatus.AGREED if words.is_agreed else MeetingStatus.INVITED
    if words.is_refused:
        status = MeetingStatus.NOT_AGREED
    if status != meeting.status:
        meeting.status = status
        meeting.agreed_at = timezone.now() if status == MeetingStatus.AGREED else None
        meeting.save(update_fields=["status", "agreed_at", "updated_at"])
    if status == MeetingStatus.AGREED:
        audit.record(actor, "reviews.meeting.agreed", meeting, after=_facts(meeting))
        _tell(people_who_read(meeting), meeting, News.MEETING_AGREED, method="REQUEST")
    return status


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: to meetings to come only the words count of those who review now; ``follows_team``.

    A meeting that is agreed stays.
    """
    for meeting in meetings_waiting(review):
        meeting.review = review
        _settle(actor, meeting)


def _ask(actor: Actor, meeting: PlannedMeeting, news: News) -> None:
    if _settle(actor, meeting) != MeetingStatus.AGREED:
        _tell(people_to_answer(meeting.review, invitation_of(meeting).missing), meeting, news)


def _take_off_calendars(before: PlannedMeeting) -> None:
    """Cancel the entry of the time that was agreed; nothing where none was."""
    if before.status == MeetingStatus.AGREED:
        _tell(people_who_read(before), before, News.MEETING_MOVED, method="CANCEL")


def _tell(people: Iterable[User], meeting: PlannedMeeting, news: News, *, method: str = "") -> None:
    for user in people:
        notify_meeting(user, meeting, news, key=str(meeting.revision), method=method)


@transaction.atomic
def log_meeting(
    *,
    actor: User,
    review: Review,
    held_on: dt.date,
    means: str,
    shown: Shown,
    participants: Sequence[Participation] = (),
    others: str = "",
    subject: str = "",
) -> DialogueMeeting:
    """Record a meeting that the experts held: at once for all States, so a focal point or an officer does it.

    Raises ServiceError for a day to come or before the review, and ConflictError where other States would read it
    than was shown.
    """
    lock_review(review)
    require(actor, ReviewAction.LOG_MEETING, review)
    require_shown(shown, shown_on_table(review))
    if held_on > timezone.localdate():
        raise ServiceError(_("Record a meeting when it has been held."), field="held_on")
    if held_on < review.starts_on:
        raise ServiceError(_("This is before the start of the review."), field="held_on")
    if means not in MeetingMeans.values:
        raise ServiceError(_("Choose how the meeting was held."), field="means")
    if any(_cannot_have_met(participation, review) for participation in participants):
        raise ServiceError(_("Choose among those who take part in this review."), field="participants")
    others = clean_text(others, maximum=500, field="others").strip()
    if not participants and not others:
        raise ServiceError(_("Say who took part."), field="participants")
    meeting = DialogueMeeting.objects.create(
        review=review,
        language=language_of(review),
        held_on=held_on,
        means=means,
        others=others,
        subject=clean_markdown(subject.strip(), maximum=5000, field="subject"),
        recorded_by=actor,
        recorded_for_id=own_state_of(actor, review),
    )
    meeting.participants.set(participants)
    audit.record(actor, "reviews.meeting.recorded", meeting, after={"held_on": held_on.isoformat(), "means": means})
    return meeting


def _cannot_have_met(participation: Participation, review: Review) -> bool:
    """Not of this review, or one of those whom a State consults at home, of whom the other States do not know."""
    return participation.review_id != review.pk or participation.role == ParticipationRole.NATIONAL_CONTRIBUTOR
