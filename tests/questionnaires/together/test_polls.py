"""What the script of a section hears of colleagues (docs/autosave.md)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from redis.exceptions import ConnectionError as CacheConnectionError

from accounts.people.models import User
from questionnaires.responses.models import SectionAssignment
from tests.caches import empty_cache
from tests.questionnaires.answers.autosave import ARTICLE_2, RESPONSE
from tests.questionnaires.ministries.ministries import send
from tests.utils import Cast, clear_answers, login_as as in_own_browser, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
ARTICLE_3 = f"{RESPONSE}firearms/article-3/"


@pytest.fixture(autouse=True)
def nobody_is_here() -> None:
    empty_cache()


def poll(client: Client, section: str = ARTICLE_2, tag: str = "", **query: Any) -> Any:
    headers = {"X-Background": "1", **({"If-None-Match": tag} if tag else {})}
    return client.get(f"{section}together/", {"version": "1", **query}, headers=headers)


def facts_of(reply: Any) -> dict[str, Any]:
    assert reply.status_code == 200
    found: dict[str, Any] = json.loads(reply.content)
    return found


def test_a_colleagues_save_is_told_by_its_number_and_comes_when_it_is_asked_for(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    assert facts_of(poll(client))["revisions"] == {}
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="Theirs")
    assert facts_of(poll(client))["revisions"] == {"I.untoc.1.a": 1}
    came = facts_of(poll(client, of=["I.untoc.1.a", "I.firearms.68"]))
    answer = came["answers"]["I.untoc.1.a"]
    assert list(came["answers"]) == ["I.untoc.1.a"]
    assert (answer["text"], answer["revision"], answer["is_own"]) == ("Theirs", 1, False)
    assert answer["words"].startswith("Changed by Second Expert, ")
    assert came["progress"]["answered"] == 1


def test_what_one_saved_elsewhere_is_no_colleagues(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.expert, "I.untoc.1.a", text="Mine")
    answer = facts_of(poll(login_as(cast.expert), of="I.untoc.1.a"))["answers"]["I.untoc.1.a"]
    assert answer["is_own"]
    assert answer["words"].startswith("Saved ")


def test_where_nothing_is_new_nothing_is_sent(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    tag = poll(client)["ETag"]
    assert (poll(client, tag=tag).status_code, poll(client, tag=f"W/{tag}").content) == (304, b"")
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="Theirs")
    assert poll(client, tag=tag).status_code == 200


@pytest.mark.parametrize(("who", "most"), [("expert", 3), ("contributor", 4)])
def test_it_takes_few_queries(cast: Cast, login_as: LoginAs, who: str, most: int) -> None:
    send(cast)
    client = login_as(cast.people[who])
    poll(client, ARTICLE_3)
    with CaptureQueriesContext(connection) as captured:
        facts_of(poll(client, ARTICLE_3))
    assert len(captured) == most, "\n".join(each["sql"][:120] for each in captured.captured_queries)


def test_drafters_see_who_is_here_and_in_which_question(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    poll(login_as(cast.second_expert), ARTICLE_3, **{"in": "I.firearms.68"})
    poll(login_as(cast.contributor), ARTICLE_3, **{"in": "I.untoc.1"})
    facts = facts_of(poll(login_as(cast.expert), ARTICLE_3))
    assert facts["at"] == [["I.firearms.68", "Second Expert"]]  # the other named no question of this section
    assert "Second Expert" in facts["here"]
    assert cast.contributor.full_name in facts["here"]
    assert "<bdi>Expert</bdi>" not in facts["here"]  # the reader is not told of herself


def test_a_contributor_hears_of_nobody(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    poll(login_as(cast.expert), ARTICLE_3, **{"in": "I.firearms.68"})
    save(cast.response, cast.expert, "I.firearms.68", text="Official")
    facts = facts_of(poll(login_as(cast.contributor), ARTICLE_3, of="I.firearms.68"))
    assert (facts["here"], facts["at"], facts["revisions"], facts["answers"]) == ("", [], {}, {})


def test_who_has_left_or_says_nothing_more_is_not_here(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    leaver, reader = (in_own_browser(Client(), cast.people[name]) for name in ("second_expert", "expert"))
    poll(leaver)
    assert "Second Expert" in facts_of(poll(reader))["here"]
    poll(leaver, gone="1")
    assert facts_of(poll(reader))["here"] == ""
    poll(leaver)
    later = timezone.now().timestamp() + 41
    monkeypatch.setattr("core.web.presence.time.time", lambda: later)
    assert facts_of(poll(reader))["here"] == ""


def test_without_the_cache_saves_arrive_all_the_same(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login_as(cast.expert)
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="Theirs")

    def away() -> None:
        raise CacheConnectionError

    monkeypatch.setattr("core.web.presence._client", away)
    facts = facts_of(poll(client))
    assert (facts["here"], facts["revisions"]) == ("", {"I.untoc.1.a": 1})
    assert poll(client, gone="1").status_code == 200


def test_nothing_of_it_is_in_the_database_and_it_goes_by_itself(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    poll(client)
    cache: Any = caches["default"]
    valkey = cache._cache.get_client(None, write=True)
    keys = valkey.keys(cache.make_key(f"here:{cast.response.pk}:*"))
    assert [0 < valkey.ttl(key) <= 40 for key in keys] == [True]


def test_a_contributor_whose_part_or_access_ended_learns_that_the_page_is_closed(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    client = login_as(cast.contributor)
    assert poll(client, ARTICLE_3).status_code == 200
    SectionAssignment.objects.all().delete()
    reply = poll(client, ARTICLE_3)
    assert (reply.status_code, reply["X-Closed"], reply.json()) == (404, "ended", {})


@pytest.mark.parametrize("who", ["same_group_expert", "officer", "stranger"])
def test_a_refusal_says_nothing(cast: Cast, login_as: LoginAs, who: str) -> None:
    reply = poll(login_as(cast.people[who]))
    assert (reply.status_code, reply.json()) == (404, {})


def test_whoever_has_signed_in_since_hears_nothing_in_the_others_page(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.second_expert)
    reply = client.get(f"{ARTICLE_2}together/", {"version": "1"}, headers={"X-Person": str(cast.expert.pk)})
    assert (reply.status_code, reply["X-Closed"], reply.json()) == (403, "stale", {})


def test_a_page_of_an_earlier_version_is_told_no_answers(cast: Cast, login_as: LoginAs) -> None:
    save(cast.response, cast.second_expert, "I.untoc.1.a", text="Theirs")
    assert facts_of(poll(login_as(cast.expert), version="2")) == {"is_moved": True}
    assert poll(login_as(cast.expert), version="x").status_code == 422


def test_what_was_sent_is_still_read_together(cast: Cast, login_as: LoginAs) -> None:
    clear_answers(cast.focal_point, cast.response)
    assert poll(login_as(cast.expert)).status_code == 200
