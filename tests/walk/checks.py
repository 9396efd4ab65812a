"""What is asked of every answer of the walk. Each check gives what is wrong, in words; nothing when nothing is."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from http.client import FORBIDDEN, FOUND, NOT_FOUND, OK
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path

from core.web.unsaved_input import WRITTEN_IN
from tests.i18n.reading import english_in, read
from tests.permissions.matrix_reading import TABLES, rows_of
from tests.permissions.urls_base import Scene
from tests.security.headers import problems_of
from tests.walk.looks import NOBODY, Look

Check = Callable[[Look, Scene], Iterator[str]]
REASONS = {
    cell.removeprefix("no: ")
    for name in TABLES
    for row in rows_of(name)
    for cell in row.values()
    if cell.startswith("no: ")
}


def status(look: Look, scene: Scene) -> Iterator[str]:
    """Anonymous: sent to sign in. A stranger: not found. Without the right: refused. The rest as the table says."""
    page, access = look.page, look.page.access[look.stage]
    if look.person == NOBODY:
        if not _is_right_for_anonymous(look):
            yield f"{look.status} {look.answered.location}"
        return
    expected = page.success if look.person in access.may else FORBIDDEN if look.person in access.refused else NOT_FOUND
    if look.status != expected:
        yield f"{look.status} and not {int(expected)}"


def _is_right_for_anonymous(look: Look) -> bool:
    page = look.page
    if page.anonymous:
        return look.status == page.anonymous
    if page.method == "post" and WRITTEN_IN.keys() & page.data.keys():
        return (
            look.status == FORBIDDEN
        )  # the words come back on a page that leads to sign in (tests/core/web/test_unsaved_input.py)
    return (look.status, look.answered.location) == (FOUND, f"/{look.language}/sign-in/")


def reason(look: Look, scene: Scene) -> Iterator[str]:
    """Whoever is refused is told why, in the words of the policy."""
    is_refused = look.language == "en" and look.person in look.page.access[look.stage].refused
    if is_refused and not any(each in look.text for each in REASONS):
        yield "refused without a reason"


def planted_words(look: Look, scene: Scene) -> Iterator[str]:
    """No answer holds a word that its reader must not meet; no mail and no entry of the record holds any."""
    if leaked := scene.canaries.leaked_to(look.person, look.text):
        yield f"leaks {leaked}"
    if told := scene.canaries.told(look.answered.traces):
        yield f"a mail or the record of acts tells {told}"


def headers(look: Look, scene: Scene) -> Iterator[str]:
    """Every page says what browsers may do with it, and asks for nothing from elsewhere."""
    if look.page.method == "get":
        yield from problems_of(look.headers, look.root if look.is_page else None)


def language(look: Look, scene: Scene) -> Iterator[str]:
    """An Arabic page is marked as such, from right to left, without a word of English that is not marked."""
    if look.language != "ar" or not look.is_page or look.status not in {OK, FORBIDDEN, NOT_FOUND}:
        return
    page = read(look.root, "ar")
    if (page.root.get("lang"), page.root.get("dir")) != ("ar", "rtl"):
        yield f"not marked as Arabic: {page.root}"
    yield from english_in(page)


def links(look: Look, scene: Scene) -> Iterator[str]:
    """A link within the portal leads to an address that is there."""
    if not look.is_open:
        return
    for address in {each.get("href", "") for each in look.root.iter("a")}:
        parts = urlsplit(address)
        if parts.path.startswith("/") and not parts.netloc and not _is_there(parts.path):
            yield f"a link to {parts.path}"


@cache
def _is_there(path: str) -> bool:
    if path.startswith("/static/"):
        return True
    try:
        with translation.override(get_language_from_path(path) or "en"):
            resolve(path)
    except Resolver404:
        return False
    return True


def names(look: Look, scene: Scene) -> Iterator[str]:
    """A page has a title and one h1, and no two of its controls the same id."""
    if not look.is_open or not look.root.xpath("boolean(/html/head)"):
        return
    title = (look.root.findtext(".//title") or "").strip()
    if not title or "\u2068\u2069" in title:
        yield f"no title, or an empty part in it: {title}"
    if (count := len(list(look.root.iter("h1")))) != 1:
        yield f"{count} h1"
    ids = Counter(look.root.xpath("//@id"))
    if twice := sorted(each for each, count in ids.items() if count > 1):
        yield f"ids that stand twice: {twice}"


_UNDER_A_REVIEW = {"mechanism", "code"}
_ACTING = ("focal_point", "expert", "same_group_focal_point")


def acting_for(look: Look, scene: Scene) -> Iterator[str]:
    """Every page under a review says for which State its reader acts."""
    if look.person not in _ACTING or look.language != "en" or look.page.method != "get" or not look.is_open:
        return
    match = resolve(look.address)
    is_public = not getattr(match.func, "login_required", True)
    if is_public or not match.kwargs.keys() >= _UNDER_A_REVIEW or match.app_name in {"lots", "api"}:
        return
    taking_part = scene.cast.participations[look.person]
    line = f"You act for {taking_part.state_party.name} ({taking_part.get_role_display()})."
    if (said := look.text.count(line)) != 1:
        yield f"says {said} times for whom one acts"


MOST_QUERIES = 120


def queries(look: Look, scene: Scene) -> Iterator[str]:
    """No page asks the database without bound (the lists have literal numbers in ``query_counts.json``)."""
    if look.page.method == "get" and look.queries > MOST_QUERIES:
        yield f"{look.queries} queries"


CHECKS: tuple[Check, ...] = (status, reason, planted_words, headers, language, links, names, acting_for, queries)
