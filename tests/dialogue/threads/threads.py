"""Messages of the dialogue as written and released by people who look and act in the same moment."""

from typing import Any

from core.database.identity import identified_as_system
from dialogue.threads import services
from dialogue.threads.models import DialogueMessage
from reviews.cases.models import Review
from reviews.drafts.situations import shown_in_room, shown_of, shown_on_table
from tests import journey
from tests.at_once import _own_room

QUESTION = "I.untoc.23"


def now(message: DialogueMessage) -> DialogueMessage:
    with identified_as_system():
        related = ("review__mechanism", "review__step", "review__state_under_review", "state_party", "thread")
        return DialogueMessage.objects.select_related(*related).get(pk=message.pk)


def begin(
    actor: Any, review: Review, text: str, subject: str = "question", key: str = QUESTION, **more: Any
) -> DialogueMessage:
    with identified_as_system():
        given = {"shown": _own_room(review, actor), **more}
    return services.begin_thread(
        actor=actor, review=journey.fresh(review), subject=subject, key=key, text=text, **given
    )


def reply(actor: Any, thread: DialogueMessage, text: str, **more: Any) -> DialogueMessage:
    with identified_as_system():
        given = {"shown": _own_room(thread.review, actor), **more}
    return services.draft_message(actor=actor, thread=now(thread), text=text, **given)


def edit(actor: Any, message: DialogueMessage, text: str, **more: Any) -> DialogueMessage:
    with identified_as_system():
        row = now(message)
        given = {"base": row.revision, "shown": shown_of(row), **more}
    return services.edit_message(actor=actor, message=row, text=text, **given)


def release(actor: Any, message: DialogueMessage, **more: Any) -> DialogueMessage:
    with identified_as_system():
        row = now(message)
        given = {"base": row.revision, "number": row.next_number, "shown": shown_on_table(row.review), **more}
    return services.release_message(actor=actor, message=row, **given)


def recall(actor: Any, message: DialogueMessage, **more: Any) -> DialogueMessage:
    row = now(message)
    return services.recall_message(actor=actor, message=row, **{"reason": "A slip.", "number": row.times_sent, **more})


def let_experts(actor: Any, review: Review, by_experts: bool = True) -> bool:
    return services.choose_release(actor=actor, review=journey.fresh(review), by_experts=by_experts)


def room_of(review: Review, state: Any) -> Any:
    return shown_in_room(review, state.pk)
