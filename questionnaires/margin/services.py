"""Writing, mending and resolving margin notes; whoever is mentioned is told by mail, without a word of the note."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.policy import require
from questionnaires.definitions import index_of
from questionnaires.definitions.enums import QuestionKind, ResponseAction
from questionnaires.margin.models import MarginMention, MarginNote, MarginThread
from questionnaires.margin.selectors import addressable, codes_of, mentionable
from questionnaires.responses import forget_parts_sent, sheet_of, target_of
from questionnaires.responses.models import Response
from reviews.cases import tell
from reviews.cases.enums import News, Side
from reviews.discussion import clean_note, named_in, require_unresolved, turn
from reviews.participation import participants_of


@transaction.atomic
def start_thread(
    *,
    actor: User,
    response: Response,
    code: str,
    text: str,
    to: UUID | None = None,
    mentioned: Sequence[UUID] = (),
    version: str = "",
) -> MarginThread:
    """Write the first note at a question, for those who draft, or ``to`` a contributor with whom the question is.

    That of a contributor is addressed to him or her, and read by those who draft. ``version``: the number of the one
    in which the page has shown the question, where it says so. Raises ServiceError with the field, and OutdatedError
    where the self-assessment has moved meanwhile.
    """
    require(actor, ResponseAction.NOTE, target_of(response, code))
    index, sheet = index_of(response.version_id), sheet_of(actor, response)
    if version not in {"", str(index.number)}:
        message = _("The self-assessment has moved to another version of the questionnaire since. Look again.")
        raise OutdatedError(message)
    if index.items[code].kind == QuestionKind.GROUP:
        raise ServiceError(_("This line only heads the questions under it."))
    if not sheet.is_official:
        to = sheet.participation_id
    elif to is not None and to not in {row.pk for row in addressable(response, code)}:
        raise ServiceError(_("The question is not with this contributor any more."), field="to")
    thread = MarginThread.objects.create(
        review_id=response.review_id,
        room_id=response.room_id,
        language=response.language,
        response=response,
        question_id=index.question_ids[code],
        participation_id=to,
    )
    _add(actor, thread, code, text, mentioned)
    return thread


@transaction.atomic
def reply_in_thread(*, actor: User, thread: MarginThread, text: str, mentioned: Sequence[UUID] = ()) -> MarginNote:
    """Write one more note. Raises ServiceError where a colleague has resolved the thread meanwhile."""
    locked, code = _locked(actor, thread)
    require_unresolved(is_resolved=locked.resolved_at is not None)
    return _add(actor, locked, code, text, mentioned)


@transaction.atomic
def edit_note(*, actor: User, note: MarginNote, text: str, shown: str) -> None:
    """Mend one's own note, for a while. ``shown``: it ``as_shown`` by the page.

    Whoever is named with an @ for the first time is told, and nobody else.
    """
    thread, code = _locked(actor, note.thread)
    row = MarginNote.objects.select_for_update().get(pk=note.pk)
    if row.written_by_id != actor.pk or not row.is_editable:
        raise ServiceError(_("A note can be changed by who wrote it, within 15 minutes."))
    if row.as_shown != shown:
        raise OutdatedError(_("You have changed this note on another page since. Look at it again."))
    row.text = clean_note(text)
    row.edited_at = timezone.now()
    row.save(update_fields=["text", "edited_at", "updated_at"])
    row.thread = thread
    people = mentionable(actor, thread.response, _still_with(thread, code))
    told = set(row.mentions.values_list("user", flat=True))
    _mention(row, code, [each for each in named_in(row.text, people) if each.pk not in told])
    facts = {"question": code, "thread": str(row.thread_id), "note": str(row.pk)}
    audit.record(actor, "questionnaires.response.note_changed", note.thread.response, after=facts)


@transaction.atomic
def resolve_thread(*, actor: User, thread: MarginThread, is_resolved: bool) -> bool:
    """Say that a matter is settled, or is not; False where it was so before."""
    locked, code = _locked(actor, thread)
    if (locked.resolved_at is not None) == is_resolved:
        return False
    turn(locked, actor, is_resolved=is_resolved)
    verb = "resolved" if is_resolved else "reopened"
    facts = {"question": code, "thread": str(locked.pk)}
    audit.record(actor, f"questionnaires.response.thread_{verb}", locked.response, after=facts)
    return True


def look_at_mentions(user: User, response: Response, threads: Iterable[MarginThread] | None = None) -> None:
    """What mentions the person in these threads (or in any) is no task any more; by the policy's leave to read them."""
    rows = MarginMention.objects.filter(user=user, seen_at=None, review=response.review_id)
    if threads is not None:
        rows = rows.filter(note__thread__in=list(threads))
    rows.update(seen_at=timezone.now(), updated_at=timezone.now())


def _locked(actor: User, thread: MarginThread) -> tuple[MarginThread, str]:
    """The same, locked, with the code of its question now, about which the policy has been asked."""
    row = MarginThread.objects.select_for_update(of=("self",)).select_related("question").get(pk=thread.pk)
    row.response = thread.response
    placed = codes_of(thread.response, [(row.pk, row.question.version_id, row.question.code)])
    code = placed.get(row.pk)
    if code is None:
        raise ServiceError(_("The question has no place any more: these notes are kept as they are."))
    forget_parts_sent()  # it may have waited for whoever takes the part back
    require(actor, ResponseAction.NOTE, target_of(thread.response, code))
    return row, code


def _add(actor: User, thread: MarginThread, code: str, text: str, mentioned: Sequence[UUID]) -> MarginNote:
    response = thread.response
    note = MarginNote.objects.create(
        review_id=thread.review_id,
        room_id=thread.room_id,
        language=thread.language,
        thread=thread,
        text=clean_note(text),
        written_by=actor,
    )
    _mention(note, code, _mentioned(actor, thread, code, note.text, mentioned))
    facts = {"question": code, "thread": str(thread.pk), "note": str(note.pk)}
    audit.record(actor, "questionnaires.response.noted", response, after=facts)
    return note


def _mention(note: MarginNote, code: str, people: Sequence[User]) -> None:
    """Keep that a note mentions people, and tell them."""
    MarginMention.objects.bulk_create(
        MarginMention(review_id=note.review_id, room_id=note.room_id, language=note.language, note=note, user=person)
        for person in people
    )
    tell(
        people,
        note.thread.response.review,
        News.NOTE_MENTIONS,
        page="questionnaires:margin-notes",
        args=(code,),
        key=str(note.pk),
        is_private=True,
    )


def _mentioned(actor: User, thread: MarginThread, code: str, text: str, chosen: Sequence[UUID]) -> list[User]:
    """Who was chosen, or is named with an @ in the text; and whoever would not hear of it otherwise.

    That is the contributor to whom a thread is addressed, as long as he or she has the question; and of what a
    contributor writes, those who have written to him or her there, or the focal points.
    """
    to = _still_with(thread, code)
    people = mentionable(actor, thread.response, to)
    wanted = {*chosen, *(each.pk for each in named_in(text, people))}
    if not sheet_of(actor, thread.response).is_official:
        known = {each.pk for each in people}
        writers = [each for each in _writers(thread) if each != actor]
        people = [*people, *(each for each in writers if each.pk not in known)]
        wanted |= {each.pk for each in writers}
        if not wanted & {each.pk for each in people}:
            wanted |= known
    elif to is not None:
        wanted.add(thread.participation.user_id)  # type: ignore[union-attr]
    return [each for each in people if each.pk in wanted]


def _still_with(thread: MarginThread, code: str) -> UUID | None:
    """The contributor to whom a thread is addressed, as long as he or she has the question."""
    to = thread.participation_id
    return to if to is not None and to in {row.pk for row in addressable(thread.response, code)} else None


def _writers(thread: MarginThread) -> list[User]:
    """Those of the State who have written in a thread and take part for it still."""
    wrote = MarginNote.objects.filter(thread=thread, written_by=OuterRef("user"))
    rows = participants_of(thread.response.review).filter(Exists(wrote), side=Side.UNDER_REVIEW)
    return [row.user for row in rows.select_related("user")]
