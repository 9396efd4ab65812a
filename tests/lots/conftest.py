"""The draw that is kept for a test (``@pytest.mark.kept(taken_to, status)``), and who has to do with draws."""

import pytest

from lots.draws.models import Draw
from tests.lots.making import Officers, TakenTo


@pytest.fixture
def draw(kept: TakenTo) -> Draw:
    return kept.draw


@pytest.fixture
def officers(request: pytest.FixtureRequest) -> Officers:
    """Those who took the kept draw where it stands, or new ones."""
    if request.node.get_closest_marker("kept"):
        taken: TakenTo = request.getfixturevalue("kept")
        return taken.officers
    return Officers()
