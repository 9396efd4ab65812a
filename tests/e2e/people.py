"""People who can sign in by the form."""

from accounts.models import User
from tests.utils import Cast

PASSPHRASE = "a-quiet-harbour-at-noon"


def give_passphrases(cast: Cast) -> None:
    """Let the whole cast sign in."""
    for user in cast.people.values():
        user.set_password(PASSPHRASE)
    User.objects.bulk_update(cast.people.values(), ["password"])
