"""Two saved views of the cockpit: one that the secretariat shares, one of the officer's own."""

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from portal.cockpit import save_view, views_for
from portal.demo.plan import Person
from reviews.programme.models import Mechanism

_VIEWS = (("Past the indicative date", "overdue=on", True), ("In my charge", "officer=me", False))


def save_views(mechanism: Mechanism, users: dict[Person, User]) -> None:
    """Save what is not there yet."""
    officer = next(user for person, user in users.items() if person.role == SecretariatRole.OFFICER)
    present = set(views_for(officer, mechanism).values_list("name", flat=True))
    for name, query, is_shared in _VIEWS:
        if name not in present:
            save_view(actor=officer, mechanism=mechanism, name=name, query=query, is_shared=is_shared)
