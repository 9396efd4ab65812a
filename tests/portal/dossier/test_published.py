"""Of what is public the record holds what everybody may have when it is packed."""

import io

import pytest
from django.utils import timezone

from observations.naming.services import answer_naming
from observations.publications.services import store_publication_files, take_names_out
from observations.texts.models import AgreedText
from portal.dossier.archive import Archive, add_stored_files
from portal.dossier.outcome import published_files
from portal.dossier.selectors import reader_of
from reviews.cases.models import Review
from tests.observations.publications.publishing import agree_on_lists, let_names_stand, make_public
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(agree_on_lists)]


def test_files_that_name_an_expert_who_has_said_no_are_left_out(cast: Cast) -> None:
    let_names_stand(cast)
    text = AgreedText.objects.filter(review=cast.review, kind="list_of_observations", status="agreed")[0]
    publication = make_public(cast, text, names_experts=True)
    made = {ending: lambda document, status: b"Names." for ending in ("pdf", "docx", "xml")}
    store_publication_files(str(publication.pk), made)  # type: ignore[arg-type]
    review = Review.objects.get(pk=cast.review.pk)
    reader = reader_of(cast.officer, review)
    named = list(published_files(reader))
    assert sorted(file.path[-4:] for file in named) == [".pdf", "docx"]
    answer_naming(actor=cast.expert, review=review, agrees=False)
    assert list(published_files(reader)) == [], "though nobody has made them anew yet"
    take_names_out(str(review.pk))
    for file in named:
        file.stored.storage.delete(str(file.stored.name))
    with Archive(io.BytesIO(), timezone.now()) as archive:
        add_stored_files(archive, named)
    assert archive.files == [], "what was gathered before is left out, and no file is missed"
