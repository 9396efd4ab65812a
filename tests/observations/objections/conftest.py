"""A list with two observations of one State on the table."""

import pytest

from observations.texts.models import AgreedText, Observation
from tests import journey
from tests.observations.clearance.texts import table
from tests.sharing import shared
from tests.utils import Cast


@shared
def text(cast: Cast) -> AgreedText:
    text = journey.list_of(cast.review)
    table(cast, text, "The first observation.")
    table(cast, text, "The second observation.")
    return text


@pytest.fixture
def first(text: AgreedText) -> Observation:
    return Observation.objects.get(agreed_text=text, text="The first observation.")
