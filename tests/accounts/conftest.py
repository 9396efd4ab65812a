import uuid
from typing import Any

import pytest
from allauth.core.internal import ratelimit


@pytest.fixture(autouse=True)
def _limits_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts are counted in the cache, which outlives a test: each test counts under a mark of its own."""
    key_of, mark = ratelimit.get_cache_key, uuid.uuid4().hex

    def marked(*args: Any, **kwargs: Any) -> str:
        return f"{key_of(*args, **kwargs)}:{mark}"

    monkeypatch.setattr(ratelimit, "get_cache_key", marked)
