"""The public pages of the roots: what everybody finds there, and what nobody does."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from core import audit
from core.audit.roots.giving import give_root
from core.audit.roots.keys import pem_of
from core.audit.roots.statements import file_name_of, file_of
from core.models import RecordRoot
from tests.core.audit.roots import kept_in
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with kept_in(tmp_path / "roots") as kept:
        yield kept


def give(number: int) -> list[RecordRoot]:
    return [give_root(FIRST + dt.timedelta(days=day)) for day in range(number)]


def words_of(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub("[\u2066-\u2069]", "", page)))


def test_everybody_finds_the_roots_the_newest_first_and_the_key_that_signed_them(client: Client) -> None:
    roots = give(2)
    words = words_of(client, reverse("core:root-list"))
    places = [words.index(root.hash) for root in roots]
    assert places == sorted(places, reverse=True)
    assert "Root 2 of 2 January 2026" in words
    assert words.count(roots[0].key) == 2, "as the name of the link, and to compare"
    assert "Roots are not signed" not in words


def test_before_the_first_night_the_page_says_so(client: Client) -> None:
    assert "No root has been given out yet" in words_of(client, reverse("core:root-list"))


def test_the_page_says_plainly_that_roots_are_not_signed(client: Client, tmp_path: Path) -> None:
    with kept_in(tmp_path / "bare", key=None):
        root = give_root(FIRST)
    assert "Roots are not signed: this portal has no key for them." in words_of(client, reverse("core:root-list"))
    assert "This root is not signed" in words_of(client, reverse("core:root-detail", args=[root.number]))


def test_the_page_of_a_root_and_its_files_say_what_was_given_out(client: Client, folder: Path) -> None:
    root = give(2)[1]
    words = words_of(client, reverse("core:root-detail", args=[root.number]))
    for said in (" ".join(root.groups), root.earlier, root.signature, root.key, f"--root {root.hash}"):
        assert said in words
    file = client.get(reverse("core:root-file", args=[root.number]))
    assert file.content == file_of(root) == (folder / file_name_of(root)).read_bytes()
    assert client.get(reverse("core:root-key", args=[root.key])).content == pem_of(root.public_key)


def test_no_page_tells_which_records_there_are(cast: Cast, client: Client) -> None:
    root = give(1)[0]
    names = [name.rpartition("/")[2] for name in audit.chains()]
    assert "1-XVE" in names
    for url in (reverse("core:root-list"), *(reverse(f"core:root-{name}", args=[1]) for name in ("detail", "file"))):
        page = client.get(url).content.decode()
        assert [name for name in names if re.search(rf"\b{name}\b", page.replace("portal", ""))] == []
        assert root.secret.seed not in page


def test_a_long_list_has_pages_of_the_same_number_of_queries(client: Client) -> None:
    give(1)
    with assert_query_count("core:root-list"):
        client.get(reverse("core:root-list"))
    give(53)
    with assert_query_count("core:root-list"):
        words = words_of(client, reverse("core:root-list"))
    assert (words.count(" Root 5"), " Root 4 of" in words, " Root 3 of" in words) == (5, True, False)
    assert "Root 3 of 3 January 2026" in words_of(client, f"{reverse('core:root-list')}?page=2")


def test_the_pages_are_there_in_arabic(client: Client) -> None:
    give(1)
    for address in ("/ar/roots/", "/ar/roots/1/"):
        page = client.get(address).content.decode()
        assert ('dir="rtl"' in page, "Roots" in page) == (True, False)
