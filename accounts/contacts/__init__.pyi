from .selectors import contacts_of_states as contacts_of_states
from .services import ContactInput as ContactInput, add_contact as add_contact
