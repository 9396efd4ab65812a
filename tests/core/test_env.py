"""The typed readers of the environment."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import redis_urls, secret

pytestmark = pytest.mark.unit


def test_a_secret_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAL", "from the environment")
    assert secret("TRIAL") == "from the environment"


def test_a_secret_from_a_file_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("TRIAL", "from the environment")
    monkeypatch.setenv("TRIAL_FILE", str(file))
    assert secret("TRIAL") == "from the file"


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIAL_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match=r"TRIAL_FILE names .*nowhere, which cannot be read"):
        secret("TRIAL", "default")


def test_a_missing_secret_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIAL", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Set TRIAL or TRIAL_FILE"):
        secret("TRIAL")


def test_a_default_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIAL", raising=False)
    assert secret("TRIAL", "default") == "default"


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("redis://localhost:6379", "redis://localhost:6379/0", "redis://localhost:6379/1"),
        ("redis://localhost:6379/", "redis://localhost:6379/0", "redis://localhost:6379/1"),
        ("redis://:secret@queue:6380/5", "redis://:secret@queue:6380/0", "redis://:secret@queue:6380/1"),
        ("rediss://queue.example:6380/0", "rediss://queue.example:6380/0", "rediss://queue.example:6380/1"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock", "unix:///run/valkey.sock?db=1"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock", "unix:///run/valkey.sock?db=1"),
    ],
)
def test_addresses_of_the_broker_and_of_the_cache(url: str, broker: str, cache: str) -> None:
    assert redis_urls(url) == (broker, cache)
