import pytest

from observations.texts.models import AgreedText
from tests import journey
from tests.utils import Cast


@pytest.fixture
def text(cast: Cast) -> AgreedText:
    return journey.list_of(cast.review)
