"""The permanent mission of each State of the demo, for the list of contacts and the board."""

from accounts.contacts import ContactInput, add_contact, contacts_of_states
from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.plan import Person


def add_missions(states: dict[str, StateParty], users: dict[Person, User]) -> None:
    """Add what is not there yet; the names of offices are in English, as a list of the secretariat has them."""
    officer = next(user for person, user in users.items() if person.role == SecretariatRole.OFFICER)
    present = {row.state_party_id for row in contacts_of_states(state.pk for state in states.values())}
    for state in states.values():
        if state.pk not in present:
            given = ContactInput(
                office=f"Permanent Mission of {getattr(state, 'name_en', None) or state.name}",
                email=f"mission@{state.iso3.lower()}.example",
                language=state.un_language or "en",
            )
            add_contact(actor=officer, state=state, given=given)
