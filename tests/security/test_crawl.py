"""From their own page on, as four kinds of people, with an attack list: no error, no markup, no secret."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests import utils
from tests.permissions.pieces import Planter
from tests.security.crawler import Crawler
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db
MARK = "Zanzibar7"
# Words of rooms, as ``Planter`` writes them at the step of the dialogue.
OF_STATE = (f"{MARK} drafted answer", f"{MARK} drafted source")
OF_REVIEWERS = (f"{MARK} drafted request", f"{MARK} drafted observation")
SECRETS = {
    "focal_point": OF_REVIEWERS,
    "same_group_expert": OF_STATE,
    "officer": (*OF_STATE, *OF_REVIEWERS),
    "stranger": (MARK,),
}
# So much at least is walked; less, and the crawler has lost its way.
LEAST = {"focal_point": (45, 16), "same_group_expert": (45, 16), "officer": (38, 18), "stranger": (17, 4)}
REPORT = settings.BASE_DIR / "build" / "security"


@pytest.fixture
def planted(cast: Cast, settings: Any) -> Cast:
    settings.ALLOWED_HOSTS = ["testserver"]
    utils.take_cast_to("dialogue", cast)
    Planter(cast, MARK).plant("dialogue")
    return utils.fresh(cast)


# Every day as one of them; all the others among the long proofs.
@pytest.mark.parametrize(
    "name", [name if name == "stranger" else pytest.param(name, marks=pytest.mark.prove) for name in SECRETS]
)
def test_no_attack_gets_through(planted: Cast, name: str, record_property: Callable[[str, object], None]) -> None:
    client = login_as(Client(raise_request_exception=False), planted.people[name])
    crawler = Crawler(name, client, SECRETS[name])
    crawler.run()
    counts = dict(sorted(crawler.counts.items()))
    record_property("attacks", counts["attacks"])
    REPORT.mkdir(parents=True, exist_ok=True)
    (REPORT / f"crawl-{name}.json").write_text(json.dumps(counts), "utf-8")
    assert crawler.wrong == []
    views, forms = LEAST[name]
    assert counts["views"] >= views
    assert counts["forms"] >= forms


def test_the_crawler_sees_what_is_wrong() -> None:
    """Answers that are wrong in every way it looks for."""
    from django.http import HttpResponse

    page = HttpResponse(
        '<p onxss7="1"><xss7><a href="javascript:x">54439 Traceback (most recent call last) Secret', status=500
    )
    page["Location"] = "//evil.example/"
    page["Set-Cookie"] = "a=b"

    class Stub:
        def generic(self, *args: Any, **more: Any) -> HttpResponse:
            return page

    crawler = Crawler("stub", Stub(), ["Secret"])  # type: ignore[arg-type]
    crawler.ask("GET", "/", "walk")
    problems = [each.partition("(walk): ")[2].split()[0] for each in crawler.wrong]
    assert problems == ["500", "leads", "a", "became", "became", "became", "betrays", "betrays", "shows"]
