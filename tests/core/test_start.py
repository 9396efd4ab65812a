"""What a container does before its program: it looks at the database, whoever it works as, and says what is wrong."""

import json
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from config import start
from core.database import schema
from tests.architecture import compose
from tests.plain_role import HAS_TWO_ROLES, plain_role, system_role

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
PLAIN, DOOR, SYSTEM = settings.DATABASE_PLAIN_ROLE, settings.DATABASE_DOOR_ROLE, settings.DATABASE_SYSTEM_ROLE
KINDS = {"web": (plain_role, PLAIN, DOOR, ""), "worker": (system_role, "", "", SYSTEM)}


@pytest.mark.parametrize("kind", KINDS)
def test_pages_and_workers_see_a_wall_that_is_missing_by_the_addresses_that_they_have(kind: str, settings: Any) -> None:
    role: Callable[[], AbstractContextManager[None]]
    role, *named = KINDS[kind]
    settings.DATABASE_PLAIN_ROLE, settings.DATABASE_DOOR_ROLE, settings.DATABASE_SYSTEM_ROLE = named
    with role():
        start.look()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER core_audit_guard ON core_auditentry")
    with (
        role(),
        pytest.raises(SystemExit, match=r"core_audit_guard is missing\nNobody is let in"),
    ):
        start.look()


def test_nobody_begins_while_a_restore_is_half_done(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    (tmp_path / "beside").mkdir()
    start.look()
    (tmp_path / "beside" / ".decided").write_text("before-20261124_020000")
    with pytest.raises(SystemExit, match="A restore was interrupted: call tools/docker/restore"):
        start.look()


def test_a_database_that_is_not_there_yet_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> list[str]:
        raise OperationalError("connection refused\n")

    monkeypatch.setattr(schema, "faults", away)
    with pytest.raises(SystemExit, match=r"does not start yet: connection refused$"):
        start.look()


def test_where_all_is_well_it_becomes_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(os, "execvp", lambda file, words: became.append((file, words)))
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setattr(start.django, "setup", lambda: None)
    monkeypatch.setattr(start.connections, "close_all", lambda: None)
    start.main(["celery", "--app=config", "beat"])
    assert became == [("celery", ["celery", "--app=config", "beat"])]


@pytest.mark.parametrize("name", ["web", "worker", "pdf", "beat"])
def test_each_service_of_ours_looks_before_it_begins(name: str) -> None:
    """After a reboot the daemon waits for nobody. Not in the image's entry, which a restore also goes through."""
    service = compose.installation()["services"][name]
    words = service.get("command") or json.loads(compose.instructions("CMD")[0])
    assert words[:3] == ["python", "-m", "config.start"]
    assert ("entrypoint" in service, compose.instructions("ENTRYPOINT")) == (False, [])
