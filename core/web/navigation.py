"""The parts of the portal, to which every page leads: features declare them, the frame (``base.html``) shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Address = Callable[[Any, str], str | None]


@dataclass(frozen=True, slots=True)
class PortalPart:
    """``icon``: a symbol of ``static/img/icons.svg``.

    ``address`` is asked with the reader and the mechanism of the page (its slug, or "") where the part leads: None if
    it is not for that reader. ``order`` counts from the first.
    """

    order: int
    label: str | Promise
    icon: str
    address: Address


_parts: dict[str, PortalPart] = {}


def register_part(part: PortalPart) -> None:
    _parts[part.icon] = part


def parts_for(user: Any, mechanism: str) -> list[tuple[PortalPart, str]]:
    """The parts that are for this reader in their order, each with its address."""
    ordered = sorted(_parts.values(), key=lambda part: part.order)
    return [(part, url) for part in ordered if (url := part.address(user, mechanism))]


def at(name: str) -> Address:
    """Leads everybody to the page of that name, which knows of no mechanism."""
    return lambda user, mechanism: reverse(name)


def at_mechanism(name: str, home: str) -> Address:
    """Leads everybody to the page of the mechanism where one is known, or else to ``home``, which finds one."""
    return lambda user, mechanism: reverse(name, args=[mechanism]) if mechanism else reverse(home)
