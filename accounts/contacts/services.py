"""The contacts of States are added, changed, taken out, or brought along by a list: all of it, or nothing.

Who leaves the list, or an address that is replaced, has no link any more that was sent there (``accounts.links``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.contacts.models import StateContact
from accounts.contacts.selectors import contacts_about, fingerprint_of, known
from accounts.contacts.sheet import LENGTHS, ContactChange, ContactRow, compared
from accounts.links import end_links
from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text, one_line, require_text
from core.mail.addresses import address_problem, kept_address
from core.policy import require
from core.seen import require_unchanged


@dataclass(frozen=True, slots=True)
class ContactInput:
    """What a person gives of a contact."""

    office: str
    email: str
    language: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list."""

    added: int
    changed: int


@transaction.atomic
def add_contact(*, actor: User, state: StateParty, given: ContactInput) -> StateContact:
    """Add an office of a State. Raises ServiceError with the field, also where the State has this address already."""
    require(actor, AccountAction.CHANGE_CONTACTS)
    contact = StateContact(state_party=state)
    _fill(actor, contact, given)
    audit.record(actor, "accounts.statecontact.added", contact, after=_facts(contact))
    return contact


@transaction.atomic
def change_contact(*, actor: User, contact: StateContact, given: ContactInput, seen: str) -> StateContact:
    """Change an office. ``seen``: the contact as the writer was shown it (``core.seen``).

    Raises ServiceError like ``add_contact``, and where a colleague has changed it or taken it out meanwhile.
    """
    require(actor, AccountAction.CHANGE_CONTACTS)
    locked = _lock(contact, seen)
    before, address = _facts(locked), locked.email
    _fill(actor, locked, given)
    if locked.email != address:
        end_links(locked.state_party, [address])
    audit.record(actor, "accounts.statecontact.changed", locked, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def remove_contact(*, actor: User, contact: StateContact, seen: str) -> None:
    """Take an office out; what was sent to it opens nothing any more. Raises ServiceError like ``change_contact``."""
    require(actor, AccountAction.CHANGE_CONTACTS)
    locked = _lock(contact, seen)
    end_links(locked.state_party, [locked.email])
    audit.record(actor, "accounts.statecontact.removed", locked, before=_facts(locked))
    locked.delete()


@transaction.atomic
def import_contacts(*, actor: User, rows: Sequence[ContactRow], seen: str) -> Imported:
    """Carry out what a preview has shown. ``seen``: fingerprint of all contacts of the States that it speaks of.

    Raises ServiceError where a row is wrong, or one of these contacts is not any more what the preview rested on;
    nothing is written then.
    """
    require(actor, AccountAction.CHANGE_CONTACTS)
    if any(row.problems for row in rows):
        raise ServiceError(_("Mend the file first: nothing is taken from a list in which a row is wrong."))
    codes = {row.state for row in rows}
    # Two who bring lists for the same States wait for each other.
    locked = StateParty.objects.select_for_update(no_key=True, of=("self",)).filter(iso3__in=codes).order_by("pk")
    states = {state.iso3: state for state in locked}
    present = {row.pk: row for row in contacts_about(states).select_for_update(of=("self",)).order_by("pk")}
    if fingerprint_of(present.values()) != seen:
        raise ServiceError(_("The contacts of these States were changed meanwhile. Look at what follows now."))
    added = changed = 0
    for change in _in_order(compared(rows, known(present.values()))):
        contact = present[change.known.key] if change.known else StateContact(state_party=states[change.row.state])
        before, address = (_facts(contact), contact.email) if change.known else (None, "")
        _fill(actor, contact, _given(change))
        if address and address != contact.email:
            end_links(contact.state_party, [address])
        verb = "accounts.statecontact.changed" if before else "accounts.statecontact.added"
        audit.record(actor, verb, contact, before=before, after={**_facts(contact), "by": "list"})
        added, changed = added + (before is None), changed + (before is not None)
    return Imported(added, changed)


def _in_order(changes: Sequence[ContactChange]) -> list[ContactChange]:
    """What is changed goes first, so that an address is free before it is given to another office."""
    return [each for each in changes if each.is_changed] + [each for each in changes if each.is_new]


def _given(change: ContactChange) -> ContactInput:
    row, known = change.row, change.known
    return ContactInput(row.office, row.email, row.language, row.remark or (known.remark if known else ""))


def _lock(contact: StateContact, seen: str) -> StateContact:
    rows = StateContact.objects.select_for_update(of=("self",)).select_related("state_party")
    locked = rows.filter(pk=contact.pk).first()
    if locked is None:
        raise ServiceError(_("A colleague has taken this contact out meanwhile."))
    require_unchanged(locked, seen)
    return locked


def _fill(actor: User, contact: StateContact, given: ContactInput) -> None:
    office = require_text(given.office, _("Enter the mission or office."), maximum=LENGTHS["office"], field="office")
    address, contact.office, contact.email = contact.email, one_line(office), kept_address(given.email)
    if contact.email != address:
        contact.listed_by = actor
    if problem := address_problem(contact.email):
        raise ServiceError(problem, field="email")
    contact.language = given.language
    contact.remark = one_line(clean_text(given.remark, maximum=LENGTHS["remark"], field="remark"))
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:
        message = _("%(state)s has a contact with this address already.") % {"state": contact.state_party}
        raise ServiceError(message, field="email") from error


def _facts(contact: StateContact) -> dict[str, str]:
    return {"state": contact.state_party.iso3, "office": contact.office, "language": contact.language}
