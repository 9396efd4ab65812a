"""The pieces of the outcome: observations, the versions of texts with their clearances, objections, what is public."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from core.time.dates import binding_moment, moment_on
from observations.documents import paragraph_marker
from observations.naming import not_named_any_more
from observations.needs import as_inputs, as_kept
from observations.objections import objections_visible_to
from observations.observations import all_observations_visible_to
from observations.publications import public_of, serves
from observations.suggestion_notes import said_to_all
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestions import all_suggestions_visible_to
from observations.suggestions.enums import SuggestionStatus
from observations.suggestions.models import Suggestion
from observations.summaries import passage_drafts_visible_to
from observations.texts import passages_of, texts_visible_to
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Objection, PassageDraft, SummaryPassage, TextVersion
from observations.versions import clearances_to, versions_visible_to
from observations.wording import document_from, split_marker
from portal.dossier.enums import PieceKind
from portal.dossier.exchanged import ROOM, ending_of, place_words
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
from reviews.cases.models import Clearance


def observations(reader: DossierReader) -> Iterator[DossierPiece]:
    """On the shared table and in the own room; a constant number of queries."""
    for row in all_observations_visible_to(reader.user, reader.review).select_related("agreed_text__instrument"):
        if not reader.keeps(row):
            continue
        articles = sorted(article.number for article in row.articles.all())
        instrument, is_draft = row.agreed_text.instrument, row.room_id is not None
        yield DossierPiece(
            kind=PieceKind.OBSERVATION,
            place=f"{ROOM if is_draft else ''}observations/",
            at=row.written_at,
            content=described(
                row,
                instrument=instrument.slug,
                heading=row.heading.kind,
                articles=articles,
                questions=row.question_codes,
                needs=as_kept(as_inputs(row.needs.all())),
                state=code_of(row.state_party),
                revision=row.revision,
                saved_at=moment(row.written_at),
                text=str(row.text),
            ),
            state=row.state_party,
            title=f"{instrument.short_name} – {row.heading}",
            facts=facts_said(*(place_words("", each) for each in articles), *map(_question, row.question_codes)),
            passages=(DossierPassage(row.text, row.language),),
            is_draft=is_draft,
        )


def _question(code: str) -> str:
    return place_words(code, None)


def texts(reader: DossierReader) -> Iterator[DossierPiece]:
    """Every version of the lists and summaries, as it was frozen, and who cleared it; what stands is printed."""
    versions = list(versions_visible_to(reader.user, reader.review).select_related("agreed_text__review"))
    cleared = list(clearances_to(versions)) if versions else []
    for text, of_text in groupby(versions, attrgetter("agreed_text")):
        given = [row for row in cleared if row.document_id == text.pk]
        for version in of_text:
            yield _version(text, version, [row for row in given if row.version == version.number])
        if given:
            yield _clearances(text, given)


def _version(text: AgreedText, version: TextVersion, given: list[Clearance]) -> DossierPiece:
    stands, day = version.cancelled_at is None, version.brought_day
    standing = [row for row in given if row.taken_back_at is None]
    is_agreed = stands and text.agreed_at is not None
    return DossierPiece(
        kind=PieceKind(text.kind),
        place=f"texts/{text.instrument.slug}-{text.kind.replace('_', '-')}-v{version.number}",
        at=moment_on(day) if day else version.created_at,
        is_day=day is not None,
        content=version.document,
        frozen=version.sha256,
        state=version.proposed_for,
        title=f"{text.instrument.short_name} – {_('Version %(number)d') % {'number': version.number}}",
        facts=facts_said(
            _("Agreed") if is_agreed else "",
            "" if stands else _("This version does not stand any more."),
            *(
                _("Cleared by %(state)s, %(person)s, %(time)s")
                % {"state": row.state_party, "person": row.focal_point, "time": binding_moment(row.cleared_at)}
                for row in standing
            ),
        ),
        passages=tuple(_blocks(version)) if stands else (),
        cleared=(text.pk, version.number),
        is_cancelled=not stands,
    )


def _blocks(version: TextVersion) -> Iterator[DossierPassage]:
    for block in document_from(version.document, version.rendered).blocks:
        marker, text = split_marker(block.text) if block.kind == "heading" else ("", block.text)
        marker = paragraph_marker(block.number) if block.number else marker
        linked = f"{text} ({block.link})" if block.link else text
        level = block.level if block.kind == "heading" else 0
        language = version.document["language"]
        yield DossierPassage(linked, language, level=level, marker=marker, is_written=block.is_written)


def _clearances(text: AgreedText, given: list[Clearance]) -> DossierPiece:
    said = [
        {
            "version": row.version,
            "sha256": row.sha256,
            "state": row.state_party.iso3,
            "focal_point": row.focal_point.full_name,
            "cleared_at": moment(row.cleared_at),
            "taken_back_at": moment(row.taken_back_at),
        }
        for row in given
    ]
    return DossierPiece(
        kind=PieceKind.CLEARANCES,
        place=f"texts/{text.instrument.slug}-{text.kind.replace('_', '-')}-clearances",
        at=given[-1].cleared_at,
        content=described(text, clearances=said),
        title=f"{text.instrument.short_name} – {text.get_kind_display()}",
        is_printed=False,
    )


def passages(reader: DossierReader) -> Iterator[DossierPiece]:
    """What the summaries say on the table, and what the own State drafts for them; some queries for each summary."""
    for text in texts_visible_to(reader.user, reader.review, TextKind.SUMMARY):
        text.review = reader.review
        for row in passages_of(text):
            if row.text:
                yield _passage(text, row, row, row.saved_for, is_draft=False)
        for draft in passage_drafts_visible_to(reader.user, text).select_related("passage__heading"):
            if reader.keeps(draft) and draft.text:
                yield _passage(text, draft.passage, draft, draft.state_party, is_draft=True)


def _passage(
    text: AgreedText, passage: SummaryPassage, row: SummaryPassage | PassageDraft, state: Any, *, is_draft: bool
) -> DossierPiece:
    said = {"order": passage.order, "heading": passage.heading.kind, "state": code_of(state)}
    about = {"instrument": text.instrument.slug, "revision": row.revision, "saved_at": moment(row.updated_at)}
    return DossierPiece(
        kind=PieceKind.PASSAGE,
        place=f"{ROOM if is_draft else ''}passages/",
        at=row.updated_at,
        content={**described(text, **about, **said, text=str(row.text)), "id": str(row.pk)},
        state=state,
        title=f"{text.instrument.short_name} – {passage.heading}",
        passages=(DossierPassage(row.text, text.language),),
        is_draft=is_draft,
    )


def objections(reader: DossierReader) -> Iterator[DossierPiece]:
    """Each with what was replied below it; two queries."""
    for row in objections_visible_to(reader.user, reader.review):
        text, replies = row.version.agreed_text, row.replies.all()
        place = _("Paragraph %(number)d") % {"number": row.paragraph} if row.paragraph else _("The whole version")
        version = _("Version %(number)d") % {"number": row.version.number}
        yield DossierPiece(
            kind=PieceKind.OBJECTION,
            place="objections/",
            at=row.created_at,
            content={
                **described(text, instrument=text.instrument.slug, document=text.kind),
                "id": str(row.pk),
                "state": row.state_party.iso3,
                "version": row.version.number,
                "version_sha256": row.version.sha256,
                "paragraph": row.paragraph,
                "reason": row.reason,
                "made_at": moment(row.created_at),
                "ending": row.ending,
                "ended_at": moment(row.ended_at),
                "replies": [
                    {"state": each.state_party.iso3, "at": moment(each.created_at), "text": each.text}
                    for each in replies
                ],
            },
            state=row.state_party,
            title=f"{text.instrument.short_name} – {text.get_kind_display()}",
            facts=facts_said(version, place, _ending_words(row)),
            passages=(
                DossierPassage(row.reason, text.language),
                *(
                    DossierPassage(each.text, text.language, _("Reply of %(state)s") % {"state": each.state_party})
                    for each in replies
                ),
            ),
        )


def suggestions(reader: DossierReader) -> Iterator[DossierPiece]:
    """On the shared table and in the own room, with what was decided and what States said below; two queries."""
    said = said_to_all(reader.review)
    for row in all_suggestions_visible_to(reader.user, reader.review):
        if not reader.keeps(row):
            continue
        text, is_draft = row.agreed_text, row.room_id is not None
        notes = said.get(row.pk, [])
        yield DossierPiece(
            kind=PieceKind.SUGGESTION,
            place=f"{ROOM if is_draft else ''}suggestions/",
            at=row.tabled_at or row.updated_at,
            content=described(
                row,
                instrument=text.instrument.slug,
                document=text.kind,
                to=str(row.observation_id or row.passage_id),
                to_revision=row.base_revision,
                state=row.state_party.iso3,
                shown=row.base_text,
                text=row.text,
                why=row.why,
                laid_at=moment(row.tabled_at),
                status=row.status,
                decided_at=moment(row.decided_at),
                decided_for=code_of(row.decided_for),
                reason=row.reason,
                accepted_as=row.outcome,
                notes=[_note_content(each) for each in notes],
            ),
            state=row.state_party,
            title=f"{text.instrument.short_name} – {text.get_kind_display()}",
            facts=facts_said(_standing_words(row)),
            passages=tuple(_passages_of(row, notes)),
            is_draft=is_draft,
        )


def _note_content(note: SuggestionNote) -> dict[str, str | None]:
    return {"state": note.state_party.iso3, "at": moment(note.created_at), "text": note.text, "mark": note.mark}


def _passages_of(row: Suggestion, notes: Iterable[SuggestionNote]) -> Iterator[DossierPassage]:
    is_accepted = row.status == SuggestionStatus.ACCEPTED
    for words, label in (
        (row.base_text, _("It said")),
        ("" if row.is_comment else row.text, _("Suggested wording")),
        (row.why, _("Why")),
        (row.outcome or (is_accepted and "—"), _("Accepted as")),  # a passage may be left out
        (row.reason, _("Reason")),
        *((each.text, _("Note of %(state)s") % {"state": each.state_party}) for each in notes),
    ):
        if words:
            yield DossierPassage(words, row.language, label)


def _standing_words(row: Suggestion) -> str:
    """Nobody decides any more on what was withdrawn, or agreed."""
    if row.decided_at is None and not row.place_stands:
        return _("No longer on the table")
    if row.decided_at is None and row.agreed_text.status == TextStatus.AGREED:
        return _("Not decided on when the text was agreed")
    return row.standing_words


def _ending_words(row: Objection) -> str:
    if row.resolved_in is not None:
        return _("Resolved by a wording: version %(number)d") % {"number": row.resolved_in.number}
    return str(row.get_ending_display()) if row.ending else _("Open")


def published_files(reader: DossierReader) -> Iterator[StoredFile]:
    """What everybody may have of the texts now; three queries, and one for each that does not say whom it names.

    Files that name somebody who has said no since are none of them, though they are not made anew yet.
    """
    rows = list(public_of(reader.review).prefetch_related("translations"))
    unnamed = not_named_any_more(rows)
    for row in rows:
        text, names_experts = row.agreed_text, row.names_experts and row.pk not in unnamed
        place = f"published/{text.instrument.slug}-{text.kind.replace('_', '-')}"
        title = f"{text.instrument.short_name} – {text.get_kind_display()}"
        for stored in (row.pdf, row.docx):
            if stored and serves(row, stored, names_experts=names_experts):
                yield StoredFile(f"{place}{ending_of(stored.name)}", title, PieceKind.PUBLISHED, stored)
        for each in row.translations.all():
            words = f"{title} – {each.get_language_display()}"
            for stored in (each.pdf, each.docx):
                if stored and serves(row, stored, names_experts=names_experts):
                    name = f"{place}-{each.language}{ending_of(stored.name)}"
                    yield StoredFile(name, words, PieceKind.PUBLISHED, stored)
