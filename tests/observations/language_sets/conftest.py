"""A list of which a version stands, as the tests of translations have it."""

from tests.observations.translations.conftest import text as text
