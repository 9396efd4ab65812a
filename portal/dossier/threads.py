"""Messages of the dialogue: what was released, with its hash, and what the own State drafts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dialogue.threads import matters_of, messages_visible_to
from portal.dossier.enums import PieceKind
from portal.dossier.exchanged import ROOM
from portal.dossier.pieces import DossierPassage, DossierPiece, DossierReader, described, facts_said


def messages(reader: DossierReader) -> Iterator[DossierPiece]:
    """Each by itself, in order of time, with what its thread is about; a constant number of queries."""
    rows = [row for row in messages_visible_to(reader.user, reader.review) if reader.keeps(row)]
    matters = matters_of(reader.user, reader.review, {(row.first.subject, row.first.matter) for row in rows})
    for row in rows:
        first, is_draft = row.first, row.sent_at is None
        row.review, about = reader.review, (first.subject, first.matter)
        said = {"thread": str(first.pk), "subject": str(first.subject), "matter": first.matter, "text": str(row.text)}
        closed = _("The thread is closed.") if first.closed_at else ""
        yield DossierPiece(
            kind=PieceKind.MESSAGE,
            place=f"{ROOM if is_draft else ''}messages/",
            at=row.sent_at or row.updated_at,
            content=described(row, **said) if is_draft else row.document(),
            frozen=row.sha256,
            state=row.state_party,
            title=matters[about].title,
            facts=facts_said(closed),
            passages=(DossierPassage(row.text, row.language),),
            is_draft=is_draft,
            opens=None if is_draft or row.state_party_id == reader.home else (row, row.state_party_id),
        )
