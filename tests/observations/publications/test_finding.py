"""Public documents are found by their words, articles and headings, and taken along as data."""

import datetime as dt
import json
import re
from itertools import product
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.database.identity import identified_as
from core.language.indexing import holding, letters_of, stems_of
from observations.publications.models import PublicationIndex
from observations.publications.services import end_publication, queue_missing_files, store_publication_files
from observations.texts.enums import ObservationKind
from observations.texts.models import AgreedText, Publication
from tests.guards import guards_off
from tests.observations.publications.publishing import (
    CANARY,
    EXPERT,
    FOCAL_POINT,
    LIST,
    address_of,
    agree_on_lists,
    file_of,
    fresh,
    make_public,
    public_page,
    rows_of,
    version_of,
)
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(agree_on_lists)]
FEED, SITE_MAP = "/en/published/feed/", "/sitemap-published.xml"


@pytest.fixture
def publication(cast: Cast, text: AgreedText) -> Publication:
    publication = make_public(cast, text)
    store_publication_files(str(publication.pk), {})
    return publication


def found(client: Client, **narrowed: str) -> list[tuple[str, str, str]]:
    return rows_of(client.get(LIST, narrowed))


def test_a_document_is_found_by_its_words_and_shows_where_they_stand(
    publication: Publication, text: AgreedText, client: Client
) -> None:
    page = client.get(LIST, {"words": f"observed on {text.instrument.slug}"})
    assert rows_of(page) == [("1-XVE", text.instrument.slug, text.kind)], "by the stem of the word"
    marked = re.findall(r'<mark class="app-found__mark">(.*?)</mark>', page.content.decode())
    assert any(word.casefold().startswith("observ") for word in marked)
    assert found(client, words=f"observation on {text.instrument.slug} zebra") == []


@pytest.mark.parametrize("words", [CANARY, EXPERT, FOCAL_POINT])
def test_nothing_is_found_that_is_not_public(publication: Publication, client: Client, words: str) -> None:
    assert found(client, words=words) == []
    assert words.casefold() not in PublicationIndex.objects.get().letters


def test_a_document_is_found_by_article_heading_and_language(publication: Publication, client: Client) -> None:
    index = PublicationIndex.objects.get()
    assert index.articles
    others = {str(kind) for kind in ObservationKind} - set(index.headings)
    assert [len(found(client, article=str(number))) for number in index.articles] == [1] * len(index.articles)
    assert [len(found(client, heading=kind)) for kind in index.headings] == [1] * len(index.headings)
    assert {len(found(client, heading=kind)) for kind in others} <= {0}
    assert len(found(client, language="en")) == 1
    labels = [label for _value, label in client.get(LIST).context["form_filter"].fields["article"].choices[1:]]
    assert labels == index.articles


@pytest.mark.parametrize(
    ("language", "words", "asked"),
    [
        ("fr", "Les personnes extradées sont jugées.", "extrader jugée"),
        ("ar", "تجريم المشاركة في جماعة إجرامية منظَّمة", "اجراميه منظمه"),
        ("ar", "بالمشاركة في الإجراءات", "مشاركة"),
        ("zh-hans", "参加有组织犯罪集团行为的刑事定罪", "犯罪"),
        ("en", "As said in Law 12/1999, extradition is refused.", "2/199"),
        ("es", "La extradición se denegó.", "extradicion"),
    ],
)
def test_words_are_found_as_each_language_writes_them(
    publication: Publication, language: str, words: str, asked: str
) -> None:
    rows = PublicationIndex.objects.filter(publication=publication)
    rows.update(language=language, letters=letters_of(words), stems=stems_of(words, language))
    columns = {"stems": "stems", "letters": "letters", "language": "language"}
    assert rows.filter(holding(asked, **columns)).exists()
    assert not rows.filter(holding(f"{asked} zebra", **columns)).exists()
    assert not rows.filter(holding("", **columns)).exists()


def test_of_a_very_long_text_as_much_is_kept_by_its_stems_as_the_database_holds(publication: Publication) -> None:
    signs = "".join(map(chr, range(0x4E00, 0x9E00)))
    parts = [*map("".join, product("abcdefghijklmnop", repeat=4))]
    chinese = "\u3002".join(signs[at:] + signs[:at] for at in range(0, 20_000, 1_000))
    chinese = "\u3002".join(chinese[at : at + 50] for at in range(0, len(chinese), 50))
    arabic = " ".join(map("".join, product("ابتثجحخدذرزسشصضطظ", repeat=4)))
    joined = " ".join(f"{one}-{other}" for one, other in zip(parts, reversed(parts), strict=True))
    rows = PublicationIndex.objects.filter(publication=publication)
    for language, words in (("zh-hans", chinese), ("ar", arabic), ("en", joined)):
        assert rows.update(language=language, stems=stems_of(words, language)) == 1


def test_what_is_no_longer_public_is_found_no_more(
    cast: Cast, text: AgreedText, publication: Publication, client: Client
) -> None:
    end_publication(actor=cast.focal_point, text=text)
    assert not PublicationIndex.objects.exists()
    store_publication_files(str(publication.pk), {})
    assert not PublicationIndex.objects.exists(), "nor by a worker that comes late"
    assert found(client, words="observation") == []


def test_a_worker_makes_what_is_missing(cast: Cast, text: AgreedText, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = make_public(cast, text)
    with guards_off([Publication._meta.db_table]):
        Publication.objects.update(pdf="a.pdf", docx="a.docx", xml="a.xml")
    queued: list[str] = []
    monkeypatch.setattr("observations.publications.services.render_publication_task.delay", queued.append)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        assert (queue_missing_files(), queued) == (1, [str(publication.pk)])


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")
def test_no_page_writes_what_is_found(cast: Cast, publication: Publication) -> None:
    with identified_as(cast.officer):
        assert run("DELETE FROM observations_publicationindex") == 0
        refused("UPDATE observations_publicationindex SET letters = 'other'")
    with identified_as(cast.focal_point), plain_role():
        assert PublicationIndex.objects.all().delete()[0] == 1, "of the State whose it is"


def test_each_version_has_an_address_of_its_own(publication: Publication, text: AgreedText, client: Client) -> None:
    number = publication.version.number
    own, other = (
        reverse("observations:publication-version", args=address_of(text, str(each))) for each in (number, number + 1)
    )
    assert [client.get(each).status_code for each in (own, other)] == [200, 404]
    assert f'<link rel="canonical" href="{site()}{public_page(text)}">' in client.get(own).content.decode()


def test_a_document_is_taken_as_data(cast: Cast, publication: Publication, text: AgreedText, client: Client) -> None:
    answer = client.get(file_of(text, "json"))
    assert answer["Content-Type"] == "application/json"
    data = answer.json()
    assert (data["state_under_review"], data["language"], data["version"]) == ("XVE", "en", 1)
    assert data["sha256_of_agreed_version"] == version_of(text).sha256
    assert f"Observation on {text.instrument.slug}." in [block["text"] for block in data["document"]["blocks"]]
    hidden = {CANARY, EXPERT, FOCAL_POINT, str(text.pk), str(cast.review.pk)}
    assert {word for word in hidden if word in answer.content.decode()} == set()
    assert all(not block["grounds"] for block in data["document"]["blocks"])


def test_programs_read_what_a_page_is(publication: Publication, text: AgreedText, client: Client) -> None:
    page = client.get(public_page(text)).content.decode()
    linked: dict[str, Any] = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert (linked["@type"], linked["inLanguage"]) == ("Report", "en")
    assert {each["encodingFormat"] for each in linked["encoding"]} == {"application/json"}, "no file is made yet"
    assert f'<meta name="DC.identifier" content="{linked["@id"]}">' in page
    arabic = public_page(text).replace("/en/", "/ar/")
    assert f'<link rel="alternate" hreflang="ar" href="{site()}{arabic}">' in page
    assert client.get(linked["@id"].removeprefix(site())).status_code == 200


def test_what_was_published_is_in_the_feed_and_for_search_engines(
    cast: Cast, publication: Publication, text: AgreedText, client: Client
) -> None:
    for address in (FEED, SITE_MAP):
        assert public_page(text) in client.get(address).content.decode()
        other = fresh(AgreedText.objects.exclude(pk=text.pk).filter(kind=text.kind)[0])
        assert public_page(other) not in client.get(address).content.decode()
    assert "sitemap-published.xml" in client.get("/sitemap.xml").content.decode()
    assert f"Sitemap: {site()}/sitemap.xml" in client.get("/robots.txt").content.decode()
    end_publication(actor=cast.focal_point, text=text)
    assert [public_page(text) in client.get(each).content.decode() for each in (FEED, SITE_MAP)] == [False, False]


def site() -> str:
    return str(settings.SITE_URL).rstrip("/")
