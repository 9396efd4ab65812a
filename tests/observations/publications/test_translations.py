"""Confirmed translations are published with their text: chosen one by one, marked, found, and gone with it."""

import datetime as dt
import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from core.errors import ServiceError
from core.models import AuditEntry
from observations.documents import render_text_akn, render_text_docx
from observations.publications.exports import metadata_of
from observations.publications.models import PublicationIndex, PublishedTranslation
from observations.publications.selectors import is_late
from observations.publications.services import (
    end_publication,
    publish_translations,
    queue_missing_files,
    store_publication_files,
    take_names_out,
)
from observations.publications.translated import mark_agreed
from observations.texts.models import AgreedText, Publication
from observations.translations.models import TranslationOrder
from observations.translations.segments import segments_of
from observations.translations.selectors import original_of
from observations.translations.services import save_translation
from tests import journey
from tests.core.documents.akn_schema import valid_akn
from tests.forms import carried_by
from tests.guards import guards_off
from tests.observations.language_sets.sets import agree, propose
from tests.observations.naming.test_naming import say
from tests.observations.publications.publishing import (
    EXPERT,
    LIST,
    address_of,
    agree_on_lists,
    let_names_stand,
    make_public,
    preview_of,
    public_page,
    rows_of,
)
from tests.observations.translations.orders import confirmed, now, ordered, translator, written
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(agree_on_lists)]
LoginAs = Callable[[User], Client]
WORD = "Hirondelle"
RENDERERS: dict[str, Any] = {"docx": render_text_docx, "xml": render_text_akn}


@pytest.fixture
def text(cast: Cast) -> AgreedText:
    translator()
    return journey.list_of(cast.review)


@pytest.fixture
def order(cast: Cast, text: AgreedText) -> TranslationOrder:
    return translated(cast, text, "fr")


def translated(cast: Cast, text: AgreedText, language: str) -> TranslationOrder:
    """Confirmed by the State under review; its title has a word of its own, the wording without names none of them."""
    order = ordered(cast.focal_point, text, language)
    named = [each for each in segments_of(original_of(order)) if EXPERT in each.source]
    public = [each for each in segments_of(original_of(order)) if each.kind in {"title", "public"}]
    texts = {**{each.key: f"« {EXPERT} »" for each in named}, **{each.key: f"{WORD} {each.kind}" for each in public}}
    order = now(save_translation(actor=cast.focal_point, order=order, texts=texts, base=order.revision))
    return confirmed(written(order, cast.focal_point), cast.focal_point)


def page_of(text: AgreedText, *more: str, name: str = "") -> str:
    return reverse(f"observations:publication-translation{name}", args=address_of(text, *more))


def got(client: Client, address: str) -> tuple[Any, bytes]:
    """A file, read to its end, with its headers."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, content


def made(publication: Publication) -> PublishedTranslation:
    """With the files that can be made on any machine."""
    store_publication_files(str(publication.pk), RENDERERS)
    return publication.translations.get()


def test_what_was_ticked_is_shown_in_the_preview_and_published_with_the_text(
    cast: Cast, text: AgreedText, order: TranslationOrder, login_as: LoginAs, client: Client
) -> None:
    owner = login_as(cast.focal_point)
    assert WORD not in owner.get(preview_of(text)).content.decode()
    shown = owner.get(preview_of(text), {"languages": ["fr"]})
    assert f"{WORD} title" in shown.content.decode()
    assert f'name="translations" value="{order.pk}"' in shown.content.decode()
    assert client.get(page_of(text, "fr")).status_code == 404
    publish = reverse("observations:publish", args=address_of(text))
    owner.post(publish, {**carried_by(shown), "sha256": shown.context["version"].sha256, "translations": [order.pk]})
    page = client.get(page_of(text, "fr"))
    words = page.content.decode()
    assert f"{WORD} title" in words
    assert "Traduction. Seul fait foi le texte en anglais, version 1." in words
    assert page.headers["Content-Language"] == "fr, en"
    assert EXPERT not in words
    assert EXPERT not in json.dumps(PublishedTranslation.objects.get().document), "nor where nobody looks"
    entry = AuditEntry.objects.get(verb="reviews.text.published")
    assert entry.after["translations"] == {"fr": order.confirmed_sha256}


def test_nothing_goes_with_it_that_was_not_ticked_or_not_confirmed_of_its_version(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    draft = ordered(cast.focal_point, text, "es")
    with pytest.raises(ServiceError, match="none of this version"):
        make_public(cast, text, translations=[str(draft.pk)])
    publication = make_public(cast, text)
    assert publication.translations.count() == 0
    assert client.get(page_of(text, "fr")).status_code == 404
    with pytest.raises(ServiceError, match="none of this version"):
        publish_translations(actor=cast.focal_point, text=text, keys=[str(draft.pk)])
    for _twice in range(2):
        publish_translations(actor=cast.focal_point, text=text, keys=[str(order.pk)])
    assert [row.language for row in publication.translations.all()] == ["fr"]
    assert AuditEntry.objects.filter(verb="reviews.text.translations_published").count() == 1


def test_a_later_one_is_added_on_the_page_and_all_go_with_the_publication(
    cast: Cast, text: AgreedText, login_as: LoginAs, client: Client
) -> None:
    publication = make_public(cast, text)
    order, owner = translated(cast, text, "fr"), login_as(cast.focal_point)
    page = owner.get(preview_of(text)).content.decode()
    assert "These translations are confirmed and not open yet." in page
    address = reverse("observations:publication-translations", args=address_of(text))
    done = owner.post(address, {"translations": [str(order.pk)]}, follow=True)
    assert "The translation is open with the document now." in done.content.decode()
    made(publication)
    files = [page_of(text, "fr", ending, name="-file") for ending in ("docx", "xml", "json")]
    assert [got(client, file)[0].status_code for file in files] == [200] * 3
    end_publication(actor=cast.focal_point, text=text)
    assert [client.get(address).status_code for address in (page_of(text, "fr"), *files)] == [404] * 4
    with plain_role():
        assert not HAS_TWO_ROLES or PublishedTranslation.objects.count() == 0, "the database shows it to nobody more"


def test_what_was_open_to_states_parties_goes_along_when_it_becomes_public(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    make_public(cast, text, audience="states_parties", translations=[str(order.pk)])
    assert client.get(page_of(text, "fr")).status_code == 404
    with plain_role():
        assert not HAS_TWO_ROLES or PublishedTranslation.objects.count() == 0
    make_public(cast, text)
    assert client.get(page_of(text, "fr")).status_code == 200
    assert rows_of(client.get(LIST, {"language": "fr"})) == [("1-XVE", text.instrument.slug, text.kind)]


def test_what_goes_along_is_the_very_translation_that_was_open_and_is_shown_in_the_preview(
    cast: Cast, text: AgreedText, order: TranslationOrder, login_as: LoginAs
) -> None:
    make_public(cast, text, audience="states_parties", translations=[str(order.pk)])
    other = written(ordered(cast.same_group_focal_point, text), translator())
    for person in (cast.same_group_focal_point, cast.other_group_focal_point):
        other = confirmed(other, person)
    shown = login_as(cast.focal_point).get(preview_of(text))
    assert [each["order"] for each in shown.context["shown_translations"]] == [order]
    assert f"{WORD} title" in shown.content.decode()
    make_public(cast, text)
    published = PublishedTranslation.objects.get(publication__audience="public")
    assert published.order == order, "though more States have confirmed another one since"


def test_its_files_are_in_its_language_and_say_what_they_are_of(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    from docx import Document as WordDocument

    publication = make_public(cast, text, translations=[str(order.pk)])
    made(publication)
    file, content = got(client, page_of(text, "fr", "xml", name="-file"))
    assert (file.headers["Content-Language"], "-fr.xml" in file.headers["Content-Disposition"]) == ("fr", True)
    root = valid_akn(content)
    expression = root.find(".//{*}FRBRExpression")
    assert expression.find("{*}FRBRlanguage").get("language") == "fra"
    assert expression.find("{*}FRBRauthoritative").get("value") == "false"
    source = expression.find("{*}FRBRtranslation")
    assert (source.get("fromLanguage"), source.get("authoritative")) == ("eng", "false")
    assert publication.version.sha256[:12] in source.get("href")
    _word, content = got(client, page_of(text, "fr", "docx", name="-file"))
    paragraphs = WordDocument(BytesIO(content)).paragraphs
    words = " ".join(each.text for each in paragraphs)
    assert "Seul fait foi le texte en anglais" in words
    assert (order.confirmed_sha256 in words, EXPERT in words) == (True, False)
    data = client.get(page_of(text, "fr", "json", name="-file")).json()
    assert (data["language"], data["sha256_of_translation"]) == ("fr", order.confirmed_sha256)
    assert (data["translation_of"]["language"], data["is_agreed_in_this_language"]) == ("en", False)
    assert client.get(page_of(text, "1", "fr", name="-version")).status_code == 200
    assert client.get(page_of(text, "2", "fr", name="-version")).status_code == 404


def test_one_that_belongs_to_an_agreed_set_says_so_also_where_that_comes_later(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    publication = make_public(cast, text, translations=[str(order.pk)])
    assert made(publication).is_agreed is False
    others = [cast.same_group_focal_point, cast.other_group_focal_point]
    agree(text, propose(cast.focal_point, text, "fr"), *others)
    for person in others:
        order = confirmed(order, person)
    mark_agreed(str(text.pk))
    row = PublishedTranslation.objects.get()
    assert (row.is_agreed, bool(row.xml), bool(row.docx)) == (True, False, False), "its files are made anew"
    made(publication)
    page = client.get(page_of(text, "fr")).content.decode()
    assert "Convenu dans cette langue." in page
    root = valid_akn(got(client, page_of(text, "fr", "xml", name="-file"))[1])
    expression = root.find(".//{*}FRBRExpression")
    assert expression.find("{*}FRBRauthoritative").get("value") == "true"
    assert expression.find("{*}FRBRtranslation").get("authoritative") == "true"
    agree(text, propose(cast.focal_point, text, "fr", "es"), *others)
    mark_agreed(str(text.pk))
    row = PublishedTranslation.objects.get()
    assert (row.is_agreed, bool(row.xml)) == (False, False), "into Spanish nobody has translated it"
    assert "Seul fait foi le texte" in client.get(page_of(text, "fr")).content.decode()


def test_where_a_text_may_be_agreed_in_all_its_languages_no_more_its_publication_is_looked_at(
    cast: Cast, text: AgreedText, order: TranslationOrder, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    others = [cast.same_group_focal_point, cast.other_group_focal_point]
    agree(text, propose(cast.focal_point, text, "fr"), *others)
    queued: list[str] = []
    monkeypatch.setattr("observations.publications.translated.mark_agreed_task.delay", queued.append)
    with django_capture_on_commit_callbacks(execute=True):
        row = propose(cast.focal_point, text)
    assert queued == [], "it is proposed only"
    with django_capture_on_commit_callbacks(execute=True):
        agree(text, row, *others)
    assert queued == [str(text.pk)]


def test_it_is_found_by_the_words_and_the_name_of_its_language(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    publication = make_public(cast, text, translations=[str(order.pk)])
    store_publication_files(str(publication.pk), {})
    own = ("1-XVE", text.instrument.slug, text.kind)
    page = client.get(LIST, {"words": f"{WORD.lower()}s"})
    assert rows_of(page) == [own], "by the stem of a word of its own language"
    assert f'<mark class="app-found__mark">{WORD}</mark>' in page.content.decode()
    assert 'lang="fr"' in page.content.decode()
    assert rows_of(client.get(LIST, {"language": "fr"})) == [own]
    assert rows_of(client.get(LIST, {"words": EXPERT})) == []
    sitemap = client.get("/sitemap-translations.xml").content.decode()
    assert page_of(text, "fr") in sitemap
    head = client.get(public_page(text)).content.decode()
    assert re.search(rf'hreflang="fr" href="[^"]*{page_of(text, "fr")}"', head)


def test_programs_are_led_to_the_authentic_text_by_its_language_too(
    cast: Cast, text: AgreedText, order: TranslationOrder
) -> None:
    publication = make_public(cast, text, translations=[str(order.pk)])
    publication.agreed_text.language = "es"
    languages = metadata_of(publication, title="").languages
    assert sorted(languages) == ["ar", "en", "es", "fr"]
    assert languages["es"].endswith(public_page(text))


def test_an_expert_who_says_no_is_taken_out_of_translations_too(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    let_names_stand(cast)
    publication = make_public(cast, text, names_experts=True, translations=[str(order.pk)])
    made(publication)
    assert EXPERT in client.get(page_of(text, "fr")).content.decode()
    say(cast, agrees=False)
    assert EXPERT not in client.get(page_of(text, "fr")).content.decode()
    assert client.get(page_of(text, "fr", "docx", name="-file")).status_code == 404
    take_names_out(str(cast.review.pk))
    row = PublishedTranslation.objects.get()
    assert (bool(row.docx), PublicationIndex.objects.count()) == (False, 0)
    row = made(publication)
    words = PublicationIndex.objects.get(language="fr").letters
    assert (EXPERT.casefold() in words, "without-names" in row.docx.name) == (False, True)


def test_words_with_names_are_taken_out_also_where_no_file_is_there(
    cast: Cast, text: AgreedText, order: TranslationOrder, client: Client
) -> None:
    let_names_stand(cast)
    publication = make_public(cast, text, names_experts=True, translations=[str(order.pk)])
    store_publication_files(str(publication.pk), {})
    words = PublicationIndex.objects.filter(language="fr")
    assert EXPERT.casefold() in words.get().letters
    say(cast, agrees=False)
    take_names_out(str(cast.review.pk))
    made(publication)
    assert EXPERT.casefold() not in words.get().letters
    assert rows_of(client.get(LIST, {"words": EXPERT})) == []


def test_files_of_a_translation_that_got_lost_are_queued_again(
    cast: Cast, text: AgreedText, order: TranslationOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = make_public(cast, text, translations=[str(order.pk)])
    store_publication_files(str(publication.pk), {})
    Publication.objects.update(pdf="a.pdf", docx="a.docx", xml="a.xml")
    queued: list[str] = []
    monkeypatch.setattr("observations.publications.services.render_publication_task.delay", queued.append)
    monkeypatch.setattr("observations.publications.services.pause_before_another_try", lambda _since, now: now - now)
    assert (queue_missing_files(), queued) == (1, [str(publication.pk)])
    PublishedTranslation.objects.update(pdf="a.pdf", docx="a.docx", xml="a.xml")
    assert queue_missing_files() == 0


def test_the_wait_for_another_try_begins_with_what_is_owed_now_and_not_with_the_publication(
    cast: Cast, text: AgreedText, order: TranslationOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = make_public(cast, text, translations=[str(order.pk)])
    store_publication_files(str(publication.pk), {})
    long_ago, now = timezone.now() - dt.timedelta(days=365), timezone.now()
    files = {"pdf": "a.pdf", "docx": "a.docx", "xml": "a.xml"}
    with guards_off(["reviews_publication"]):
        Publication.objects.update(published_at=long_ago, updated_at=now - dt.timedelta(hours=1), **files)
    PublishedTranslation.objects.update(updated_at=now - dt.timedelta(hours=2))
    assert is_late(Publication.objects.get(), now), "the State may ask for them"
    queued: list[str] = []
    monkeypatch.setattr("observations.publications.services.render_publication_task.delay", queued.append)
    assert (queue_missing_files(), queued) == (1, [str(publication.pk)])
