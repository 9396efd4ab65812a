"""A server that is away: who is signed in works on without Valkey, nobody signs in, and the fault is in no request."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connections
from django.test import Client
from kombu.exceptions import OperationalError as QueueError
from psycopg import errors

from config.embedded import valkey
from config.embedded.binaries import find_valkey
from config.embedded.processes import Child, server_account
from core import health
from core.web.away import is_server_away
from questionnaires.responses.models import Answer
from tests.embedded.conftest import folder as folder
from tests.factories.accounts import PASSPHRASE, UserFactory
from tests.questionnaires.answers.autosave import post_answer
from tests.utils import Cast, login_as

pytestmark = pytest.mark.django_db
SIGN_IN = "/en/sign-in/"


class Cache:
    """A Valkey of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.queue = valkey.Queue(
            program=find_valkey(), data=folder / "data", sockets=folder / "run", account=server_account(),
            log=folder / "valkey.log", aside=folder / "programs",
        )  # fmt: skip
        self.child: Child = valkey.start(self.queue)

    def kill(self) -> None:
        self.child.process.send_signal(signal.SIGKILL)
        self.child.process.wait()

    def come_back(self) -> None:
        self.child = valkey.start(self.queue)


@pytest.fixture
def own_cache(folder: Path, settings: Any) -> Iterator[Cache]:
    own = Cache(folder)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": f"{own.queue.url}?db=1"}}
    yield own
    own.child.stop()


def raising(error: BaseException, cause: BaseException) -> BaseException:
    error.__cause__ = cause
    return error


@pytest.mark.unit
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (raising(OperationalError(), psycopg.OperationalError("connection refused")), True),
        (raising(OperationalError(), errors.AdminShutdown()), True),
        (raising(OperationalError(), errors.CannotConnectNow()), True),
        (raising(OperationalError(), errors.DiskFull()), True),
        (raising(OperationalError(), errors.DeadlockDetected()), False),
        (raising(OperationalError(), errors.QueryCanceled()), False),
        (IntegrityError(), False),
        (QueueError(), True),
        (ValueError(), False),
        (None, False),
    ],
)
def test_a_server_that_is_away_is_told_from_a_fault_of_ours(error: BaseException | None, expected: bool) -> None:
    assert is_server_away(error) is expected


def test_saves_and_pages_need_no_valkey(cast: Cast, own_cache: Cache, client: Client) -> None:
    login_as(client, cast.expert)
    assert post_answer(client, "I.untoc.1.a", text="Before.", base="0")[0] == 200
    own_cache.kill()
    status, body = post_answer(client, "I.untoc.1.a", text="Without Valkey.", base="1")
    assert (status, body["status"]) == (200, "saved")
    assert Answer.objects.get(question__code="I.untoc.1.a").text == "Without Valkey."
    for page in ("/en/", "/en/untoc/reviews/1-XVE/response/", "/healthz/", "/en/published/", "/en/draws/"):
        assert client.get(page).status_code == 200, page


def test_nobody_signs_in_without_valkey_which_counts_how_often_somebody_tries(own_cache: Cache, client: Client) -> None:
    UserFactory(email="ana@states.example")
    given = {"username": "ana@states.example", "password": PASSPHRASE}
    client.raise_request_exception = False
    own_cache.kill()
    refused = client.post(SIGN_IN, given)
    assert (refused.status_code, refused["Retry-After"]) == (503, "10")
    assert "The portal is not fully available at the moment" in refused.content.decode()
    own_cache.come_back()
    assert client.post(SIGN_IN, given).status_code == 302


def test_a_session_does_not_end_without_valkey_so_that_it_does_not_come_back_with_it(
    cast: Cast, own_cache: Cache, client: Client
) -> None:
    login_as(client, cast.expert)
    client.raise_request_exception = False
    assert client.get("/en/").status_code == 200
    own_cache.kill()
    assert client.post("/en/sign-out/").status_code == 503
    own_cache.come_back()
    assert client.get("/en/").status_code == 200, "nobody was told that it has ended"
    assert client.post("/en/sign-out/").status_code == 302
    assert client.get("/en/").status_code == 302


def test_what_is_decided_by_the_cache_is_not_decided_without_it(own_cache: Cache) -> None:
    cache.set("kept", 1)
    own_cache.kill()
    assert (cache.get("kept"), cache.get("kept", 2), cache.get_or_set("kept", lambda: 3)) == (None, 2, 3)
    assert (cache.get_many(["kept"]), "kept" in cache, cache.delete("kept"), cache.set_many({"a": 1})) == (
        {}, False, False, [],
    )  # fmt: skip
    for ask in (lambda: cache.add("once", 1), lambda: cache.incr("kept")):
        with pytest.raises(Exception, match=r"connecting|refused|closed|No such file") as caught:
            ask()
        assert is_server_away(caught.value)


@pytest.fixture
def lost_database(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let every statement fail as it does when nobody answers."""

    def lose() -> None:
        def away(execute: Any, *args: Any) -> None:
            raise OperationalError("connection refused") from psycopg.OperationalError("connection refused")

        monkeypatch.setattr(connections["default"], "execute_wrappers", [away])

    return lose


def test_a_page_says_in_its_language_that_a_server_is_away_and_when_to_come_again(
    cast: Cast, lost_database: Callable[[], None]
) -> None:
    client = login_as(Client(raise_request_exception=False), cast.expert)
    lost_database()
    for language, words in (("en", "The portal is not fully available"), ("ar", "البوابة غير متاحة بالكامل")):
        page = client.get(f"/{language}/states/")
        assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "10", "no-store")
        assert words in page.content.decode()
        assert "The fault is ours" not in page.content.decode()


def test_a_program_is_told_as_a_problem(cast: Cast, lost_database: Callable[[], None]) -> None:
    client = login_as(Client(raise_request_exception=False), cast.expert)
    lost_database()
    for answer in (
        client.get("/api/v1/untoc/reviews/"),
        client.post("/en/untoc/reviews/1-XVE/response/answers/I.untoc.1/", headers={"Accept": "application/json"}),
    ):
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == 503


def test_both_probes_say_that_the_database_is_away(
    lost_database: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "readiness", health._Readiness().look)  # another test may just have looked
    client = Client(raise_request_exception=False)
    lost_database()
    for address in ("/healthz/", "/readyz/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "10"), address
        assert answer.json()["status"] == "unavailable"
