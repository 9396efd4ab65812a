from collections.abc import Callable

import pytest

from tests.utils import Cast


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("self_assessment")
