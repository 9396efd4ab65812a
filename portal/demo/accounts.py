"""The list of accounts that ``make run`` prints."""

from django.utils.translation import gettext as _

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from accounts.states.models import StateParty
from portal.demo.plan import PASSPHRASE, Person, people
from reviews.cases.enums import ParticipationRole


def account_lines() -> list[str]:
    """Who, e-mail address, role and what to look at, as plain lines; no line where there is no demo."""
    shown = [person for person in people() if person.look_at]
    present = set(User.objects.filter(email__in=[person.email for person in shown]).values_list("email", flat=True))
    shown = [person for person in shown if person.email in present]
    if not shown:
        return []
    states = {state.iso3: state.name for state in StateParty.objects.filter(is_fictional=True)}
    rows = [(person.name, person.email, _role(person, states), person.look_at) for person in shown]
    table = [(_("Who"), _("E-mail address"), _("Role"), _("What to look at")), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]) for row in table
    ]
    return [
        _("Passphrase of every demo account: %(passphrase)s") % {"passphrase": PASSPHRASE},
        _("The demo gives focal points and the secretariat days without a second factor; a real portal does not."),
        "",
        *lines,
    ]


def _role(person: Person, states: dict[str, str]) -> str:
    if not person.state:
        return str(SecretariatRole(person.role).label)
    return f"{ParticipationRole(person.role).label}, {states[person.state]}"
