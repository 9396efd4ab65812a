"""Messages of the demo: a thread on a feedback, with a draft of a third State, and an internal note."""

from accounts.people.models import User
from accounts.states.models import StateParty
from dialogue.asides import begin_aside
from dialogue.threads import begin_thread, draft_message, release_message
from dialogue.threads.models import DialogueMessage
from portal.demo.teams import Teams
from reviews.cases.models import Review
from reviews.drafts import shown_in_room, shown_on_table

_ASKED = (
    "Your feedback says that few requests for mutual legal assistance rest on the Convention alone. Do you mean those "
    "that we have received, or those that we have sent? We keep figures for the second only since last year."
)
_ANSWERED = (
    "Those that you have received. For the others the figures in the supplementary information are enough for us, and "
    "we have nothing to add."
)
_DRAFTED = "We would be glad to have the figures for both, by instrument, as far as your courts keep them."
_INTERNAL = "They keep figures for one year only. Do we mention that in the observation, or ask first?"


def discuss(review: Review, teams: Teams) -> None:
    """The State under review asks, the first reviewing State answers, the second has something that is not released."""
    first, second = teams.reviewing
    subject, key = "feedback", first.state.iso3
    writer = teams.own.experts[0]
    shown = shown_in_room(review, teams.own.state.pk)
    thread = begin_thread(actor=writer, review=review, subject=subject, key=key, text=_ASKED, shown=shown)
    _release(teams.own.focal_point, thread)
    _release(first.focal_point, _write(first.experts[0], first.state, thread, _ANSWERED))
    _write(second.experts[0], second.state, thread, _DRAFTED)
    about = {"subject": subject, "key": key, "text": _INTERNAL}
    begin_aside(actor=first.experts[0], review=review, mention=first.focal_point.pk, **about)


def _write(actor: User, state: StateParty, thread: DialogueMessage, text: str) -> DialogueMessage:
    return draft_message(actor=actor, thread=thread, text=text, shown=shown_in_room(thread.review, state.pk))


def _release(actor: User, message: DialogueMessage) -> None:
    shown, number = shown_on_table(message.review), message.next_number
    release_message(actor=actor, message=message, base=message.revision, number=number, shown=shown)
