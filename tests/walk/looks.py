"""What comes back at every address: made once for each person, at each step of a review, in two languages.

``make test`` looks as some of those who may open a page, and of those who may not; ``make prove`` as all others.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from http.client import FOUND, OK
from typing import Any
from zlib import crc32

import lxml.html
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.permissions.reading import Answered, answered, carried_at, signed_in
from tests.permissions.urls import PAGES
from tests.permissions.urls_base import EVERYBODY, Page, Scene

NOBODY = "nobody"  # who is not signed in
# In Arabic, one of each kind of reader; a page that one of them may not open gives the page of refusal.
ARABIC_READERS = (
    "focal_point",
    "contributor",
    "same_group_focal_point",
    "same_group_expert",
    "officer",
    "auditor",
    "stranger",
)
NOT_IN_A_LANGUAGE = ("api:", "calendar-feed")  # for programs


@dataclass(frozen=True)
class Look:
    """What ``person`` got at ``address``; ``queries``: how many the database was asked for it."""

    page: Page
    stage: str
    person: str
    language: str
    address: str
    answered: Answered
    queries: int

    def __str__(self) -> str:
        return f"{self.page} at {self.stage} in {self.language} as {self.person}"

    @property
    def status(self) -> int:
        return self.answered.status

    @property
    def text(self) -> str:
        return self.answered.text

    @property
    def headers(self) -> Mapping[str, str]:
        return self.answered.headers

    @property
    def is_open(self) -> bool:
        """Whether the page is shown, and no refusal."""
        return self.status == OK and self.is_page

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html") and bool(self.answered.content)

    @cached_property
    def root(self) -> Any:
        """The page as a tree; parsed once for all who look at it."""
        return lxml.html.document_fromstring(self.answered.content.decode())


# What differs from one answer to the next where they say the same: numbers, addresses, tokens.
_PASSING = re.compile(rb'(?:nonce|href|action|src|value|content|hx-get|hx-post)="[^"]*"|[0-9a-f]{12,}|\d+')


def walk(scene: Scene, stage: str, spoken: set[str], *, is_rest: bool = False) -> Iterator[Look]:
    """``spoken``: what has been seen in Arabic already. A page that says in English what another one says, word for
    word, marks and all, says so in Arabic too, and is not made once more: most of these are refusals.

    ``is_rest``: what is left out every day, and that alone.
    """
    pages = sorted((page for page in PAGES if stage in page.access), key=_order)
    said: dict[tuple[str, int], str] = {}
    for name in [NOBODY, *sorted(EVERYBODY)]:
        client = _client(scene, name)
        carried: dict[str, Mapping[str, str]] = {}
        for place, page in enumerate(pages):
            if is_of_every_day(page, stage, name) == is_rest:
                continue
            look = _look(client, page, scene, stage, name, "en", carried)
            if page.method == "get":
                carried[look.address] = carried_at(look.status, look.answered.content)
                if name in ARABIC_READERS:
                    said[name, place] = _said(look)
            yield look
    for name in ARABIC_READERS:
        client = _client(scene, name)
        for place, page in enumerate(pages):
            in_english = said.get((name, place))
            if in_english is None or page.name.startswith(NOT_IN_A_LANGUAGE) or in_english in spoken:
                continue
            spoken.add(in_english)
            yield _look(client, page, scene, stage, name, "ar", {})


# Who looks at every page that they may open, every day: those on whose words, languages and marks the checks rest.
FIRST_READERS = frozenset({"focal_point", "contributor", "same_group_focal_point", "same_group_expert", "officer"})


def is_of_every_day(page: Page, stage: str, person: str) -> bool:
    """The first readers who may open the page, and one each of the others who may, of those who are told why not and of
    those who find nothing. Who is not signed in asks for it at one step.

    Which one is another choice at each page and step, so that everybody is let in and turned away somewhere every day.
    """
    if person == NOBODY:
        return stage == _by_lot(page.access, f"{page}")
    access = page.access[stage]
    if person in access.may & FIRST_READERS:
        return True
    alike = (access.may - FIRST_READERS, access.refused, EVERYBODY - access.may - access.refused)
    return person == _by_lot(next(each for each in alike if person in each), f"{page} {stage}")


def _by_lot(names: Iterable[str], what: str) -> str:
    return min(names, key=lambda name: crc32(f"{what} {name}".encode()))


def _said(look: Look) -> str:
    content = _PASSING.sub(b"", look.answered.content)
    return hashlib.sha256(f"{look.status} {look.answered.location} ".encode() + content).hexdigest()


def _order(page: Page) -> tuple[bool, bool]:
    """Forms are opened before they are sent, and signing out comes last: it ends the session, also in the cache,
    which no rollback brings back.
    """
    return page.name == "accounts:sign-out", page.method == "post"


def _client(scene: Scene, name: str) -> Client:
    return Client() if name == NOBODY else signed_in(scene.cast.people[name])


def _look(
    client: Client,
    page: Page,
    scene: Scene,
    stage: str,
    name: str,
    language: str,
    carried: Mapping[str, Mapping[str, str]],
) -> Look:
    """``carried``: what the forms at addresses carry unseen that the person has looked at."""
    with translation.override(language):
        address = reverse(page.name, args=page.args(scene))
    known = carried.get(address)
    if page.method == "get" or page.success != FOUND or name not in page.access[stage].may:
        known = {}  # nothing comes of it, or the form is not shown to them
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        got = answered(client, page, address, known)
    return Look(page, stage, name, language, address, got, len(asked))
