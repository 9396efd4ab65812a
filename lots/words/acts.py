"""What was done with a draw, when, and by whom: for its page and its protocol."""

import datetime as dt

from django.utils.translation import gettext as _, pgettext

from accounts.people.models import User
from lots.draws.enums import DrawKind
from lots.draws.models import Draw


def acts_of(draw: Draw, *, is_public: bool = False) -> list[tuple[str, dt.datetime, User | None]]:
    """In the order in which they were done. One that was brought in was neither announced nor run here.

    ``is_public``: a voiding that is asked for and not confirmed is left out.
    """
    begun: list[tuple[str, dt.datetime | None, User | None]]
    if draw.kind == DrawKind.BROUGHT_IN:
        begun = [(_("Brought in"), draw.created_at, draw.prepared_by)]
    else:
        begun = [
            (_("Input frozen"), draw.created_at, draw.prepared_by),
            (_("Announced"), draw.announced_at, draw.announced_by),
            (_("Seed complete"), draw.seeded_at, None),
            (pgettext("a draw", "Run"), draw.run_at, draw.run_by),
        ]
    asked_at = None if is_public and draw.voided_at is None else draw.void_requested_at
    acts = (
        *begun,
        (_("Published"), draw.published_at, draw.published_by),
        (_("Voiding asked for"), asked_at, draw.void_requested_by),
        (pgettext("a draw", "Voided"), draw.voided_at, draw.voided_by),
    )
    return sorted(((label, time, person) for label, time, person in acts if time), key=lambda act: act[1])
