"""A form sent as a browser sends it: with what the page carried unseen."""

import re
from html import unescape
from typing import Any

from django.test import Client

_HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)"')


def carried_by(page: Any) -> dict[str, str]:
    """The hidden fields of a page, but for the token against forgery."""
    return carried_in(page.content.decode())


def carried_in(text: str) -> dict[str, str]:
    """The same, of the page as text."""
    found = {hidden["name"]: unescape(hidden["value"]) for hidden in _HIDDEN.finditer(text)}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def send_form(client: Client, address: str, typed: Any = None, **more: Any) -> Any:
    """Open the page of an address, and send what was typed with what it carries."""
    page = client.get(address)
    carried = carried_by(page) if page.status_code == 200 and not page.streaming else {}
    return client.post(address, {**carried, **(typed or {})}, **more)
