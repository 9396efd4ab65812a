"""What is said of answers that were taken over: in the frozen document, and in words to whoever reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.language.i18n import in_own_order
from core.templatetags.components import date_words
from questionnaires.definitions import Item, index_of
from questionnaires.responses.models import Response
from questionnaires.reuse.enums import Reuse
from questionnaires.reuse.origins import Origin, origins_in
from questionnaires.wording import full_number

KEY = "taken_over"


def frozen_origins(response: Response, answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A key of the document that is sent, where anything of it was taken over: from where each such answer came.

    Where there is nothing to say there is no key: documents of before are made as they were, with the same hash.
    """
    origins = origins_in(response)
    items = index_of(response.version_id).items
    said = [said_of(origins[answer["code"]], items) for answer in answers if answer["code"] in origins]
    return {KEY: said} if said else {}


def said_of(origin: Origin, items: Mapping[str, Item]) -> dict[str, Any]:
    """What a document says of where an answer came from."""
    row = origin.row
    said = {
        "code": origin.code,
        "how": str(origin.how.value),
        "review": row.source_review,
        "question": row.source_code,
        "number": row.source_number,
        "on": row.created_at.isoformat(),
    }
    if row.source_sent_at is None:
        said["question_number"] = full_number(items[row.source_code]) if row.source_code in items else row.source_code
        return {**said, "is_changed": True} if origin.is_changed else said
    return {**said, "sha256": row.source_sha256, "sent_at": row.source_sent_at.isoformat()}


def origin_words(said: Mapping[str, Any]) -> str:
    """The same in the reader's words."""
    facts = {
        "review": in_own_order(str(said["review"])),
        "number": said["number"],
        "question": in_own_order(str(said.get("question_number", said["question"]))),
        "sent": _day(said.get("sent_at")),
        "on": _day(said["on"]),
    }
    if said["how"] == Reuse.KEPT:
        words = _("Kept from the review %(review)s (version %(number)s, sent on %(sent)s); still correct as of %(on)s.")
    elif said["how"] == Reuse.EDITED:
        words = _("Taken from the review %(review)s (version %(number)s, sent on %(sent)s) on %(on)s, and edited.")
    elif said.get("is_changed"):
        words = _("Begun on %(on)s with the answer to question %(question)s, and changed since.")
    else:
        words = _("The same answer as to question %(question)s, given here as well on %(on)s.")
    return words % facts


def words_of(origin: Origin, items: Mapping[str, Item]) -> str:
    return origin_words(said_of(origin, items))


def _day(moment: Any) -> str:
    at = parse_datetime(str(moment)) if moment else None
    return date_words(timezone.localtime(at).date()) if at else ""
