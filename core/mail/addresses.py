"""The address of a mailbox: as it is kept, and what is wrong with one that was typed."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.language.text import one_line


def kept_address(value: str) -> str:
    """An address as it is stored: two that differ only in case are one."""
    return one_line(value).lower()


def address_problem(value: str) -> str:
    """What is wrong with an address, in words; empty where nothing is."""
    if not value:
        return _("Enter the e-mail address.")
    try:
        validate_email(value)
    except ValidationError:
        return _("This is not an e-mail address. It looks like name@ministry.example.")
    return ""
