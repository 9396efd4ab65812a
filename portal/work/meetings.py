"""Meetings of the experts to come: to answer an invitation, to find another time, or to wait for answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.policy import can
from core.templatetags.components import date_words, names
from portal.work.tasks import DueDay, ReviewPlace, Task, Workload
from reviews.meetings import Invitation, open_invitations
from reviews.meetings.enums import MeetingAction, MeetingStatus
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
