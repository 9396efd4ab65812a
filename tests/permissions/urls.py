"""Who gets what at every address of the portal: the table that ``test_every_url`` walks.

For each page: how to build its address, and at which stages of a review who may open it, and who is refused with a
reason. Everybody else must not learn that it is there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from core.api.addresses import NAMESPACE, api_addresses
from tests.permissions.acts import pages_of_acts
from tests.permissions.urls_base import ANYBODY, INSIDE, Access, Page, always, review

PUBLIC = [
    Page("favicon", ANYBODY, success=302, anonymous=302),
    Page("healthz", ANYBODY, anonymous=200),
    Page("readyz", ANYBODY, success=503, anonymous=503),  # no clock turns beside these tests
    Page("robots", ANYBODY, anonymous=200),
    Page("institution-style", ANYBODY, anonymous=200),
    Page("institution-logo", {}),  # which nobody has set
    Page("accounts:sign-in", ANYBODY, success=302, anonymous=200),
    Page("accounts:forgot-password", ANYBODY, anonymous=200),
]
LEAVING = [Page("accounts:sign-out", ANYBODY, method="post", success=302)]
FOR_EVERYBODY = [
    Page("accounts:profile", ANYBODY),
    Page("accounts:own-password", ANYBODY),
    Page("portal:dashboard", ANYBODY),
    Page("portal:search", ANYBODY),
    Page("portal:go", ANYBODY),
    Page("portal:shortcuts", ANYBODY),
    Page("reviews:review-home", ANYBODY, success=302),
    Page("reviews:review-list", ANYBODY, lambda scene: ["untoc"]),
    Page("reviews:state-list", ANYBODY, anonymous=200),
    Page("reviews:state-detail", ANYBODY, lambda scene: ["XVE"]),
    Page("questionnaires:questionnaire-list", ANYBODY, anonymous=200),
    Page("questionnaires:questionnaire-search", ANYBODY, anonymous=200),
    Page("questionnaires:questionnaire-detail", ANYBODY, lambda scene: ["untoc-cluster-1"], anonymous=200),
    Page("questionnaires:questionnaire-word", ANYBODY, lambda scene: ["untoc-cluster-1"], anonymous=200),
]
API = [
    Page("api:root", ANYBODY, anonymous=401),
    Page("api:schema", ANYBODY, anonymous=401),
    Page("api:me", ANYBODY, anonymous=401),
    Page("api:work", ANYBODY, anonymous=401),
    Page("api:questionnaire-list", ANYBODY, anonymous=401),
    Page("api:questionnaire-detail", ANYBODY, lambda scene: ["untoc-cluster-1"], anonymous=401),
    Page("api:review-list", ANYBODY, lambda scene: ["untoc"], anonymous=401),
    Page("api:nothing", always(Access()), anonymous=404),
    Page("no-api", always(Access()), anonymous=404),
    Page("api:review-detail", always(Access(INSIDE)), review, anonymous=401),
]


def _found() -> dict[str, list[Page]]:
    """What each feature says of its addresses, in ``tests/<app>/<feature>/addresses.py``."""
    here = Path(__file__).parent.parent
    table: dict[str, list[Page]] = {"public": PUBLIC, "leaving": LEAVING, "for everybody": FOR_EVERYBODY, "api": API}
    for file in sorted(here.glob("*/*/addresses.py")):
        more = import_module(".".join(["tests", *file.relative_to(here).with_suffix("").parts])).TABLE
        assert not table.keys() & more.keys(), f"{file} names a section that is there already"
        table |= more
    table["acts for programs"] = pages_of_acts([page for pages in table.values() for page in pages])
    return table | {"twins": [*_twins(table)]}


def _twins(table: Mapping[str, Sequence[Page]]) -> Iterator[Page]:
    """A twin that no table names asks what its page asks: whoever gets the one gets the other, and nobody else. Rows
    that say more in their address are of the page alone.
    """
    pages = [page for pages in table.values() for page in pages]
    named = {page.name for page in pages}
    for address in api_addresses():
        reads = "GET" in address.methods
        if (name := f"{NAMESPACE}:{address.name}") not in named:
            for page in pages:
                if page.name in address.view.twin_of and (page.method == "get") == reads and not page.data:
                    yield replace(page, name=name, method="get", success=200 if reads else 405, anonymous=401)


TABLE = _found()
PAGES = [page for pages in TABLE.values() for page in pages]
