"""People who can sign in by the form."""

import pytest

from accounts.people.models import User
from tests.utils import Cast

# Journeys run in English every day, and in Arabic as a proof: what a page looks like there the walk sees every day.
LANGUAGES = ["en", pytest.param("ar", marks=pytest.mark.prove)]
LANGUAGES_AND_WIDTHS = [("en", 1280), pytest.param("ar", 360, marks=pytest.mark.prove)]
PASSPHRASE = "a-quiet-harbour-at-noon"


def give_passphrases(cast: Cast) -> None:
    """Let the whole cast sign in, by the addresses that stand in the database (words may be planted in them)."""
    for user in cast.people.values():
        user.refresh_from_db(fields=["email"])
        user.set_password(PASSPHRASE)
    User.objects.bulk_update(cast.people.values(), ["password"])
