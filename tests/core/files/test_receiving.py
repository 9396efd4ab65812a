"""Files that people hand in: what the row knows of one, whether it is still that one, and how it leaves."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField, Model
from django.http import Http404

from core.errors import ServiceError
from core.files.receiving import is_as_received, receive, serve_received
from core.files.uploads.names import LONGEST_NAME
from core.models import Institution
from core.policy import PolicyRefusedError
from dialogue.exchange.models import SupplementaryInformation
from observations.publications.models import PublishedTranslation
from questionnaires.laws.models import LawFile
from questionnaires.sharing.enums import FILES
from questionnaires.sharing.models import AnswersShare
from reviews.access.models import AccessRequest
from reviews.nominations.enums import NominationAction
from reviews.nominations.models import NoteVerbale
from reviews.outreach.models import ReceivedNomination
from tests.reviews.nominations.notes import PDF, note_by, scan
from tests.utils import Cast

ROWS = [
    (AccessRequest, "scan"), (Institution, "logo"), (LawFile, "file"), (NoteVerbale, "scan"),
    (ReceivedNomination, "scan"), (SupplementaryInformation, "file"),
]  # fmt: skip


@pytest.mark.unit
@pytest.mark.parametrize(("model", "column"), ROWS)
def test_the_row_has_the_file_its_name_and_its_hash(model: type[Any], column: str) -> None:
    row = model()
    receive(row, column, scan("laws/قانون.pdf"))
    assert (getattr(row, f"{column}_name"), row.sha256) == ("قانون.pdf", hashlib.sha256(PDF).hexdigest())
    assert getattr(row, column).read() == PDF


@pytest.mark.unit
@pytest.mark.parametrize(("model", "column"), ROWS)
def test_a_file_that_is_refused_leaves_the_row_as_it_was(model: type[Any], column: str) -> None:
    row = model()
    receive(row, column, scan("first.pdf"))
    before = dict(vars(row))
    with pytest.raises(ServiceError, match="The content of this file is not what its name says") as refused:
        receive(row, column, SimpleUploadedFile("second.pdf", b"<script>"))
    assert (refused.value.field, vars(row)) == (column, before)


# The files are made of the document that the hash is of.
MADE_BY_US = {(model, ending) for model in (AnswersShare, PublishedTranslation) for ending in FILES}


@pytest.mark.unit
def test_every_row_with_a_file_and_a_hash_is_of_this_shape() -> None:
    found = []
    for model in apps.get_models():
        columns: dict[str, Any] = {field.name: field for field in model._meta.concrete_fields}
        for name in (name for name, field in columns.items() if isinstance(field, FileField) and "sha256" in columns):
            if (model, name) in MADE_BY_US:
                continue
            found.append((model, name))
            assert columns[f"{name}_name"].max_length >= LONGEST_NAME
    assert sorted(found, key=_by_name) == ROWS


def _by_name(row: tuple[type[Model], str]) -> str:
    return row[0].__name__


@pytest.mark.django_db
def test_it_is_known_whether_the_stored_file_is_the_one_that_came_in(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state)
    assert is_as_received(note.scan)
    Path(note.scan.path).write_bytes(PDF + b"\n")
    assert not is_as_received(NoteVerbale.objects.get(pk=note.pk).scan)


@pytest.mark.django_db
def test_it_leaves_under_its_name_after_a_policy_answer(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state)
    http_response = serve_received(cast.focal_point, NominationAction.VIEW, note, note.scan)
    assert b"".join(http_response) == PDF
    assert http_response.headers["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert http_response.headers["Content-Type"] == "application/pdf"
    note.scan.close()  # closing the response would close the connection of the test as well
    with pytest.raises(PolicyRefusedError):
        serve_received(cast.focal_point, NominationAction.APPROVE, note, note.scan)


@pytest.mark.django_db
def test_where_no_file_was_handed_in_none_is_found(cast: Cast) -> None:
    note = note_by(cast.focal_point, cast.state, with_scan=False)
    with pytest.raises(Http404):
        serve_received(cast.focal_point, NominationAction.VIEW, note, note.scan)
