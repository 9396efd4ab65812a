"""What this feature declares to the kernel: how its acts are called in the record, where they are kept, who may."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit, policy as table
from core.language.searching import is_long_enough
from core.policy import can
from dialogue.threads import policy
from dialogue.threads.models import DialogueMessage
from dialogue.threads.selectors import matters_in, messages_found, threads_of, unsent_messages
from dialogue.threads.services import follow_team
from reviews.capacities import place_of_piece
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.drafts import register_drafts
from reviews.navigation import (
    PlaceOfReview,
    ReviewPart,
    ReviewTab,
    open_to_readers,
    register_places,
    register_tab,
)
from reviews.opening import follows_team

VERBS = {
    "dialogue.message.drafted": _("drafted a message of the dialogue"),
    "dialogue.message.discarded": _("discarded a drafted message of the dialogue"),
    "dialogue.message.released": _("released a message of the dialogue"),
    "dialogue.message.recalled": _("recalled a message of the dialogue"),
    "dialogue.thread.closed": _("closed a thread of messages"),
    "dialogue.thread.reopened": _("opened a closed thread of messages again"),
    "dialogue.release.chosen": _("chose whether the experts of a State release its messages"),
}


def _places(user: Any, review: Review, text: str) -> Iterator[PlaceOfReview]:
    """The threads in whose messages the words stand, or whose matter they name; no query without words."""
    if not is_long_enough(text) or not can(user, ReviewAction.READ_TABLE, review):
        return
    threads, wanted = threads_of(user, review), text.casefold()
    matters, said = matters_in(user, review, threads), messages_found(user, review, text) if threads else {}
    for row in threads:
        first, title = row.first, matters[row.first.subject, row.first.matter].title
        url = reverse("dialogue:thread", args=[review.mechanism.slug, review.code, first.pk])
        if first.pk in said:
            message, around = said[first.pk]
            yield PlaceOfReview(title, f"{url}#message-{message}", _("Messages"), around)
        elif wanted in title.casefold():
            yield PlaceOfReview(title, url, _("Messages"))


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(DialogueMessage, place_of_piece)
    register_drafts(unsent_messages)
    register_places(_places)
    follows_team(follow_team)
    register_tab(ReviewTab(ReviewPart.DIALOGUE, 25, _("Messages"), open_to_readers("dialogue:thread-list")))
