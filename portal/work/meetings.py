"""Meetings of the experts to come: to answer an invitation or a poll, to find a time, or to wait for answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.policy import can
from core.templatetags.components import date_words, names
from portal.work.tasks import DueDay, ReviewPlace, Task, Workload
from reviews.meetings import Invitation, open_invitations
from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.minutes import open_notes
from reviews.minutes.enums import NotesAction, NotesStatus
from reviews.polls import Poll, open_polls
from reviews.polls.enums import PollAction, PollStatus
from reviews.programme.enums import StepKind

_KINDS = (StepKind.FEEDBACK, StepKind.DIALOGUE, StepKind.AGREED_TEXT)


def invitations(workload: Workload) -> Iterator[Task]:
    """What a reader's State has been asked and not said comes first; whoever only reads waits like the others."""
    places = {place.review.pk: place for place in workload.readers_at(*_KINDS)}
    for invitation in open_invitations([place.review for place in places.values()]) if places else []:
        place = places[invitation.meeting.review_id]
        if task := _task(workload, place, invitation):
            yield task


def _task(workload: Workload, place: ReviewPlace, invitation: Invitation) -> Task | None:
    meeting = invitation.meeting
    facts, starts = {"date": date_words(meeting.local_start)}, meeting.local_start
    due = DueDay(starts.date(), workload.now.astimezone(starts.tzinfo).date())
    here = place.url("dialogue:dialogue")
    if invitation.waits_for(place.capacity.state_party_id) and can(workload.user, MeetingAction.ANSWER, meeting):
        what = _("Answer the invitation to a meeting of the experts on %(date)s") % facts
        why = _("The experts and the focal point of %(state)s answer for it.") % {"state": place.state}
        url = place.url("reviews:meeting-answer", meeting.pk)
        return place.task(what, url=url, button=_("Answer the invitation"), why=why, due=due)
    is_ours = meeting.invited_for_id == place.capacity.state_party_id
    if meeting.status == MeetingStatus.NOT_AGREED and is_ours and can(workload.user, MeetingAction.CHANGE, meeting):
        what = _("Find another time for the meeting of the experts on %(date)s, or cancel it") % facts
        why = _("%(state)s, for which you act, has invited, and a State has said no.") % {"state": place.state}
        return place.task(what, url=here, button=_("See the answers"), why=why, due=due)
    if not invitation.missing:
        return None
    what, who = (
        _("Answers to the invitation to a meeting of the experts on %(date)s") % facts,
        names(invitation.missing),
    )
    return place.waiting(what, who, url=here, button=_("See the answers"), due=due, since=meeting.asked_at)


def notes(workload: Workload) -> Iterator[Task]:
    """Notes that one's own State is to lay, or that wait for its word; for the others one waits."""
    places = {place.review.pk: place for place in workload.readers_at(*_KINDS)}
    for words in open_notes([place.review for place in places.values()]) if places else []:
        place, meeting = places[words.notes.review_id], words.notes.meeting
        facts, url = {"date": date_words(meeting.held_on)}, place.url("reviews:notes", meeting.pk)
        if words.notes.status == NotesStatus.DRAFT:
            if can(workload.user, NotesAction.LAY, words.notes):
                what = _("Lay the notes of the meeting of the experts on %(date)s before the States") % facts
                why = _("The focal point of %(state)s lays them.") % {"state": place.state}
                yield place.task(what, url=url, button=_("Read the notes"), why=why)
        elif words.waits_for(place.capacity.state_party_id) and can(workload.user, NotesAction.ANSWER, words.notes):
            what = _("Agree to the notes of the meeting of the experts on %(date)s, or object") % facts
            why = _("The focal point of %(state)s answers for it.") % {"state": place.state}
            answering = place.url("reviews:notes-answer", meeting.pk)
            yield place.task(what, url=answering, button=_("Read the notes"), why=why)
        elif words.missing:
            what = _("Agreement to the notes of the meeting of the experts on %(date)s") % facts
            since = words.notes.waits_since
            yield place.waiting(what, names(words.missing), url=url, button=_("Read the notes"), since=since)


def polls(workload: Workload) -> Iterator[Task]:
    """Which times suit one's own State, then which is to be picked; whoever only reads waits like the others."""
    places = {place.review.pk: place for place in workload.readers_at(*_KINDS)}
    for poll in open_polls([place.review for place in places.values()]) if places else []:
        place = places[poll.poll.review_id]
        if task := _task_of_poll(workload, place, poll):
            yield task


def _task_of_poll(workload: Workload, place: ReviewPlace, words: Poll) -> Task | None:
    poll, first = words.poll, words.poll.slots[0].local_start
    due = DueDay(first.date(), workload.now.astimezone(first.tzinfo).date())
    here = place.url("dialogue:dialogue")
    if words.waits_for(place.capacity.state_party_id) and can(workload.user, PollAction.ANSWER, poll):
        why = _("The experts and the focal point of %(state)s answer for it.") % {"state": place.state}
        what, url = (
            _("Say which times suit your State for a meeting of the experts"),
            place.url("reviews:poll-answer", poll.pk),
        )
        return place.task(what, url=url, button=_("Say which times suit your State"), why=why, due=due)
    is_ours = poll.proposed_for_id == place.capacity.state_party_id
    if poll.status == PollStatus.CLOSED and is_ours and can(workload.user, PollAction.PICK, poll):
        why = _("%(state)s, for which you act, has asked, and every State has answered.") % {"state": place.state}
        url = place.url("reviews:poll-pick", poll.pk)
        return place.task(
            _("Pick a time for a meeting of the experts"), url=url, button=_("Pick a time"), why=why, due=due
        )
    if not words.missing:
        return None
    what = _("Answers to the poll on the time of a meeting of the experts")
    who = names(words.missing)
    return place.waiting(what, who, url=here, button=_("See the answers"), due=due, since=poll.asked_at)
