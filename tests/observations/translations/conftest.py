"""A list with one observation, of which a version stands."""

from collections.abc import Callable

import pytest

from observations.texts.models import AgreedText
from tests import journey
from tests.observations.clearance.texts import propose, table
from tests.observations.translations.orders import translator
from tests.utils import Cast

STANDS = "The State should consider making its law on bribery apply to **all** persons who hold a public office."


@pytest.fixture
def text(cast: Cast, cast_at: Callable[[str], Cast]) -> AgreedText:
    cast_at("observations")
    text = journey.list_of(cast.review)
    table(cast, text, STANDS)
    propose(cast, text)
    translator()
    return AgreedText.objects.get(pk=text.pk)
