"""How somebody last narrowed a list."""

from accounts.people.models import User
from reviews.lists.models import LastFilter
from reviews.programme.models import Mechanism


def last_filter(user: User, mechanism: Mechanism, page: str) -> str:
    """What follows the question mark of the address; empty where nothing narrowed. One query."""
    row = LastFilter.objects.filter(user=user, mechanism=mechanism, page=page).only("query").first()
    return row.query if row else ""
