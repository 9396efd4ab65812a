"""Who of one's own State has a section of the desk open, and that nobody else is shown (docs/adr/0064)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as CacheConnectionError

from accounts.people.models import User
from reviews.cases.models import Participation
from tests.caches import empty_cache
from tests.dialogue.exchange.exchange import ARTICLE_5, DESK, QUESTION
from tests.utils import Cast, login_as as in_own_browser, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
ARTICLE_6 = f"{DESK}untoc/article-6/"
READERS = {"same_group_expert", "same_group_focal_point", "same_group_observer"}


@pytest.fixture(autouse=True)
def nobody_is_here() -> None:
    empty_cache()


def poll(client: Client, section: str = ARTICLE_5, **query: Any) -> Any:
    return client.get(f"{section}together/", query, headers={"X-Background": "1"})


def here(reply: Any) -> str:
    assert reply.status_code == 200
    found: dict[str, Any] = json.loads(reply.content)
    return str(found["here"])


def test_colleagues_see_each_other_and_in_which_question(cast: Cast) -> None:
    expert, colleague = (in_own_browser(Client(), cast.people[name]) for name in sorted(READERS)[:2])
    poll(expert, **{"in": QUESTION})
    facts = json.loads(poll(colleague).content)
    assert "Same Group Expert" in facts["here"]
    assert "question 5" in facts["here"]
    assert facts["at"] == [[QUESTION, "Same Group Expert"]]
    assert "Same Group Focal Point" not in facts["here"]  # the reader is not told of herself
    assert here(poll(colleague, ARTICLE_6)) == ""
    poll(expert, **{"in": "I.tip.1"})  # a question of another section
    assert json.loads(poll(colleague).content)["at"] == []
    poll(expert, gone="1")
    assert here(poll(colleague)) == ""


@pytest.mark.parametrize("is_shared", [False, True], ids=["rooms of their own", "a common room"])
def test_nobody_of_another_state_is_shown(cast: Cast, login_as: LoginAs, is_shared: bool) -> None:
    if is_shared:
        set_common_room(cast.review)
    poll(login_as(cast.same_group_expert))
    for part in ("other_group_expert", "other_group_focal_point", "expert", "focal_point", "officer"):
        client = login_as(cast.people[part])
        assert "Same Group Expert" not in client.get(ARTICLE_5).content.decode(), part
        assert b"Same Group" not in poll(client).content, part
    assert "Other Group" not in here(poll(login_as(cast.same_group_focal_point)))


def test_without_scripts_the_page_shows_who_was_there_when_it_was_loaded(cast: Cast, login_as: LoginAs) -> None:
    assert "Also here:" not in login_as(cast.same_group_expert).get(ARTICLE_5).content.decode()
    page = login_as(cast.same_group_observer).get(ARTICLE_5).content.decode()
    assert page.index("Also here:") < page.index("Same Group Expert")
    login_as(cast.same_group_focal_point).head(ARTICLE_5)  # a script asks whether the page is open, which is no visit
    assert "Same Group Focal Point" not in here(poll(login_as(cast.same_group_expert)))


def test_the_secretariat_is_in_no_room(cast: Cast, login_as: LoginAs) -> None:
    officer = login_as(cast.officer)
    assert "data-together" not in officer.get(ARTICLE_5).content.decode()
    assert (poll(officer).status_code, poll(officer).json()) == (404, {})


@pytest.mark.parametrize("who", ["contributor", "stranger"])
def test_a_refusal_says_nothing(cast: Cast, login_as: LoginAs, who: str) -> None:
    reply = poll(login_as(cast.people[who]))
    assert (reply.status_code, reply["X-Closed"], reply.json()) == (404, "ended", {})


def test_whose_part_has_ended_learns_that_the_page_is_closed(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_observer)
    assert here(poll(client)) == ""
    Participation.objects.filter(user=cast.same_group_observer).update(ended_at="2026-01-01T00:00Z")
    assert (poll(client).status_code, poll(client)["X-Closed"]) == (404, "ended")


@pytest.mark.parametrize("section", ["untoc/no-such-section/", "tip/article-5/"])
def test_there_is_no_room_in_a_section_that_is_none(cast: Cast, login_as: LoginAs, section: str) -> None:
    assert poll(login_as(cast.same_group_expert), f"{DESK}{section}").status_code == 404


def test_it_takes_few_queries_and_is_empty_where_nothing_is_new(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    tag = poll(client)["ETag"]
    with CaptureQueriesContext(connection) as captured:
        again = client.get(f"{ARTICLE_5}together/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert len(captured) <= 4, "\n".join(each["sql"][:120] for each in captured.captured_queries)


def test_without_the_cache_nobody_is_seen_and_the_desk_is_there(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise CacheConnectionError

    monkeypatch.setattr("core.web.presence._client", away)
    client = login_as(cast.same_group_expert)
    assert client.get(ARTICLE_5).status_code == 200
    assert here(poll(client)) == ""


def test_it_goes_by_itself(cast: Cast, login_as: LoginAs) -> None:
    poll(login_as(cast.same_group_expert))
    cache: Any = caches["default"]
    valkey = cache._cache.get_client(None, write=True)
    keys = valkey.keys(cache.make_key(f"here:desk:{cast.review.pk}:*"))
    assert [0 < valkey.ttl(key) <= 40 for key in keys] == [True]
