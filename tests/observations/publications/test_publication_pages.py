"""A State decides whether one of its documents becomes public, and whether it stays so."""

import datetime as dt
import io
from collections.abc import Callable

import docx
import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from lxml import etree
from pypdf import PdfReader

from accounts.people.models import User
from core.documents import pdf
from observations.publications.services import publish_text
from observations.publications.tasks import render_publication_task
from observations.texts.models import AgreedText, Publication
from tests import journey
from tests.forms import carried_by
from tests.observations.publications.publishing import (
    CANARY,
    EXPERT,
    FOCAL_POINT,
    LIST,
    agree_on_lists,
    end_address,
    file_of,
    let_names_stand,
    make_public,
    messages_of,
    preview_of,
    public_page,
    publish_address,
    rows_of,
    version_of,
)
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(agree_on_lists)]
LoginAs = Callable[[User], Client]
CastAt = Callable[[str], Cast]


def test_the_preview_shows_what_an_outsider_would_see(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    page = login_as(cast.focal_point).get(preview_of(text)).content.decode()
    assert "This document is not public" in page
    assert "This is what everybody would see" in page
    assert f"Observation on {text.instrument.slug}." in page
    assert version_of(text).sha256 in page
    frame = page[page.index('class="app-frame"') : page.index("<footer")]
    assert EXPERT not in frame
    assert "the experts designated by those States" in frame
    assert f'<input type="hidden" name="sha256" value="{version_of(text).sha256}">' in page
    assert "Publish without the names of the experts" in page
    assert 'name="names" value="1">' not in page


def test_the_preview_follows_the_choice_of_names(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    let_names_stand(cast)
    page = login_as(cast.focal_point).get(preview_of(text), {"names": "1"}).content.decode()
    assert EXPERT in page[page.index('class="app-frame"') :]
    assert "Publish with the names of the experts" in page
    assert '<input type="hidden" name="names" value="1">' in page


def test_others_of_the_state_see_the_preview_and_why_they_do_not_publish(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    for user in (cast.expert, cast.observer):
        page = login_as(user).get(preview_of(text)).content.decode()
        assert "Only the State under review decides on publication; its focal point acts." in page
        assert 'name="sha256"' not in page
        assert login_as(user).post(publish_address(text), {"sha256": version_of(text).sha256}).status_code == 403
    assert Publication.objects.count() == 0


def test_the_preview_is_for_the_state_under_review(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    status = {name: login_as(user).get(preview_of(text)).status_code for name, user in cast.people.items()}
    may, outside = {"focal_point", "expert", "second_expert", "observer"}, {"bystander", "stranger"}
    assert status == {name: 200 if name in may else 404 if name in outside else 403 for name in cast.people}


@pytest.mark.stage("observations")
def test_a_text_that_is_not_agreed_has_no_preview(cast: Cast, cast_at: CastAt, login_as: LoginAs) -> None:
    text = journey.list_of(cast_at("observations").review)
    page = login_as(cast.focal_point).get(preview_of(text))
    assert page.status_code == 403
    assert "Only an agreed text can be published." in page.content.decode()


def test_the_focal_point_publishes_without_the_names(
    cast: Cast, text: AgreedText, login_as: LoginAs, client: Client
) -> None:
    signed_in = login_as(cast.focal_point)
    page = signed_in.post(publish_address(text), {"sha256": version_of(text).sha256}, follow=True)
    assert page.redirect_chain == [(preview_of(text), 302)]
    assert messages_of(page) == ["The document is public now. Everybody can read it without signing in."]
    words = page.content.decode()
    assert "The PDF and the Word file are being made" in words
    assert f'href="{public_page(text)}"' in words
    publication = Publication.objects.get()
    assert (publication.names_experts, publication.version) == (False, version_of(text))
    assert EXPERT not in Client().get(public_page(text)).content.decode()


def test_the_focal_point_publishes_with_the_names(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    let_names_stand(cast)
    page = login_as(cast.focal_point).post(
        publish_address(text), {"sha256": version_of(text).sha256, "names": "1"}, follow=True
    )
    assert "It names the experts." in page.content.decode()
    assert EXPERT in Client().get(public_page(text)).content.decode()


@pytest.mark.parametrize("given", [{}, {"sha256": "0" * 64}])
def test_nobody_publishes_another_version_than_he_saw(
    cast: Cast, text: AgreedText, login_as: LoginAs, given: dict[str, str]
) -> None:
    page = login_as(cast.focal_point).post(publish_address(text), given, follow=True)
    assert messages_of(page) == ["The text has changed since you opened this page. Please look at it again."]
    assert Publication.objects.count() == 0
    assert login_as(cast.focal_point).get(publish_address(text)).status_code == 405


def test_a_publication_is_ended_after_a_question_and_can_be_made_again(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    make_public(cast, text)
    client = login_as(cast.focal_point)
    assert "This is for the future only" in client.get(end_address(text)).content.decode()
    page = client.post(end_address(text), follow=True)
    assert page.redirect_chain == [(preview_of(text), 302)]
    assert messages_of(page) == ["The document is no longer public."]
    assert "This document is not public" in page.content.decode()
    assert client.get(end_address(text)).status_code == 403
    assert "This publication ended at" in messages_of(client.post(end_address(text), follow=True))[0]
    assert [Client().get(address).status_code for address in (public_page(text), file_of(text, "pdf"))] == [404, 404]
    assert rows_of(Client().get(LIST)) == []
    let_names_stand(cast)
    make_public(cast, text, names_experts=True)
    assert Client().get(public_page(text)).status_code == 200


def test_nobody_ends_what_was_opened_to_others_since(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    version, client = version_of(text), login_as(cast.focal_point)
    publish_text(actor=cast.focal_point, text=text, sha256=version.sha256, audience="states_parties")
    asked = carried_by(client.get(end_address(text)))
    make_public(cast, text)
    page = client.post(end_address(text), asked)
    assert (page.status_code, "It was opened to other readers since" in page.content.decode()) == (422, True)
    assert Publication.objects.get(ended_at=None).audience == "public"


def test_the_end_is_the_focal_points_too(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    make_public(cast, text)
    page = login_as(cast.observer).get(preview_of(text)).content.decode()
    assert "This is what everybody sees" in page
    assert f'href="{end_address(text)}"' not in page
    assert login_as(cast.observer).post(end_address(text)).status_code == 403
    assert Client().get(public_page(text)).status_code == 200


@pytest.mark.skipif(bool(pdf.missing_pdf_libraries()), reason="WeasyPrint's libraries are not on this machine")
@pytest.mark.parametrize("names_experts", [False, True])
def test_the_files_say_the_same_as_the_page(
    cast: Cast, text: AgreedText, login_as: LoginAs, names_experts: bool
) -> None:
    let_names_stand(cast)
    publication = make_public(cast, text, names_experts=names_experts)
    assert [Client().get(file_of(text, ending)).status_code for ending in ("pdf", "docx", "xml")] == [404] * 3
    assert "Files are being made" in Client().get(public_page(text)).content.decode()
    render_publication_task(str(publication.pk))
    page = Client().get(public_page(text)).content.decode()
    assert "Files are being made" not in page
    assert f'href="{file_of(text, "pdf")}"' in page
    printed = {"pdf": _words_of_pdf(_download(text, "pdf")), "docx": _words_of_word(_download(text, "docx"))}
    for words in printed.values():
        assert f"Observation on {text.instrument.slug}." in words
        assert (EXPERT in words) == names_experts
        assert CANARY not in words
        assert FOCAL_POINT not in words
    akn = " ".join(etree.fromstring(_download(text, "xml")).itertext())
    assert f"Observation on {text.instrument.slug}." in akn
    assert (EXPERT in akn) == names_experts
    assert f'href="{file_of(text, "docx")}"' in login_as(cast.focal_point).get(preview_of(text)).content.decode()


def _download(text: AgreedText, ending: str) -> bytes:
    http_response = Client().get(file_of(text, ending))
    name = f"1-XVE-{text.instrument.slug}-list-of-observations-en.{ending}"
    assert http_response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert http_response["Cache-Control"] == "public, max-age=60"
    return b"".join(http_response.streaming_content)  # type: ignore[attr-defined]


def _words_of_pdf(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def _words_of_word(content: bytes) -> str:
    return " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_a_file_of_another_kind_is_not_there(cast: Cast, text: AgreedText) -> None:
    make_public(cast, text)
    for ending in ("odt", "document", "version", "names_experts"):
        assert Client().get(file_of(text, ending)).status_code == 404


def test_the_preview_fetches_only_what_changes_while_files_are_made(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    make_public(cast, text)
    client = login_as(cast.focal_point)
    part = client.get(preview_of(text), headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert not part.has_header("HX-Refresh")
    Publication.objects.update(pdf="publications/a.pdf", docx="publications/a.docx", xml="publications/a.xml")
    part = client.get(preview_of(text), headers={"HX-Request": "true"})
    assert "hx-trigger" not in part.content.decode()
    assert part["HX-Refresh"] == "true"


def test_files_that_got_lost_are_made_again(cast: Cast, text: AgreedText, login_as: LoginAs) -> None:
    make_public(cast, text)
    client = login_as(cast.focal_point)
    page = client.post(preview_of(text), follow=True)
    assert messages_of(page) == ["The files are there, or still being made."]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=20), tick=False):
        client = login_as(cast.focal_point)
        page = client.get(preview_of(text)).content.decode()
        assert "Make the files again" in page
        assert "hx-trigger" not in page
        assert login_as(cast.observer).post(preview_of(text)).status_code == 403
        page = login_as(cast.focal_point).post(preview_of(text), follow=True).content.decode()
        assert "Make the files again" not in page
        assert "are being made" in page
