"""``/metrics``: figures for who has the token, with no label but words of ours; others find no such page."""

import os
import re
import socket
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from core import audit, health, measures
from core.database.identity import identified_as_system
from core.enums import JobStatus, NotificationStatus
from core.models import Notification
from core.security_events import SecurityEvent
from core.watch import exposition, figures
from core.watch.tasks import take_figures_task
from tests.factories.core import JobFactory, NotificationFactory
from tests.plain_role import system_role

TOKEN = "a-token-of-tests-that-is-long-enough"


def scrape(client: Client, token: str = TOKEN) -> dict[str, Metric]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return {family.name: family for family in text_string_to_metric_families(answer.content.decode())}


def answered(client: Client) -> dict[tuple[str, str], float]:
    """How many requests were answered, by kind and status."""
    samples = scrape(client)["portal_request_seconds"].samples
    named = [each for each in samples if each.name.endswith("_count")]
    return {(each.labels["kind"], each.labels["status"]): each.value for each in named}


def values(family: Metric) -> dict[tuple[str, ...], float]:
    return {tuple(sample.labels.values()): sample.value for sample in family.samples}


def take(client: Client) -> dict[str, Metric]:
    """Ask, have a worker count, and ask again."""
    scrape(client)
    with system_role(), identified_as_system():
        take_figures_task()
    return scrape(client)


@pytest.fixture
def watched(settings: Any) -> Client:
    settings.METRICS_TOKEN = TOKEN
    cache.clear()
    return Client()


def plain(answer: Any) -> str:
    """A page without what is of one request alone."""
    return re.sub(r'nonce="[^"]*"|/metrics|/other-words', "", answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", TOKEN])
def test_a_stranger_is_told_what_is_told_of_any_address(settings: Any, token: str) -> None:
    """Whether the figures are on or off, with a wrong token, an empty one, or none."""
    settings.METRICS_TOKEN = token
    client = Client()
    elsewhere = client.get("/other-words", follow=True)
    assert elsewhere.status_code == 404
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}):
        answer = client.get("/metrics", headers=headers, follow=True)
        assert (answer.status_code, plain(answer)) == (404, plain(elsewhere))


@pytest.mark.django_db
def test_requests_are_counted_by_kind_and_class_of_status(watched: Client) -> None:
    before = answered(watched)
    watched.get("/en/sign-in/")
    watched.post("/en/sign-in/", {"username": "nobody@xal.example", "password": "not-this-one"})
    watched.get("/api/v1/me/")
    watched.get("/healthz/")
    watched.get("/en/there-is-no-such-page/")
    after = answered(watched)
    risen = {key for key, count in after.items() if count > before[key]}
    assert risen == {("page", "2xx"), ("write", "4xx"), ("api", "4xx"), ("health", "2xx"), ("page", "4xx")}
    assert len(before) == len(measures.KINDS) * 4, "what has not happened stands at nought"


@pytest.mark.django_db
def test_labels_are_words_of_ours_and_nothing_else(watched: Client) -> None:
    """No name, address, State or id: each label has a table, and every value is in it."""
    health.show_life(health.WORKER)
    health.show_life("of-nobody")
    watched.get("/en/untoc/reviews/1-XAL/", headers={"X-Forwarded-For": "203.0.113.7"})
    watched.post("/en/sign-in/", {"username": "ingrid.vasterholm@xal.example", "password": "not-this-one"})
    tables = {
        "kind": set(measures.KINDS),
        "status": {*measures.STATUSES, *NotificationStatus.values, *JobStatus.values},
        "le": {"+Inf", *map(str, (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0))},
        "part": set(exposition.PARTS),
        "what": set(exposition.WAITING),
        "queue": {"default", "pdf"},
        "event": {*map(str, SecurityEvent), *(verb for verb in audit.known_verbs() if audit.is_of_security(verb))},
    }
    for family in take(watched).values():
        for sample in family.samples:
            assert {name: value for name, value in sample.labels.items() if value not in tables[name]} == {}


@pytest.mark.django_db
def test_a_worker_counts_what_no_page_may_once_somebody_asks(watched: Client) -> None:
    with system_role(), identified_as_system():
        take_figures_task()
    assert figures.last_taken() is None, "nobody has asked"
    JobFactory(target_id=uuid.uuid4(), status=JobStatus.FAILED)
    NotificationFactory(status=NotificationStatus.BOUNCED)
    found = take(watched)
    assert {figure.name for figure in figures.FIGURES} <= set(found)
    assert values(found["portal_jobs"]) == {**{(each,): 0.0 for each in JobStatus.values}, ("failed",): 1.0}
    assert values(found["portal_mails"])[("bounced",)] == 1.0
    assert 0 < values(found["portal_database_connections"])[()] <= values(found["portal_database_connections_max"])[()]
    assert 0 < values(found["portal_disk_free_bytes"])[()] < values(found["portal_disk_bytes"])[()]


@pytest.mark.django_db
def test_a_mail_that_is_tried_in_vain_is_told_while_it_is_not_due(watched: Client) -> None:
    NotificationFactory(attempts=2)
    assert values(take(watched)["portal_mails_retried_seconds"]) == {(): 0.0}
    now = timezone.now()
    tried = NotificationFactory(attempts=3, next_attempt_at=now + timedelta(hours=1))
    Notification.objects.filter(pk=tried.pk).update(created_at=now - timedelta(hours=1))
    found = take(watched)
    assert 3600 <= values(found["portal_mails_retried_seconds"])[()] < 3700
    assert values(found["portal_mails_waiting"]) == {(): 0.0}


@pytest.mark.django_db
def test_a_queue_that_is_away_is_told_and_the_rest_too(watched: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    away = current_app.connection_for_read("redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app, "connection_for_read", lambda **_given: away)
    found = scrape(watched)
    assert (values(found["portal_queue_up"]), values(found["portal_database_up"])) == ({(): 0.0}, {(): 1.0})
    assert found["portal_queue_length"].samples == []


@pytest.mark.django_db
def test_a_queue_that_takes_calls_and_does_not_answer_holds_nobody(
    watched: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = current_app.connection_for_read
    with socket.create_server(("127.0.0.1", 0)) as dumb:
        url = f"redis://127.0.0.1:{dumb.getsockname()[1]}/0"
        monkeypatch.setattr(current_app, "connection_for_read", lambda **given: begin(url, **given))
        began = time.monotonic()
        found = scrape(watched)
    assert time.monotonic() - began < 9, "Prometheus waits for ten seconds"
    assert values(found["portal_queue_up"]) == {(): 0.0}


@pytest.mark.unit
def test_nothing_is_measured_where_nobody_may_ask() -> None:
    assert django_settings.METRICS_TOKEN == ""
    client = Client()
    client.handler.load_middleware()
    assert not [each for each in client.handler._view_middleware or [] if "Measuring" in str(each)]
    assert "MeasuringMiddleware" in django_settings.MIDDLEWARE[1]


COUNT_IN_TWO = """
import os
from config.measuring import share_figures
share_figures()
folder = os.environ["PROMETHEUS_MULTIPROC_DIR"]
from core import measures
if (child := os.fork()) == 0:
    measures.answered.labels("page", "2xx").observe(0.2)
    raise SystemExit
os.waitpid(child, 0)
measures.answered.labels("page", "2xx").observe(0.3)
samples = [sample for family in measures.counted().collect() for sample in family.samples]
print([sample.value for sample in samples if sample.name == "portal_request_seconds_count"], os.path.isdir(folder))
print(folder)
"""


@pytest.mark.unit
def test_processes_of_one_server_count_together_and_leave_nothing() -> None:
    environment = {**os.environ, "METRICS_TOKEN": TOKEN}
    ran = subprocess.run(
        [sys.executable, "-c", COUNT_IN_TWO], env=environment, capture_output=True, text=True, check=True
    )
    said, folder = ran.stdout.splitlines()
    assert (said, Path(folder).exists()) == ("[2.0] True", False)
