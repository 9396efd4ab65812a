"""The contacts of States, and fingerprints by which a form says what its writer was shown."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from accounts.contacts.models import StateContact
from accounts.contacts.sheet import KnownContact
from accounts.states import in_order_of_names, states_named
from accounts.states.models import StateParty
from core.errors import found
from core.hashes import document_hash

_FIELDS = ("office", "email", "language", "remark")


def contacts() -> QuerySet[StateContact]:
    """Of all States; the caller asks the policy."""
    return StateContact.objects.select_related("state_party")


def by_state(rows: QuerySet[StateContact]) -> QuerySet[StateContact]:
    """In the order of the names of States in the reader's language."""
    return rows.order_by(in_order_of_names("state_party"), "office", "email")


def of_state_named(rows: QuerySet[StateContact], text: str) -> QuerySet[StateContact]:
    """Those of States whose name or code it is, whose office or whose address holds the text."""
    own = rows.filter(office__icontains=text) | rows.filter(email__icontains=text)
    return own | rows.filter(state_party__in=states_named(text))


def in_language(rows: QuerySet[StateContact], code: str) -> QuerySet[StateContact]:
    return rows.filter(language=code)


def get_contact(key: UUID) -> StateContact:
    """Raises Http404 where there is none."""
    return found(contacts().filter(pk=key).first())


def contacts_of_states(states: Iterable[UUID]) -> QuerySet[StateContact]:
    """Those of some States, by their keys."""
    return contacts().filter(state_party__in=list(states)).order_by("state_party__iso3", "office", "email")


def contacts_about(codes: Iterable[str]) -> QuerySet[StateContact]:
    """All contacts of the States with these codes; one query."""
    return contacts().filter(state_party__iso3__in=set(codes))


def known(present: Iterable[StateContact]) -> list[KnownContact]:
    """What a list is compared with."""
    return [
        KnownContact(row.pk, row.state_party.iso3, row.office, row.email, row.language, row.remark) for row in present
    ]


def states_without_contact() -> int:
    """How many of the States that are no fiction have none."""
    return StateParty.objects.filter(is_fictional=False, contacts=None).count()


def fingerprint_of(rows: Iterable[StateContact]) -> str:
    """Of all that is said of some contacts, whatever their order."""
    facts = sorted([str(row.pk), str(row.state_party_id), *(getattr(row, name) for name in _FIELDS)] for row in rows)
    return document_hash({"contacts": facts})
