"""Pages of meetings of the experts: to invite, answer, change, cancel and record, and the entry for a calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core.files import storage
from core.web.views import PolicyView
from reviews.capacities import capacity_of, own_state_of
from reviews.cases.enums import ParticipationRole, ReviewAction
from reviews.meetings.calendar import CONTENT_TYPE, published_meeting
from reviews.meetings.enums import MeetingAction, MeetingStatus
from reviews.meetings.forms import InvitationForm, MeetingAnswerForm, MeetingCancelForm, MeetingForm
from reviews.meetings.models import DialogueMeeting, PlannedMeeting
from reviews.meetings.pages import DialogueFormPage, DialoguePage, RevisionForm
from reviews.meetings.selectors import get_planned_meeting, invitation_of
from reviews.meetings.services import (
    answer_meeting,
    cancel_meeting,
    change_meeting,
    invite_to_meeting,
    log_meeting,
    record_planned_meeting,
)
from reviews.participation import participants_visible_to

_DURATION = 60  # minutes, until somebody says otherwise


class _MeetingForm(DialogueFormPage):
    """One that rests on an older revision comes back to rest on this one."""

    template_name = "reviews/meetings/planned_meeting_form.html"

    def success_url_for(self, result: PlannedMeeting) -> str:  # type: ignore[override]
        return f"{self.dialogue_url()}#planned-{result.pk}"

    def success_message_for(self, result: PlannedMeeting) -> str:
        """What the act has led to."""
        return {
            MeetingStatus.AGREED: _("The meeting is agreed. All who take part get it for their calendars by mail."),
            MeetingStatus.NOT_AGREED: _(
                "The answer is noted. The meeting is not agreed: whoever invited can change it."
            ),
            MeetingStatus.INVITED: _("It is noted. The meeting is agreed when every State has said yes."),
            MeetingStatus.CANCELLED: _("The meeting is cancelled. Those whom it concerned have been told by mail."),
        }[MeetingStatus(result.status)]


class MeetingInviteView(_MeetingForm):
    policy_action = MeetingAction.INVITE
    form_class = InvitationForm
    title = gettext_lazy("Invite to a meeting")

    @property
    def lead(self) -> str:  # type: ignore[override]
        if capacity_of(self.user, self.review) is None:
            return _(
                "The focal points and experts of the States are asked by mail. The meeting is agreed when every State "
                "of the review has said yes."
            )
        return _(
            "The focal points and experts of the other States are asked by mail. The meeting is agreed when every "
            "State of the review has said yes; your own has by your inviting."
        )

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "time_zone": self.own_zone(), "minutes": _DURATION}

    def perform(self, form: InvitationForm) -> PlannedMeeting:
        shown = form.cleaned_data["shown"]
        return invite_to_meeting(actor=self.user, review=self.review, given=form.given, shown=shown)


class _PlannedMeetingPage(DialoguePage):
    """A page of one meeting to come; the policy is asked about it."""

    policy_target: PlannedMeeting

    def get_policy_target(self) -> PlannedMeeting:
        return get_planned_meeting(self.find_review(), self.kwargs["meeting"])

    @property
    def meeting(self) -> PlannedMeeting:
        return self.policy_target

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["meeting"] = self.meeting  # in place of its key, which the address gave
        return super().get_context_data(invitation=invitation_of(self.meeting), **kwargs)


class _RevisionForm(_PlannedMeetingPage, _MeetingForm, RevisionForm):
    acts_on = "meeting"


class MeetingAnswerView(_RevisionForm):
    policy_action = MeetingAction.ANSWER
    form_class = MeetingAnswerForm
    title = gettext_lazy("Answer the invitation")

    def get_initial(self) -> dict[str, Any]:
        said = invitation_of(self.meeting).answer_of(own_state_of(self.user, self.review))
        earlier = {"agrees": "yes" if said.agrees else "no", "note": said.note} if said else {}
        return {**super().get_initial(), **earlier}

    def act(self, form: Any, **on: Any) -> PlannedMeeting:
        return answer_meeting(**on, **{name: form.cleaned_data[name] for name in ("agrees", "note", "shown")})


class MeetingChangeView(_RevisionForm):
    policy_action = MeetingAction.CHANGE
    form_class = InvitationForm
    title = gettext_lazy("Change the meeting")
    lead = gettext_lazy(
        "Where day, time, duration or means change, or the place of a meeting in person, the other States are asked "
        "anew. Agenda, link and the like can be added without that."
    )

    def get_initial(self) -> dict[str, Any]:
        names = ("time_zone", "minutes", "means", "place", "link", "agenda")
        start = self.meeting.local_start
        return {
            **super().get_initial(),
            **{name: getattr(self.meeting, name) for name in names},
            "day": start.date(),
            "at": start.time(),
        }

    def act(self, form: Any, **on: Any) -> PlannedMeeting:
        return change_meeting(**on, given=form.given, shown=form.cleaned_data["shown"])


class MeetingCancelView(_RevisionForm):
    policy_action = MeetingAction.CANCEL
    form_class = MeetingCancelForm
    title = gettext_lazy("Cancel the meeting")
    lead = gettext_lazy(
        "Those who were asked are told by mail. A meeting that was agreed is taken off their calendars."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_warning=True, **kwargs)

    def act(self, form: Any, **on: Any) -> PlannedMeeting:
        return cancel_meeting(**on, **{name: form.cleaned_data[name] for name in ("reason", "shown")})


class MeetingCalendarView(_PlannedMeetingPage, PolicyView):
    """The entry of an agreed meeting for the reader's own calendar, in the language of the page."""

    policy_action = MeetingAction.DOWNLOAD

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = f"{self.review.code}-{self.meeting.local_start:%Y-%m-%d}.ics"
        return storage.attachment(published_meeting(self.meeting), file_name=name, content_type=CONTENT_TYPE)


class MeetingAddView(DialogueFormPage):
    policy_action = ReviewAction.LOG_MEETING
    form_class = MeetingForm
    title = gettext_lazy("Record a meeting")
    template_name = "reviews/meetings/meeting_form.html"
    success_message = gettext_lazy("The meeting has been recorded.")

    def get_form_kwargs(self) -> dict[str, Any]:
        # Whom a State consults at home the others do not learn, from this record neither.
        offered = participants_visible_to(self.user, self.review).exclude(role=ParticipationRole.NATIONAL_CONTRIBUTOR)
        return {**super().get_form_kwargs(), "participations": list(offered)}

    @property
    def planned(self) -> PlannedMeeting | None:
        """The meeting that was agreed and is to be recorded; None for any other."""
        return self.named_meeting

    def get_initial(self) -> dict[str, Any]:
        initial = super().get_initial()
        if self.planned is None:
            return initial
        # Where it is held it may be a day later than here, and the log takes no day to come.
        held_on = min(self.planned.local_start.date(), timezone.localdate())
        return {**initial, "held_on": held_on, "means": self.planned.means}

    def perform(self, form: MeetingForm) -> DialogueMeeting:
        if self.planned is not None:
            return record_planned_meeting(actor=self.user, meeting=self.planned, **form.cleaned_data)
        return log_meeting(actor=self.user, review=self.review, **form.cleaned_data)
