"""The messages that a reader may read, by thread; what is drafted in other rooms is not in the query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField, UUIDField
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from accounts.people.models import User
from core import context
from core.database.identity import found_for_policy
from core.errors import found
from core.language.rendering import as_words
from core.language.searching import SearchPassage, words_found
from dialogue.slips.models import DeskVisit
from dialogue.threads.matters import Matter, key_of, keys_at, matters_of
from dialogue.threads.models import DialogueMessage, ReleaseByExperts
from reviews.capacities import capacity_of
from reviews.cases.models import Review
from reviews.drafts import get_piece, readable
from reviews.visibility import states_taking_part

VISITS = "threads"  # what stands before the key of a thread where a visit to it is noted
_THREADS, _BESIDE = "threads of a review", "threads beside"  # under which words ``core.context`` keeps them
_RELATED = ("state_party", "thread__state_party", "written_by", "released_by", "closed_for")


@dataclass(frozen=True, slots=True)
class ThreadOf:
    """A thread as a reader finds it: its first message, and all that he or she may read of it, in order of time.

    ``new``: how many of other States have come since the reader was there.
    """

    first: DialogueMessage
    messages: Sequence[DialogueMessage]
    new: int = 0

    @property
    def released(self) -> list[DialogueMessage]:
        return [row for row in self.messages if row.sent_at is not None]

    @property
    def drafts(self) -> list[DialogueMessage]:
        return [row for row in self.messages if row.sent_at is None]

    @property
    def last(self) -> DialogueMessage:
        """The last that was released; of one that was not begun yet, the draft."""
        return self.released[-1] if self.released else self.messages[-1]

    @property
    def is_closed(self) -> bool:
        return self.first.closed_at is not None


def messages_visible_to(user: User, review: Review) -> QuerySet[DialogueMessage]:
    """Those that were released, and what lies in the rooms that the reader reads; in order of time."""
    rows = readable(DialogueMessage.objects.select_related(*_RELATED), user, review)
    return rows.order_by(Coalesce("sent_at", "created_at"), "pk")


def threads_of(user: User, review: Review) -> list[ThreadOf]:
    """All of a review, without their words, in the order in which they began; one query, once for each request."""
    found: list[ThreadOf] = context.looked_up((_THREADS, user.pk, review.pk), lambda: _threads(user, review))
    return found


def _threads(user: User, review: Review) -> list[ThreadOf]:
    rows = messages_visible_to(user, review).defer("text", "text_html", "thread__text", "thread__text_html")
    own = capacity.state_party_id if (capacity := capacity_of(user, review)) else None
    by_thread: defaultdict[UUID, list[DialogueMessage]] = defaultdict(list)
    for row in rows.annotate(is_unseen=~Exists(_visits_since(user))):
        row.review = review
        by_thread[row.thread_id or row.pk].append(row)
    threads = []
    for messages in by_thread.values():
        new = [row for row in messages if row.sent_at and row.state_party_id != own and row.is_unseen]  # type: ignore[attr-defined]
        first = next((row for row in messages if row.thread_id is None), messages[0].first)
        threads.append(ThreadOf(first, messages, len(new) if own is not None else 0))
    return threads


def _visits_since(user: User) -> QuerySet[DeskVisit]:
    """The reader's visits to the thread of an outer message, since that was released."""
    key = Coalesce(OuterRef("thread"), OuterRef("pk"), output_field=UUIDField())
    section = Concat(Value(f"{VISITS}/"), Cast(key, CharField()))
    return DeskVisit.objects.filter(
        user=user, review=OuterRef("review"), section=section, seen_at__gte=OuterRef("sent_at")
    )


def threads_about(user: User, review: Review, subject: str, key: str) -> list[ThreadOf]:
    """Those on one matter, by what stands for it in an address, and on what that stands in place of."""
    rows = [row for row in threads_of(user, review) if row.first.subject == subject]
    keys = keys_at(review, subject, key) if rows else ()
    return [row for row in rows if key_of(subject, row.first.matter) in keys]


@dataclass(frozen=True, slots=True)
class ThreadBeside:
    """What stands of a thread beside its matter: how many messages were released, and are new to the reader."""

    pk: UUID
    subject: str
    matter: str
    released: int
    new: int


def message_facts(user: User, review: Review) -> QuerySet[DialogueMessage, Any]:
    """What ``threads_from`` is given, a row for each message that the reader may read; for a query of its own or within
    another.
    """
    capacity = capacity_of(user, review)
    own = capacity.state_party_id if capacity else None
    is_released, is_unseen = Q(sent_at__isnull=False), ~Exists(_visits_since(user))
    rows = messages_visible_to(user, review).select_related(None)
    rows = rows.annotate(
        is_released=_is(is_released), is_new=_is(is_released & ~Q(state_party=own) & is_unseen) if own else Value(False)
    )
    return rows.values_list(
        JSONObject(
            thread=Coalesce("thread", "pk", output_field=UUIDField()),
            subject=Coalesce("thread__subject", "subject"),
            matter=Coalesce("thread__matter", "matter"),
            released="is_released",
            new="is_new",
        ),
        flat=True,
    )


def threads_from(facts: Iterable[Mapping[str, Any]]) -> list[ThreadBeside]:
    """By thread what ``message_facts`` gives by message."""
    by_thread: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in facts:
        by_thread[row["thread"]].append(row)
    found = []
    for key, rows in by_thread.items():
        released, new = (sum(row[name] for row in rows) for name in ("released", "new"))
        found.append(ThreadBeside(UUID(key), rows[0]["subject"], rows[0]["matter"], released, new))
    return found


def keep_threads(user: User, review: Review, facts: Iterable[Mapping[str, Any]]) -> None:
    """For ``threads_beside``, where another query has brought them along."""
    context.keep((_BESIDE, user.pk, review.pk), threads_from(facts))


def threads_beside(user: User, review: Review, subject: str, key: str) -> list[ThreadBeside]:
    """Those on one matter, and on what it stands in place of; one query for a whole page, or none."""
    found: list[ThreadBeside] = context.looked_up(
        (_BESIDE, user.pk, review.pk), lambda: threads_from(message_facts(user, review))
    )
    rows = [row for row in found if row.subject == subject]
    keys = keys_at(review, subject, key) if rows else ()
    return [row for row in rows if key_of(subject, row.matter) in keys]


def threads_opened(user: User, review: Review) -> QuerySet[DialogueMessage]:
    """The first messages of threads that lie on the table, in order of time.

    Not what another State has released and nobody has opened: it may still be recalled.
    """
    rows = messages_visible_to(user, review).filter(thread=None, room=None)
    capacity = capacity_of(user, review)
    own = Q(state_party=capacity.state_party_id) if capacity is not None else Q(pk__in=[])
    return rows.filter(own | Q(opened_at__isnull=False))


def messages_found(user: User, review: Review, text: str) -> dict[UUID, tuple[UUID, str]]:
    """By thread the first message that holds the words of ``text``, and what stands around them.

    Not what another State has released and nobody has opened: to find a word is to read of it, and that may still be
    recalled.
    """
    rows = messages_visible_to(user, review).select_related(None)
    if (capacity := capacity_of(user, review)) is not None:
        own = Q(state_party=capacity.state_party_id)
        rows = rows.filter(Q(room__isnull=False) | Q(opened_at__isnull=False) | own)
    passages = [SearchPassage((row.thread_id or row.pk, row.pk), row.language, as_words(row.text)) for row in rows]
    found: dict[UUID, tuple[UUID, str]] = {}
    for (thread, pk), around in words_found(passages, text).items():
        found.setdefault(thread, (pk, around))
    return found


def matters_in(user: User, review: Review, threads: Iterable[ThreadOf]) -> Mapping[tuple[str, str], Matter]:
    return matters_of(user, review, {(row.first.subject, row.first.matter) for row in threads})


def get_message_for(user: User, review: Review, pk: UUID) -> DialogueMessage:
    """Raises Http404 for a draft of another State."""
    related = (*_RELATED, "review__mechanism", "review__step", "review__state_under_review", "opened_by")
    row = get_piece(DialogueMessage.objects.select_related(*related), user, review, pk=pk)
    return _with_review(row)


def get_thread_for(user: User, review: Review, pk: UUID) -> DialogueMessage:
    """The message that a thread began with. Raises Http404 for a draft of another State, and for another message."""
    row = get_message_for(user, review, pk)
    return found(row if row.thread_id is None else None)


def _with_review(row: DialogueMessage) -> DialogueMessage:
    if row.thread is not None:
        row.thread.review = row.review
    return row


def messages_in(user: User, first: DialogueMessage) -> list[DialogueMessage]:
    """Those of a thread that the reader may read, with their words; the caller has obtained the thread."""
    rows = messages_visible_to(user, first.review).filter(Q(pk=first.pk) | Q(thread=first))
    messages = list(rows.select_related(*_RELATED, "opened_by"))
    for row in messages:
        row.review = first.review
        if row.thread_id is not None:
            row.thread = first
    return messages


def own_draft_in(user: User, first: DialogueMessage) -> DialogueMessage | None:
    """What the reader's own State drafts below a thread."""
    capacity = capacity_of(user, first.review)
    if capacity is None:
        return None
    return found_for_policy(DialogueMessage.objects.filter(thread=first, room=capacity.state_party_id).first)


def release_choices(review: Review) -> QuerySet[ReleaseByExperts]:
    """The States that take part in a review and let their experts release, with who has chosen so."""
    own = states_taking_part(review)
    standing = ReleaseByExperts.objects.filter(review=review, state_party__in=own, ended_at=None)
    return standing.select_related("state_party", "chosen_by").order_by("state_party__iso3")


def open_threads(reviews: Iterable[Review]) -> defaultdict[UUID, frozenset[UUID]]:
    """Keys of the threads that were begun and are not closed, by review; one query."""
    opened: defaultdict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    rows = DialogueMessage.objects.filter(thread=None, room=None, closed_at=None)
    for review, key in rows.filter(review__in=[review.pk for review in reviews]).values_list("review", "pk"):
        opened[review] |= {key}
    return opened


def unsent_messages(review: Review) -> QuerySet[DialogueMessage]:
    """What the reviewing States have written and not released, whoever asks; not what one that has left had written."""
    return DialogueMessage.objects.filter(review=review, room__in=review.reviewing_states.values("state_party"))


@dataclass(frozen=True, slots=True)
class MessagesWaiting:
    """What waits in one review: drafts of the own State, since when, and messages of others that the reader has not
    seen. ``by_experts``: the own State lets its experts release."""

    drafts: int = 0
    since: dt.datetime | None = None
    new: int = 0
    by_experts: bool = False


def messages_waiting(user: User, own: Mapping[UUID, UUID]) -> dict[UUID, MessagesWaiting]:
    """By review, for ``own``: the State of the reader in each; one query. No draft waits in a thread that is closed."""
    rows = (
        DialogueMessage.objects.filter(review__in=own)
        .exclude(room__isnull=False, thread__closed_at__isnull=False)
        .annotate(is_seen=Exists(_visits_since(user)), by_experts=Exists(_chosen()))
        .order_by()
        .values("review", "state_party", "room", "is_seen", "by_experts")
        .annotate(number=Count("pk"), since=Min("created_at"))
    )
    waiting: dict[UUID, MessagesWaiting] = {}
    for row in rows:
        review, is_own = row["review"], row["state_party"] == own[row["review"]]
        before = waiting.get(review, MessagesWaiting())
        if is_own and row["room"] is not None:
            waiting[review] = MessagesWaiting(row["number"], row["since"], before.new, row["by_experts"])
        elif not is_own and row["room"] is None and not row["is_seen"]:
            new = before.new + row["number"]
            waiting[review] = MessagesWaiting(before.drafts, before.since, new, before.by_experts)
    return waiting


def _is(condition: Any) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _chosen() -> QuerySet[ReleaseByExperts]:
    return ReleaseByExperts.objects.filter(
        review=OuterRef("review"), state_party=OuterRef("state_party"), ended_at=None
    )
