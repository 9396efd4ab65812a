"""A list or summary is opened to all States parties alone, or to everybody; wider later, narrower by an end."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from observations.needs.selectors import needs_published
from observations.publications.models import PublicationIndex
from observations.publications.selectors import open_to, publications
from observations.publications.services import end_publication, store_publication_files
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Publication, TextVersion
from reviews.audiences.models import OpenedWords
from tests.guards import guards_off
from tests.observations.publications.publishing import make_public, preview_of, public_page, version_of
from tests.plain_role import plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]
LoginAs = Callable[[User], Client]


@pytest.fixture
def text(cast: Cast) -> AgreedText:
    return AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)


def test_what_is_open_to_states_parties_is_read_by_their_people_alone(
    cast: Cast, text: AgreedText, login_as: LoginAs, client: Client
) -> None:
    publication = make_public(cast, text, audience="states_parties")
    expected = {"same_group_expert": 200, "bystander": 200, "stranger": 404, "officer": 404, "contributor": 404}
    pages, versions = {}, {}
    for name in expected:
        pages[name] = login_as(cast.people[name]).get(public_page(text)).status_code
        with plain_role(), identified_as(cast.people[name]):
            versions[name] = TextVersion.objects.filter(pk=publication.version_id).exists()
    assert pages == expected
    assert versions == {**{name: status == 200 for name, status in expected.items()}, "officer": True}
    client.logout()
    assert client.get(public_page(text)).status_code == 404
    with plain_role():
        assert Publication.objects.filter(pk=publication.pk).exists() is False
    assert (list(publications()), list(open_to(cast.bystander))) == ([], [publication])


def test_nothing_public_counts_or_finds_it(cast: Cast, text: AgreedText, client: Client) -> None:
    publication = make_public(cast, text, audience="states_parties")
    store_publication_files(str(publication.pk), {})
    assert (PublicationIndex.objects.count(), OpenedWords.objects.count()) == (0, 1)
    assert needs_published(cast.review.mechanism) == []
    for address in ("/en/published/", "/en/published/feed/", "/sitemap-published.xml"):
        assert public_page(text) not in client.get(address).content.decode()
    assert Notification.objects.filter(key__startswith="text_published:").count() == 0
    told = Notification.objects.filter(key__startswith="text_opened:")
    assert {each.recipient for each in told} == {cast.same_group_focal_point, cast.other_group_focal_point}


def test_its_words_are_found_by_who_reads_it_and_by_nobody_else(
    cast: Cast, text: AgreedText, login_as: LoginAs, client: Client
) -> None:
    publication = make_public(cast, text, audience="states_parties")
    store_publication_files(str(publication.pk), {})
    words = OpenedWords.objects.get()
    narrowed = [
        {"words": f"observation on {text.instrument.slug}"},
        {"article": str(words.articles[0])},
        {"heading": words.headings[0]},
    ]
    readers = {"same_group_expert", "bystander"}
    for name in (*readers, "stranger", "officer", "contributor"):
        reader = login_as(cast.people[name])
        found = [public_page(text) in reader.get("/en/published/", each).content.decode() for each in narrowed]
        assert found == [name in readers] * 3, name
        page = reader.get("/en/search/", {"q": narrowed[0]["words"]}).content.decode()
        assert (public_page(text) in page) == (name in readers), name
    client.logout()
    assert [public_page(text) in client.get("/en/published/", each).content.decode() for each in narrowed] == [
        False
    ] * 3
    end_publication(actor=cast.focal_point, text=text)
    assert OpenedWords.objects.count() == 0


def test_its_files_say_for_whom_they_are(cast: Cast, text: AgreedText) -> None:
    with guards_off(["reviews_agreedtext"]):
        AgreedText.objects.filter(pk=text.pk).update(language="fr")
    publication = make_public(cast, text, audience="states_parties")
    told: list[tuple[bool, str]] = []

    def render(document: object, status: object) -> bytes:
        told.append((status.is_public, status.readers))  # type: ignore[attr-defined]
        return b"made"

    store_publication_files(str(publication.pk), {"pdf": render})
    assert told == [(True, "Tous les États parties")]


def test_its_readers_narrow_the_list_and_its_end_is_told_in_its_own_words(
    cast: Cast, text: AgreedText, login_as: LoginAs, client: Client
) -> None:
    make_public(cast, text, audience="states_parties")
    narrowed = {"state": cast.state.iso3, "instrument": "untoc"}
    page = login_as(cast.bystander).get("/en/published/", narrowed)
    assert (public_page(text) in page.content.decode(), len(page.context["view"].filter.chips)) == (True, 2)
    client.logout()
    assert f'value="{cast.state.iso3}"' not in client.get("/en/published/").content.decode()
    page = login_as(cast.focal_point).get(f"{preview_of(text)}end/").content.decode()
    assert ("Keep it open" in page, "public pages" in page) == (True, False)


def test_it_becomes_public_later_and_not_narrower_but_by_an_end(cast: Cast, text: AgreedText) -> None:
    first = make_public(cast, text, audience="states_parties")
    with pytest.raises(ServiceError, match="open to them already"):
        make_public(cast, text, audience="states_parties")
    public = make_public(cast, text)
    first.refresh_from_db()
    assert (first.ended_at is not None, list(publications())) == (True, [public])
    with pytest.raises(PolicyRefusedError):
        make_public(cast, text, audience="states_parties")
    end_publication(actor=cast.focal_point, text=text)
    narrower = make_public(cast, text, audience="states_parties")
    assert (list(publications()), list(open_to(cast.bystander))) == ([], [narrower])
    with pytest.raises(DatabaseError, match="opened anew"), transaction.atomic():
        Publication.objects.filter(pk=narrower.pk).update(audience="public")


@pytest.mark.parametrize("audience", ["review_team", "nobody"])
def test_there_is_no_other_audience(cast: Cast, text: AgreedText, audience: str) -> None:
    with pytest.raises(ServiceError) as refused:
        make_public(cast, text, audience=audience)
    assert refused.value.field == "audience"


def test_the_preview_says_who_would_read_and_the_press_is_for_them(
    cast: Cast, text: AgreedText, login_as: LoginAs
) -> None:
    client = login_as(cast.focal_point)
    page = client.get(preview_of(text), {"audience": "states_parties"})
    assert "This is what the people of all States parties would see" in page.content.decode()
    posted = {"sha256": version_of(text).sha256, "audience": page.context["audience"]}
    client.post(f"{preview_of(text)}publish/", posted)
    assert Publication.objects.get().audience == "states_parties"
    shown = client.get(preview_of(text)).content.decode()
    assert "This is what the people of all States parties see" in shown
    assert "Make it public" in shown
