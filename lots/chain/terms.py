"""What a mechanism says of every draw of its programme: of which instruments, and in which roles."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from core.errors import ServiceError
from lots.algorithm import FIRST, INSTRUMENTS, ROLES, DrawTerms, standing_after
from reviews.cases import reviewing_bases
from reviews.programme.models import Instrument, Mechanism


def instruments_of(mechanism: Mechanism) -> tuple[str, ...]:
    """The short names of its instruments, in the order of the files of draws: the first one makes a party.

    Format 1 knows one set of instruments, in an order of its own, whatever order the pages show them in.
    """
    slugs = tuple(mechanism.instruments.order_by("order", "slug").values_list("slug", flat=True))
    return INSTRUMENTS if set(slugs) == set(INSTRUMENTS) else slugs


def roles_of(mechanism: Mechanism) -> tuple[str, ...]:
    """The roles that are drawn, as the files of draws call them."""
    return tuple(basis.value for basis in reviewing_bases(mechanism))


def roles_to_draw(mechanism: Mechanism) -> tuple[str, ...]:
    """Raises ServiceError where the limits say that no reviewing State is drawn at all."""
    if roles := roles_of(mechanism):
        return roles
    raise ServiceError(_("By its limits this mechanism has no reviewing States: there is nothing to draw."))


def first_terms(instruments: tuple[str, ...], roles: tuple[str, ...]) -> DrawTerms | None:
    """Those of a draw that builds on none; None where format 1 says all of it, which knows one mechanism."""
    if (instruments, roles) == (INSTRUMENTS, ROLES):
        return None
    return DrawTerms(FIRST, instruments=instruments, roles=roles)


def additions_to(results: Sequence[bytes], began: str, late: Sequence[str]) -> str:
    """What the terms of a supplementary draw name: the draw that ``began`` its phase, by the hash of its result.

    Empty where format 2 says it all, which knows the last phase alone, and nobody late who has a group.
    """
    before = standing_after(results)
    return "" if before.began == began and not before.groups.keys() & {*late} else began


def instrument_words(mechanism: Mechanism) -> Mapping[str, str]:
    """What its instruments are called in the active language, by their short names."""
    return {row.slug: row.short_name for row in Instrument.objects.filter(mechanism=mechanism).order_by("order")}
