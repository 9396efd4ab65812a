"""The threads that a reader has before him or her, and whom a note may mention."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404

from accounts.people.models import User
from core.database.made_once import MadeOnce
from questionnaires.assignments import contributors_of
from questionnaires.definitions import Item, index_of, moves_of
from questionnaires.margin.models import MarginMention, MarginNote, MarginThread
from questionnaires.responses import Sheet, sections_visible_to, sheet_of
from questionnaires.responses.models import Response, SectionAssignment
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.discussion import people_by_name
from reviews.participation import participants_of

_DRAFT = (ParticipationRole.FOCAL_POINT, ParticipationRole.GOVERNMENTAL_EXPERT, ParticipationRole.OBSERVER)


def threads_of(response: Response, sheet: Sheet) -> QuerySet[MarginThread]:
    """All for those who read the whole draft; for a contributor those addressed to him or her.

    Whether the question is with the contributor still, the caller looks at by its code.
    """
    rows = MarginThread.objects.filter(response=response)
    return rows if sheet.is_official else rows.filter(participation=sheet.participation_id)


def codes_of(response: Response, threads: Iterable[tuple[UUID, UUID, str]]) -> dict[UUID, str]:
    """By key of a thread, the code under which its question stands now; from (key, version, code) of each.

    Without those whose question has no place in the version of now. No query where the response has not moved.
    """
    moves: dict[UUID, Any] = {}
    found = {}
    for key, version, code in threads:
        if version != response.version_id:
            if version not in moves:
                moves[version] = moves_of(version, response.version_id)
            new = moves[version][code].new
            if new is None:
                continue
            found[key] = new.code
        else:
            found[key] = code
    return found


def open_notes(response: Response, sheet: Sheet) -> dict[str, int]:
    """By code of the question, how many threads are open that the reader sees; one query."""
    if sheet.is_official:
        threads = _OPEN_OF_ALL.rows(response=response.pk)
    else:
        threads = _OPEN_TO_ONE.rows(response=response.pk, participation=sheet.participation_id)
    return dict(Counter(codes_of(response, threads).values()))


def _places_of(response: Response, threads: QuerySet[MarginThread]) -> dict[UUID, str]:
    """By key of a thread, the code under which its question stands now; one query, which reads no note."""
    return codes_of(response, _places(threads))


def _places(threads: QuerySet[MarginThread]) -> QuerySet[MarginThread, tuple[UUID, UUID, str]]:
    return threads.order_by().values_list("pk", "question__version", "question__code")


def _open(response: UUID) -> QuerySet[MarginThread]:
    return MarginThread.objects.filter(response=response, resolved_at=None)


_OPEN_OF_ALL: MadeOnce[tuple[UUID, UUID, str]] = MadeOnce(lambda response: _places(_open(response)))
_OPEN_TO_ONE: MadeOnce[tuple[UUID, UUID, str]] = MadeOnce(
    lambda response, participation: _places(_open(response).filter(participation=participation))
)


def _with_notes(threads: QuerySet[MarginThread]) -> list[MarginThread]:
    """With all that a page shows of them, the open ones first; two queries."""
    notes = MarginNote.objects.select_related("written_by").order_by("created_at")
    related = ("question", "participation__user", "resolved_by")
    rows = threads.select_related(*related).prefetch_related(Prefetch("notes", notes)).order_by("created_at")
    return sorted(rows, key=lambda each: each.resolved_at is not None)


def threads_at(response: Response, sheet: Sheet, code: str) -> list[MarginThread]:
    """Those at one question, the open ones first, each from its first note on. The caller asks the policy for it."""
    threads = threads_of(response, sheet)
    here = [key for key, place in _places_of(response, threads).items() if place == code]
    return _with_notes(threads.filter(pk__in=here))


@dataclass(frozen=True, slots=True)
class QuestionThreads:
    """The threads at a question; ``item`` is None for those whose question has no place any more."""

    item: Item | None
    address: tuple[str, str] | None
    threads: Sequence[MarginThread]

    @property
    def still_open(self) -> "QuestionThreads":
        return replace(self, threads=[thread for thread in self.threads if thread.resolved_at is None])


def threads_by_question(user: User, response: Response) -> list[QuestionThreads]:
    """In the order of the questionnaire, all that the reader sees.

    Those who draft see last what is at questions that have no place any more.
    """
    sheet, by_code = sheet_of(user, response), defaultdict(list)
    threads = threads_of(response, sheet)
    codes = _places_of(response, threads)
    places = sections_visible_to(user, response)
    seen = [(item, place.address) for place in places for item in place.section.items]
    if not sheet.is_official:
        known = {item.code for item, _address in seen}
        threads = threads.filter(pk__in=[key for key, code in codes.items() if code in known])
    for thread in _with_notes(threads):
        by_code[codes.get(thread.pk, "")].append(thread)
    found = [QuestionThreads(item, address, by_code.pop(item.code)) for item, address in seen if item.code in by_code]
    left = [thread for threads_left in by_code.values() for thread in threads_left]
    return [*found, QuestionThreads(None, None, left)] if left else found


def get_thread(response: Response, sheet: Sheet, code: str, key: UUID) -> MarginThread:
    """One at a question. Raises Http404 where there is none that the writer of the sheet may see."""
    threads = threads_of(response, sheet).filter(pk=key)
    if _places_of(response, threads).get(key) != code:
        raise Http404
    return _with_notes(threads)[0]


def get_own_note(user: User, thread: MarginThread, key: UUID) -> MarginNote:
    """Raises Http404 for a note of somebody else."""
    for note in thread.notes.all():
        if note.pk == key and note.written_by_id == user.pk:
            return note
    raise Http404


def mentionable(user: User, response: Response, to: UUID | None) -> list[User]:
    """Whom ``user`` may mention in a thread addressed to ``to`` (None: to nobody), by name.

    Those of the State who would see it; a contributor knows of the focal points alone. Nobody mentions oneself.
    """
    own = participants_of(response.review).filter(side=Side.UNDER_REVIEW)
    if sheet_of(user, response).is_official:
        rows = own.filter(role__in=_DRAFT)
        more = contributors_of(response.review).filter(pk=to) if to else Participation.objects.none()
    else:
        rows, more = own.filter(role=ParticipationRole.FOCAL_POINT), Participation.objects.none()
    return people_by_name([row for part in (rows, more) for row in part.select_related("user")], but=user)


def addressable(response: Response, code: str) -> list[Participation]:
    """The contributors with whom a question is, to whom a thread at it may be addressed, by ministry."""
    index = index_of(response.version_id)
    place = index.section_of[code]
    heads = {head for head in index.items if code == head or code.startswith(f"{head}.")}
    keys = [index.question_ids[head] for head in heads]
    sent = SectionAssignment.objects.filter(response=response, section=place.pk)
    sent = sent.filter(Q(question=None) | Q(question__in=keys))
    found = contributors_of(response.review).filter(pk__in=sent.values("participation")).select_related("user")
    return sorted(found, key=lambda row: (row.user.organization, row.user.full_name))


def unseen_mentions(user: User, reviews: Iterable[Review]) -> Mapping[UUID, int]:
    """By review, in how many notes ``user`` is mentioned that he or she has not looked at; one query."""
    rows = MarginMention.objects.filter(user=user, seen_at=None, review__in=list(reviews))
    return dict(rows.order_by().values_list("review").annotate(number=Count("pk")))
