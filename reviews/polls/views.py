"""Pages of polls: to ask which times suit, to answer, to change them, to pick one and to withdraw."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import OutdatedError, ServiceError
from core.policy import require
from core.web.forms import AccessibleForm
from reviews.capacities import own_state_of
from reviews.meetings import DialogueFormPage, RevisionForm
from reviews.meetings.enums import MeetingAction
from reviews.meetings.models import PlannedMeeting
from reviews.polls.enums import PollAction, PollStatus
from reviews.polls.forms import PickForm, PollAnswerForm, PollForm, WithdrawPollForm
from reviews.polls.models import MeetingPoll
from reviews.polls.selectors import Poll, get_poll, poll_as_it_stands
from reviews.polls.services import (
    StalePollError,
    answer_poll,
    change_poll,
    pick_slot,
    propose_poll,
    withdraw_poll,
)

_DURATION = 60  # minutes, until somebody says otherwise


class _PollForm(DialogueFormPage):
    template_name = "reviews/polls/poll_form.html"
    success_message = gettext_lazy("It is noted. Whoever asked is told when every State has answered.")

    def success_url_for(self, result: object) -> str:
        if isinstance(result, PlannedMeeting):
            return f"{self.dialogue_url()}#planned-{result.pk}"
        return f"{self.dialogue_url()}#polls"


def _speaks_for_a_state(page: DialogueFormPage) -> bool:
    """Officers do not: no State has said anything by what they do."""
    return own_state_of(page.user, page.review) is not None


class PollProposeView(_PollForm):
    policy_action = PollAction.PROPOSE
    form_class = PollForm
    title = gettext_lazy("Ask which times suit")

    @property
    def lead(self) -> str:  # type: ignore[override]
        if _speaks_for_a_state(self):
            asked = _(
                "The focal points and experts of the other States are asked by mail which of the times suit them; to "
                "your own State all of them do."
            )
        else:
            asked = _("The focal points and experts of the States are asked by mail which of the times suit them.")
        if self.meeting is None:
            then = _("When all have answered you pick one, and the invitation to it goes out by itself.")
        else:
            then = _(
                "When all have answered you pick one, and the meeting is moved to it; the States are asked whether "
                "they agree."
            )
        return f"{asked} {then}"

    @cached_property
    def meeting(self) -> PlannedMeeting | None:
        """The meeting that is to be moved, which the reader may change; None for a new one.

        Of what is sent the service asks, whose refusal gives back what was typed.
        """
        if self.named_meeting is not None and self.request.method != "POST":
            require(self.user, MeetingAction.CHANGE, self.named_meeting)
        return self.named_meeting

    def get_initial(self) -> dict[str, Any]:
        initial = {**super().get_initial(), "time_zone": self.own_zone(), "minutes": _DURATION}
        if self.meeting is None:
            return initial
        names = ("time_zone", "minutes", "means", "place", "agenda")
        return {**initial, **{name: getattr(self.meeting, name) for name in names}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=self.meeting, **kwargs)

    def perform(self, form: PollForm) -> MeetingPoll:
        on = {"actor": self.user, "review": self.review, "meeting": self.meeting}
        return propose_poll(**on, given=form.given, shown=form.cleaned_data["shown"])


class _OnePollForm(_PollForm, RevisionForm):
    acts_on = "poll"
    policy_target: MeetingPoll
    rests_on: ClassVar[str] = "standing"
    """The property, and the field of the form, of what beside the times the act rests on."""

    def get_policy_target(self) -> MeetingPoll:
        return get_poll(self.find_review(), self.kwargs["poll"])

    @property
    def poll(self) -> MeetingPoll:
        return self.policy_target

    @cached_property
    def words(self) -> Poll:
        return poll_as_it_stands(self.poll)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["poll"] = self.poll  # in place of its key, which the address gave
        return super().get_context_data(words=self.words, **kwargs)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        super().rest(form, error)
        if isinstance(error, OutdatedError):
            form.carry(**{self.rests_on: error.now})
            self.look_anew()

    @property
    def standing(self) -> str:
        return self.words.standing

    @property
    def is_stale(self) -> bool:
        """Whether what came in rests on other times than those that stand."""
        return self.request.POST.get("base") != str(self.poll.revision)

    def posted_anew(self, about_times: str) -> Any:
        """What came in, resting on what stands; fields whose names begin so are about times of before, and left out."""
        data = self.request.POST.copy()
        for name in [each for each in data if each.startswith(about_times)]:
            del data[name]
        data["base"], data[self.rests_on] = str(self.poll.revision), getattr(self, self.rests_on)
        return data

    def look_anew(self) -> None:
        super().look_anew()
        self.__dict__.pop("words", None)


class PollAnswerView(_OnePollForm):
    policy_action = PollAction.ANSWER
    form_class = PollAnswerForm
    title = gettext_lazy("Say which times suit your State")
    lead = gettext_lazy(
        "A yes binds nobody: whoever asked picks one of the times, and your State is invited to it and answers then. "
        "Until every State has answered you can change what you say."
    )
    rests_on = "said"

    @property
    def said(self) -> str:
        return self.words.said_by(own_state_of(self.user, self.review))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "slots": self.words.slots}

    def get_initial(self) -> dict[str, Any]:
        said = self.words.answer_of(own_state_of(self.user, self.review))
        words = {f"word_{number}": word for number, word in enumerate(said.words, 1)} if said else {}
        return {**super().get_initial(), **words, "note": said.note if said else "", "said": self.said}

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        """Where other times stand by now the form asks about those; the words on the old ones are none on them."""
        if self.is_stale:
            form = PollAnswerForm(self.posted_anew("word_"), slots=self.words.slots)
            form.show_only(StalePollError(self.poll.revision))
        return super().form_invalid(form)

    def success_message_for(self, result: Any) -> str:
        if result.status == PollStatus.CLOSED:
            return _("It is noted. Every State has answered; whoever asked picks a time.")
        return super().success_message_for(result)

    def act(self, form: PollAnswerForm, **on: Any) -> MeetingPoll:
        given = {name: form.cleaned_data[name] for name in ("note", "said", "shown")}
        return answer_poll(**on, words=form.words, **given)


class PollChangeView(_OnePollForm):
    policy_action = PollAction.CHANGE
    form_class = PollForm
    title = gettext_lazy("Change the times")
    lead = gettext_lazy("The other States are asked anew; what they have said of the times before counts no longer.")

    def get_initial(self) -> dict[str, Any]:
        names = ("time_zone", "minutes", "means")
        lines: dict[str, Any] = {}
        for slot in self.poll.slots:
            lines |= {f"day_{slot.number}": slot.local_start.date(), f"at_{slot.number}": slot.local_start.time()}
        about = {name: getattr(self.poll, name) for name in names}
        about |= {"place": self.poll.place_now, "agenda": self.poll.agenda_now}
        return {**super().get_initial(), **lines, **about}

    def act(self, form: PollForm, **on: Any) -> MeetingPoll:
        return change_poll(**on, given=form.given, shown=form.cleaned_data["shown"])


class PollPickView(_OnePollForm):
    policy_action = PollAction.PICK
    form_class = PickForm
    title = gettext_lazy("Pick a time")
    success_message = gettext_lazy("The time is picked. The other States are asked by mail whether they agree to it.")

    @property
    def lead(self) -> str:  # type: ignore[override]
        if self.poll.meeting_id:
            return _("The meeting is moved to the time that you pick, and the other States are asked anew.")
        if not _speaks_for_a_state(self):
            return _("All States are invited to a meeting at the time that you pick.")
        return _("All States are invited to a meeting at the time that you pick; your own has said yes by that.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "slots": self.words.slots}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "standing": self.words.standing}

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        """Where other times stand by now none of them is picked."""
        if self.is_stale:
            form = PickForm(self.posted_anew("slot"), slots=self.words.slots)
            form.show_only(StalePollError(self.poll.revision))
        return super().form_invalid(form)

    def act(self, form: PickForm, **on: Any) -> PlannedMeeting:
        given = {name: form.cleaned_data[name] for name in ("standing", "shown")}
        return pick_slot(**on, number=form.cleaned_data["slot"], **given)


class PollWithdrawView(_OnePollForm):
    policy_action = PollAction.WITHDRAW
    form_class = WithdrawPollForm
    title = gettext_lazy("Withdraw the poll")
    lead = gettext_lazy("The poll ends without a time. Those who were asked are told by mail.")
    success_message = gettext_lazy("The poll is withdrawn. Those who were asked have been told by mail.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_warning=True, **kwargs)

    def act(self, form: WithdrawPollForm, **on: Any) -> MeetingPoll:
        return withdraw_poll(**on, shown=form.cleaned_data["shown"])
