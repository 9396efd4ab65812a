"""Who gets what at the twins of acts in the API: the same people as at their pages, so that nothing is said twice."""

from collections.abc import Iterable

from core.api.acts import ActView
from core.api.addresses import ApiAddress, api_addresses
from tests.permissions.urls_base import Page


def act_addresses() -> list[ApiAddress]:
    return [address for address in api_addresses() if issubclass(address.view, ActView)]


def pages_of_acts(pages: Iterable[Page]) -> list[Page]:
    """The form of each act, at one step: the first at which somebody may open its page. What a feature says itself of
    the address of a twin counts instead.
    """
    by_name: dict[str, list[Page]] = {}
    for page in pages:
        by_name.setdefault(page.name, []).append(page)
    return [
        _form_of(address, by_name[address.view.twin_of[0]])
        for address in {address.name: address for address in act_addresses()}.values()
        if f"api:{address.name}" not in by_name
    ]


def _form_of(address: ApiAddress, rows: list[Page]) -> Page:
    steps = [(row, step) for row in sorted(rows, key=lambda row: row.method != "get") for step in row.access]
    row, step = next((each for each in steps if each[0].access[each[1]].may), steps[0])
    return Page(f"api:{address.name}", {step: row.access[step]}, row.args, anonymous=401, note="an act")
