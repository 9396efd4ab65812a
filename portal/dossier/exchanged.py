"""The pieces of the exchange: answers, feedback and replies, clarifications, supplements, meetings."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from core.language.i18n import in_own_order
from core.language.rendering import written_in
from core.policy import can
from core.templatetags.components import date_words
from core.time.dates import moment_on
from dialogue.exchange import (
    clarifications_visible_to,
    drafted_comments,
    feedback_visible_to,
    reply_to,
    supplements_visible_to,
)
from dialogue.exchange.enums import ClarificationSubject, SupplementKind
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    SupplementaryInformation,
    WrittenFeedback,
)
from dialogue.joint import author_words, authors_of, takes_part_in
from portal.dossier.enums import PieceKind
from portal.dossier.pieces import (
    DossierPassage,
    DossierPiece,
    DossierReader,
    StoredFile,
    code_of,
    described,
    facts_said,
    moment,
)
from questionnaires.definitions import instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.laws import sent_law_files
from questionnaires.submissions import VersionHistory, latest_submission
from reviews.meetings import meetings_of
from reviews.minutes import notes_visible_to
from reviews.minutes.enums import NotesStatus
from reviews.programme import question_number

ROOM = "own-room/"  # where drafts lie in the archive


def answers(reader: DossierReader) -> Iterator[DossierPiece]:
    """Each version that stands, as it was frozen; the files of the laws that they cite go with the last."""
    submission = latest_submission(reader.review)
    if submission is None or not can(reader.user, ResponseAction.VIEW_SUBMISSION, submission):
        return
    versions = VersionHistory(submission).versions
    laws = tuple(
        StoredFile(f"laws/{number:03d}{ending_of(row.file.name)}", name, PieceKind.LAW, row.file, row.sha256)
        for number, (row, name) in enumerate(sent_law_files(versions), start=1)
    )
    for version in versions:
        yield DossierPiece(
            kind=PieceKind.ANSWERS,
            place=f"answers/version-{version.number}",
            at=version.sent_at,
            is_day=version.brought_piece_id is not None,
            content=version.document,
            frozen=version.sha256,
            state=reader.review.state_under_review,
            title=_("Version %(number)d") % {"number": version.number},
            files=laws if version is submission else (),
            cleared=(version.pk, version.number),
        )


def feedback(reader: DossierReader) -> Iterator[DossierPiece]:
    """What was sent with the replies to it, and the own drafts of both; three queries, and one for each feedback.

    A joint draft is of each State whose it is, in whose room soever it lies.
    """
    for row in feedback_visible_to(reader.user, reader.review):
        row.review = reader.review
        is_own = takes_part_in(reader.user, row)
        if not (reader.keeps(row) or (row.is_joint and is_own)):
            continue
        yield from _sent_feedback(row, is_own=is_own) if row.sent_at else _drafted_feedback(row)
        reply = reply_to(reader.user, row) if row.sent_at else None
        if reply is None or not reader.keeps(reply):
            continue
        yield DossierPiece(
            kind=PieceKind.REPLY,
            place=f"{ROOM if reply.sent_at is None else ''}feedback/{row.state_party.iso3}-reply",
            at=reply.sent_at or reply.updated_at,
            content={**reply.document(), "sha256": reply.sha256} if reply.is_to_earlier_text else reply.document(),
            frozen="" if reply.sent_at is None or reply.is_to_earlier_text else reply.sha256,
            state=reader.review.state_under_review,
            title=_("To the feedback of %(state)s") % {"state": author_words(row)},
            passages=(DossierPassage(reply.text, reply.language),),
            is_draft=reply.sent_at is None,
            cleared=(reply.pk, reply.times_sent),
            opens=(reply, reader.review.state_under_review_id),
        )


def _by(row: WrittenFeedback) -> dict[str, Any]:
    """Whose it is: of one State, or of all that wrote it together."""
    return {"title": author_words(row)} if row.is_joint else {"state": row.state_party}


def _sent_feedback(row: WrittenFeedback, *, is_own: bool) -> Iterator[DossierPiece]:
    document = row.document or {"comments": []}
    names = instrument_names({each["instrument"] for each in document["comments"]})
    yield DossierPiece(
        kind=PieceKind.FEEDBACK,
        place=f"feedback/{row.state_party.iso3}",
        at=row.sent_at or row.updated_at,
        is_day=row.brought_piece_id is not None,
        content=document,
        frozen=row.sha256,
        **_by(row),
        passages=tuple(
            DossierPassage(
                written_in(each["text"], row.rendered),
                row.language,
                _about(names.get(each["instrument"], ""), each["question"], each["article"]),
            )
            for each in document["comments"]
        ),
        cleared=(row.pk, row.times_sent),
        opens=None if is_own else (row, row.state_party_id),
    )


def _drafted_feedback(row: WrittenFeedback) -> Iterator[DossierPiece]:
    comments = list(drafted_comments(row).exclude(text=""))
    if not comments:
        return
    said = [
        {
            "instrument": each.instrument.slug,
            "question": each.question_code,
            "article": each.article.number if each.article else None,
            "text": str(each.text),
        }
        for each in comments
    ]
    yield DossierPiece(
        kind=PieceKind.FEEDBACK,
        place=f"{ROOM}feedback",
        at=max(each.updated_at for each in comments),
        content=described(row, **authors_of(row), comments=said),
        **_by(row),
        passages=tuple(
            DossierPassage(
                each.text,
                row.language,
                _about(each.instrument.short_name, each.question_code, each.article.number if each.article else None),
            )
            for each in comments
        ),
        is_draft=True,
    )


def clarifications(reader: DossierReader) -> Iterator[DossierPiece]:
    """Each request with its answer; an answer that is drafted is a piece of its own. Two queries."""
    rows = clarifications_visible_to(reader.user, reader.review, *ClarificationSubject)
    for row in rows:
        if not reader.keeps(row):
            continue
        answer: ClarificationAnswer | None = next(iter(row.shown_answers), None)  # type: ignore[attr-defined]
        is_sent = answer is not None and answer.sent_at is not None
        yield _request(row, answer if is_sent else None)
        if answer is not None and not is_sent and reader.keeps(answer) and answer.text:
            yield DossierPiece(
                kind=PieceKind.ANSWER,
                place=f"{ROOM}clarification-answers/",
                at=answer.updated_at,
                content=described(answer, request=str(row.pk), text=str(answer.text)),
                state=reader.review.state_under_review,
                title=_about_request(row),
                passages=(DossierPassage(answer.text, answer.language),),
                is_draft=True,
            )


def _request(row: ClarificationRequest, answer: ClarificationAnswer | None) -> DossierPiece:
    passages = [DossierPassage(row.text, row.language, _("Request"))]
    if answer is not None:
        passages.append(DossierPassage(answer.text, answer.language, _("Answer")))
    said = {"id": str(answer.pk), "language": answer.language, "text": str(answer.text)} if answer else None
    content = described(
        row,
        asked_by=row.state_party.iso3,
        subject=row.subject,
        instrument=row.instrument.slug if row.instrument else "",
        question=row.question_code,
        law=row.law,
        follows=str(row.follows_id or ""),
        text=str(row.text),
        status=row.status,
        asked_at=moment(row.asked_at),
        due_on=row.due_on.isoformat() if row.due_on else "",
        closed_at=moment(row.closed_at),
        answer={**said, "sent_at": moment(answer.sent_at)} if said and answer else None,
    )
    return DossierPiece(
        kind=PieceKind.CLARIFICATION,
        place=f"{ROOM if row.asked_at is None else ''}clarifications/",
        at=row.written_at,
        content=content,
        state=row.state_party,
        title=_about_request(row),
        facts=facts_said(str(row.get_status_display())),
        passages=tuple(passages),
        is_draft=row.asked_at is None,
    )


def supplements(reader: DossierReader) -> Iterator[DossierPiece]:
    """With the files that were handed in; one query."""
    for row in supplements_visible_to(reader.user, reader.review, *SupplementKind):
        if not reader.keeps(row):
            continue
        yield DossierPiece(
            kind=PieceKind.SUPPLEMENT,
            place=f"{ROOM if row.sent_at is None else ''}supplements/",
            at=row.sent_at or row.updated_at,
            content=described(
                row,
                kind=row.kind,
                title=row.title,
                pages=row.pages,
                link=row.link,
                responds_to=row.answers_to,
                information=str(row.information),
                of_answer=str(row.of_answer_id or ""),
                file={"name": row.file_name, "sha256": row.sha256} if row.file else None,
                sent_at=moment(row.sent_at),
            ),
            state=reader.review.state_under_review,
            title=row.title,
            facts=facts_said(str(row.get_kind_display()), row.answers_to, row.pages, row.link, row.file_name),
            passages=(DossierPassage(row.information, row.language),) if row.information else (),
            files=tuple(_file_of(row)),
            is_draft=row.sent_at is None,
        )


def _file_of(row: SupplementaryInformation) -> Iterator[StoredFile]:
    if row.file:
        ending, place = ending_of(row.file.name), ROOM if row.sent_at is None else ""
        yield StoredFile(f"{place}files/{row.pk}{ending}", row.file_name, PieceKind.FILE, row.file, row.sha256)


def meetings(reader: DossierReader) -> Iterator[DossierPiece]:
    """Those that were held, with the notes of them; a constant number of queries."""
    for row in meetings_of(reader.review):
        people = [(each.user.full_name, each.state_party) for each in row.participants.all()]
        listed = [f"{name} ({state})" for name, state in people]
        yield DossierPiece(
            kind=PieceKind.MEETING,
            place="meetings/",
            at=moment_on(row.held_on),
            is_day=True,
            content=described(
                row,
                held_on=row.held_on.isoformat(),
                means=row.means,
                participants=[{"name": name, "state": code_of(state)} for name, state in people],
                others=row.others,
                recorded_for=code_of(row.recorded_for),
                text=str(row.subject),
            ),
            state=row.recorded_for,
            title=str(row.get_means_display()),
            facts=facts_said("; ".join(listed), row.others),
            passages=(DossierPassage(row.subject, row.language),) if row.subject else (),
        )


def _about(instrument: str, question: str, article: int | None) -> str:
    return " – ".join(filter(None, [instrument, place_words(question, article)]))


def place_words(question: str, article: int | None) -> str:
    """What words are about, within an instrument."""
    if question:
        return _("Question %(number)s") % {"number": in_own_order(question_number(question))}
    return _("Article %(number)s") % {"number": article} if article else ""


def _about_request(row: ClarificationRequest) -> str:
    if row.question_code and row.instrument:
        return _about(row.instrument.short_name, row.question_code, None)
    return row.law or str(row.get_subject_display())


def ending_of(name: str | None) -> str:
    """Of a file that was checked when it came in."""
    return PurePath(name or "").suffix.lower()


def notes(reader: DossierReader) -> Iterator[DossierPiece]:
    """Notes of meetings: byte for byte where all States that met have agreed, and the own draft; three queries."""
    for row in notes_visible_to(reader.user, reader.review):
        if not reader.keeps(row):
            continue
        is_agreed, is_draft = row.status == NotesStatus.AGREED, row.room_id is not None
        said = described(row, meeting=str(row.meeting_id), revision=row.revision, status=row.status, text=str(row.text))
        yield DossierPiece(
            kind=PieceKind.NOTES,
            place=f"{ROOM if is_draft else ''}meeting-notes/",
            at=row.laid_at or row.updated_at,
            content=row.document() if is_agreed else said,
            frozen=row.sha256 if is_agreed else "",
            state=row.drafted_for,
            title=f"{date_words(row.meeting.held_on)}, {row.meeting.get_means_display()}",
            facts=facts_said(str(row.get_status_display())),
            passages=(DossierPassage(row.text, row.language),),
            is_draft=is_draft,
        )


def agreed_notes(reader: DossierReader) -> Iterator[DossierPiece]:
    """Without those that a State may still object to."""
    return (piece for piece in notes(reader) if piece.frozen)
