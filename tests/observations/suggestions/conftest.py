"""A list with one observation of one State on the table."""

from collections.abc import Callable

import pytest

from observations.texts.models import AgreedText, Observation
from tests import journey
from tests.observations.clearance.texts import table
from tests.observations.suggestions.wording import STANDS
from tests.utils import Cast


@pytest.fixture
def text(cast: Cast, cast_at: Callable[[str], Cast]) -> AgreedText:
    cast_at("observations")
    text = journey.list_of(cast.review)
    table(cast, text, STANDS)
    return text


@pytest.fixture
def first(text: AgreedText) -> Observation:
    return Observation.objects.get(agreed_text=text)
